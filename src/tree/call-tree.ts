import type {FrameColumns} from '../heap/snapshot.js';
import type {CallNode, Tree} from './tree.js';

/** Bits of `CallTree.flags`. */
export const IMPORT_SYSTEM = 1;
export const UNINTERESTING = 2;
export const ELIDED = 4;

/**
 * The call tree as columns. Node 0 is the root. Parents stand before their children (prefix[i] < i). Children of a node
 * are linked in display order: bytes descending, equals in the order in which they were first reached.
 */
export interface CallTree extends Tree {
  readonly root: 0;
  readonly length: number;
  /** The parent, −1 for the root. */
  readonly prefix: Int32Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  /** 0 for the root. */
  readonly depth: Int32Array;
  /** Index into `frames`, −1 for the root and the elided node. */
  readonly frame: Int32Array;
  readonly bytes: Float64Array;
  readonly allocations: Float64Array;
  readonly selfBytes: Float64Array;
  readonly selfAllocations: Float64Array;
  readonly flags: Uint8Array;
  readonly frames: FrameColumns;
  readonly strings: readonly string[];
  getNode(node: number): CallNode;
}
