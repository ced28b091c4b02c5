import type {Snapshot} from '../heap/snapshot.js';
import type {Naming} from '../query/naming.js';
import type {TreeQuery} from '../query/tree-query.js';
import type {ExportedStacks} from './exported-stacks.js';

/** What is exported: a view of a capture. */
export interface ExportedView {
  /** What the user calls the capture. */
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly query: TreeQuery;
  readonly naming: Naming;
  /** Names of files, functions and threads are as recorded. */
  readonly getStacks: () => ExportedStacks;
}

/** A file as pieces, of text or of bytes. */
export type ExportedPieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
