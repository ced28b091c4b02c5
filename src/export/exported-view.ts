import type {Snapshot} from '../heap/snapshot.js';
import type {Amount, BaseAmounts} from '../query/derive-tree.js';
import type {Naming} from '../query/naming.js';
import type {TreeQuery} from '../query/tree-query.js';
import type {SourceReader} from '../source/source-reader.js';
import type {CallTree} from '../tree/call-tree.js';
import type {ExportedStacks} from './exported-stacks.js';

/** What is exported: a view of a capture. */
export interface ExportedView {
  /** What the user calls the capture. */
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly query: TreeQuery;
  readonly naming: Naming;
  /** Where source text is to be exported too. */
  readonly sourceReader?: SourceReader | undefined;
  /** What the steps keep, and the whole selection. */
  readonly getAmounts: () => ExportedAmounts;
  /** Names of files, functions and threads are as recorded. */
  readonly getStacks: () => ExportedStacks;
  /** The same as a tree; innermost frames first where the query says so. Tables are shown as the tree that they sum up. */
  readonly getTree: () => CallTree;
}

export interface ExportedAmounts {
  readonly kept: Amount;
  readonly of: Amount;
  /** Where captures are compared with a base: the same of the base. */
  readonly base?: Pick<BaseAmounts, 'kept' | 'of'> | null;
}

/** A file as pieces, of text or of bytes. */
export type ExportedPieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
