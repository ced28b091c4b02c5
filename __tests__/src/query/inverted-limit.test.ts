import {expect, it} from 'vitest';
import {computeLevel} from '../../../src/query/level.js';
import {createNaming} from '../../../src/query/naming.js';
import {buildInverted} from '../../../src/query/shapes/inverted.js';
import {createStackSet} from '../../../src/query/stack-set.js';
import {parseSnapshot, printTree} from '../../helpers/tree-text.js';

const SNAPSHOT = parseSnapshot(`
  main app.py:1
    load app.py:2 500
    build app.py:3
      row app.py:4 300
`);

function invert(maxNodes: number) {
  const stacks = createStackSet(SNAPSHOT);
  const level = computeLevel(stacks, 'line', createNaming(SNAPSHOT));
  const {tree, isCut} = buildInverted({stacks, level, shown: 2, elided: null}, maxNodes);
  return {text: printTree(tree), isCut};
}

it('an inverted tree of too many nodes keeps its sums, and says that callers are left out', () => {
  expect(invert(100)).toMatchObject({isCut: false});
  const {text, isCut} = invert(4);
  expect(isCut).toBe(true);
  expect(text).toBe(
    [
      '<ROOT> 800 x2',
      '  load app.py:2 500 x1',
      '    main app.py:1 500 x1 own 500 x1',
      '  row app.py:4 300 x1 own 300 x1',
    ].join('\n'),
  );
});
