import type {CallTree} from '../../src/tree/call-tree.js';
import {buildCallTree} from '../../src/tree/from-snapshot.js';
import {chainSnapshot, fanSnapshot} from './large-trees.js';
import {parseTree} from './tree-text.js';

// A tree, and what it may have become by the next result.

export const before = parseTree(`
  main app.py:1
    load app.py:2 50
      parse app.py:3 10
    save app.py:4 40
`);

/** The same and more, in another order and under other numbers. */
export const after = parseTree(`
  first app.py:8 1000
  main app.py:1
    save app.py:4 400
    load app.py:22 300
    load app.py:2 50
      parse app.py:3 10
`);

export const without = parseTree(`
  main app.py:1
    save app.py:4 40
`);

/** Two equal trees each, so that nothing can be known from the first one. */
export const largePairs = (
  [
    ['300,000 levels', chainSnapshot(300_000)],
    ['300,000 siblings', fanSnapshot(300_000)],
  ] as const
).map(([label, snapshot]): [string, () => readonly [CallTree, CallTree]] => [
  label,
  () => [buildCallTree(snapshot, {wholePeak: false}), buildCallTree(snapshot, {wholePeak: false})],
]);
