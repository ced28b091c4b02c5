import {describe, expect, it} from 'vitest';
import {findNearest, getCallPath} from '../../../src/tree/call-path.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {chainSnapshot, fanSnapshot} from '../../helpers/large-trees.js';
import {findNode, parseTree} from '../../helpers/tree-text.js';

const before = parseTree(`
  main app.py:1
    load app.py:2 50
      parse app.py:3 10
    save app.py:4 40
`);
// The same and more, in another order and under other numbers.
const after = parseTree(`
  first app.py:8 1000
  main app.py:1
    save app.py:4 400
    load app.py:22 300
    load app.py:2 50
      parse app.py:3 10
`);
const without = parseTree(`
  main app.py:1
    save app.py:4 40
`);

describe('findNearest', () => {
  it('finds the same node in another tree', () => {
    const path = getCallPath(before, findNode(before, 'parse'));
    expect(findNearest(after, path).node).toBe(findNode(after, 'parse'));
    expect(findNearest(before, path).node).toBe(findNode(before, 'parse'));
  });

  it('finds the last node on the way to one that is gone', () => {
    const path = getCallPath(before, findNode(before, 'parse'));
    expect(findNearest(after, path).isFound).toBe(true);
    expect(findNearest(without, path).isFound).toBe(false);
    expect(findNearest(without, path).node).toBe(findNode(without, 'main'));
    expect(findNearest(parseTree('other app.py:1 5'), path).node).toBe(0);
  });

  it('finds root and elided node', () => {
    const whole = parseTree('main app.py:1 5\n! 1 locations 1 allocations 1 bytes', {wholePeak: true});
    expect(findNearest(before, getCallPath(whole, 0)).node).toBe(0);
    expect(findNearest(whole, getCallPath(whole, 2)).node).toBe(2);
    expect(findNearest(before, getCallPath(whole, 2)).node).toBe(0);
  });

  it.each([
    ['300,000 levels', chainSnapshot(300_000)],
    ['300,000 siblings', fanSnapshot(300_000)],
  ])('copes with %s', (_, snapshot) => {
    const [first, second] = [0, 1].map(() => buildCallTree(snapshot, {wholePeak: false})) as [
      CallTree,
      CallTree,
    ];
    const path = getCallPath(first, first.length - 1);
    expect(findNearest(second, path).node).toBe(second.length - 1);
  });
});
