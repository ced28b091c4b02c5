import {findNearest, getCallPath} from '../tree/call-path.js';
import type {CallTree} from '../tree/call-tree.js';
import {growOpen} from '../tree/growth.js';
import {OpenPaths} from '../tree/open-paths.js';
import type {TreeState} from './state.js';

/** A tree that grows gets the children of all nodes that are expanded, a level at a time. */
export function growToPaths(tree: CallTree, paths: OpenPaths) {
  for (let base = tree; ; ) {
    const found = paths.findIn(base);
    const grown = growOpen(base, found.isOpen);
    if (grown === base) return {base, ...found};
    base = grown;
  }
}

interface Carried {
  readonly base: CallTree;
  readonly isOpen: Uint8Array;
  readonly cursor: number;
  /** Whether the cursor's node is in the other tree as well. */
  readonly isFound: boolean;
}

/**
 * Cursor and expanded nodes in another tree of the same shape, by their paths. Where the cursor's node is gone, the
 * cursor goes to the nearest ancestor, else to the row that took its place.
 */
export function carryPaths({base, isOpen, cursor}: TreeState, tree: CallTree): Carried {
  const paths = new OpenPaths().with(base, isOpen, isOpen);
  const {base: grown, isOpen: carried} = growToPaths(tree, paths);
  const {node, isFound} = findNearest(grown, getCallPath(base, cursor));
  const nearest = node > 0 || isFound ? node : getSuccessor(base, cursor, grown);
  return {base: grown, isOpen: carried, cursor: nearest, isFound};
}

/** The child of the root at the place that the cursor's branch had; the last one where there are fewer. */
function getSuccessor(before: CallTree, cursor: number, after: CallTree): number {
  let branch = cursor;
  while (before.prefix[branch]! > 0) branch = before.prefix[branch]!;
  const children = after.getChildren(0);
  return children[Math.min(before.getChildren(0).indexOf(branch), children.length - 1)] ?? 0;
}
