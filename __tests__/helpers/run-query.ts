import type {Snapshot} from '../../src/heap/snapshot.js';
import {deriveTree} from '../../src/query/derive-tree.js';
import {parseQuery} from '../../src/query/grammar/parse-query.js';
import {createNaming} from '../../src/query/naming.js';
import {parseSnapshot, printTree} from './tree-text.js';

/** What a written query makes of a snapshot, or of one that is written as text (helpers/tree-text.ts). */
export function runQuery(given: Snapshot | string, written: string) {
  const snapshot = typeof given === 'string' ? parseSnapshot(given) : given;
  const {tree, ...rest} = deriveTree(snapshot, parseQuery(written), {naming: createNaming(snapshot)});
  return {...rest, tree, text: `\n${printTree(tree)}\n`};
}
