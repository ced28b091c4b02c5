import {UNINTERESTING} from '../tree/call-tree.js';
import type {CallTreeOptions} from '../tree/from-snapshot.js';

interface PrintedLevels {
  /** So many levels below the root are printed; null: all. */
  readonly depth: number | null;
  readonly hideUninteresting: boolean;
}

/** What a tree needs to hold to be printed down to a level. */
export function limitLevels({
  depth,
  hideUninteresting,
}: PrintedLevels): Pick<CallTreeOptions, 'maxDepth' | 'uncountedFlags'> {
  return {
    // One level more: a row shows whether its node has children.
    maxDepth: depth === null ? Infinity : depth + 1,
    uncountedFlags: hideUninteresting ? UNINTERESTING : 0,
  };
}
