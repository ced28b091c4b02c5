import {expect, it} from 'vitest';
import {ComparedRuns} from '../../../../src/heap/compared-runs.js';
import {NO_RENAMES} from '../../../../src/heap/frame-renames.js';
import {runTreeQuery} from '../../../helpers/run-query.js';
import {parseSnapshot} from '../../../helpers/tree-text.js';

/** What may have been moved, as "what is gone → what is new". */
function listMoved(before: string, after: string, written = ''): readonly string[] {
  const runs = new ComparedRuns(NO_RENAMES);
  runs.add({name: 'after.bin', snapshot: parseSnapshot(after)}, false);
  runs.add({name: 'before.bin', snapshot: parseSnapshot(before)}, true);
  const {tree} = runTreeQuery(runs.finish(), written);
  const {moved, base} = tree.compared!;
  const describe = (node: number): string => {
    const {function: name, file} = tree.getNode(node);
    return `${name} ${file}`;
  };
  return [...moved!.keys()]
    .filter(node => moved![node]! >= 0 && base!.bytes[node]! > 0)
    .map(node => `${describe(node)} → ${describe(moved![node]!)}`);
}

const BEFORE = `
  main app.py:1
    load old.py:5 1000
      parse old.py:9 200000
      check old.py:20 50000
    other app.py:4 7000
`;

it('a renamed function with the same functions below, and about the same size, may have been moved', () => {
  const after = BEFORE.replace('load old.py', 'read_all new.py').replace('parse old.py', 'parse new.py');
  expect(listMoved(BEFORE, after)).toEqual(['load old.py → read_all new.py']);
  expect(listMoved(BEFORE, after, 'diff:absolute')).toEqual(['load old.py → read_all new.py']);
});

it.each([
  [
    'has other functions below',
    (text: string) => text.replace('load old', 'load new').replace('check old', 'test old'),
  ],
  ['is much larger', (text: string) => text.replace('load old', 'load new').replace('200000', '900000')],
  ['is a leaf with another name', (text: string) => text.replace('other app', 'another app')],
  ['is not new', (text: string) => text],
])('what %s was not', (_, change) => {
  expect(listMoved(BEFORE, change(BEFORE))).toEqual([]);
});

it('a leaf of the same name in another file, or below another function, may have been moved', () => {
  expect(listMoved(BEFORE, BEFORE.replace('other app', 'other util'))).toEqual([
    'other app.py → other util.py',
  ]);
});

it('each node is moved once, to the one that is nearest in size', () => {
  const before = 'main a.py:1\n  f a.py:2 10000\n  g a.py:3 10500';
  const after = 'main a.py:1\n  h b.py:1\n    f c.py:2 10400\n  k b.py:1\n    f d.py:2 9900';
  expect(listMoved(before, after)).toEqual([]);
  const same = 'main a.py:1\n  f b.py:2 10400\n  f c.py:2 10050';
  expect(listMoved('main a.py:1\n  f a.py:2 10000', same)).toEqual(['f a.py → f c.py']);
});
