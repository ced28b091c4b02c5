import type {Snapshot} from '../../src/heap/snapshot.js';
import {deriveTree} from '../../src/query/derive-tree.js';
import {parseQuery} from '../../src/query/grammar/parse-query.js';
import {createNaming} from '../../src/query/naming.js';
import {parseSnapshot, printTree} from './tree-text.js';

/** What a written query makes of a snapshot. */
export function runTreeQuery(snapshot: Snapshot, written: string) {
  return deriveTree(snapshot, parseQuery(written), {naming: createNaming(snapshot)});
}

/** The same of a snapshot that is small, or written as text (helpers/tree-text.ts), with the tree as text. */
export function runQuery(given: Snapshot | string, written: string) {
  const derived = runTreeQuery(typeof given === 'string' ? parseSnapshot(given) : given, written);
  return {...derived, text: `\n${printTree(derived.tree)}\n`};
}
