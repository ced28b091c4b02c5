import type {CallTree} from '../tree/call-tree.js';
import type {FilteredTree} from '../tree/filter.js';
import {UNMADE} from '../tree/growth.js';
import {toFiltered} from './derive.js';

/** More expanded nodes would take longer to expand again than a key may take. */
const MAX_EXPANDED_AGAIN = 2 ** 17;

/** Of a tree that grows: whether so much is expanded that it is not expanded again in another tree. */
export function isTooMuchExpanded({growth}: CallTree): boolean {
  return growth !== undefined && growth.expanded.length > MAX_EXPANDED_AGAIN;
}

/** Changes `isOpen` (over base nodes) for all base nodes that are merged in a filtered node. */
export function setNodeOpen(
  filtered: FilteredTree,
  isOpen: Uint8Array,
  filteredNode: number,
  value: 0 | 1,
): void {
  for (const baseNode of filtered.getBaseNodes(filteredNode)) {
    isOpen[baseNode] = value;
  }
}

/** The open nodes of the start: the root and the chain of first (biggest) children, as displayed. */
export function openFirstChildren(base: CallTree, filtered: FilteredTree): Uint8Array {
  const isOpen = new Uint8Array(base.length);
  // The last node of the chain is a leaf, which shows no rows of its own; it counts as open, so that a frame
  // that appears above it when a filter goes is open as well.
  const {firstChild} = filtered.tree;
  for (let node = 0; node >= 0 && firstChild[node] !== UNMADE; node = firstChild[node]!) {
    setNodeOpen(filtered, isOpen, node, 1);
  }
  return isOpen;
}

/** Opens all ancestors of a filtered node, so that it gets a row. */
export function openWayTo(filtered: FilteredTree, isOpen: Uint8Array, filteredNode: number): Uint8Array {
  const result = isOpen.slice();
  for (let node = filtered.tree.prefix[filteredNode]!; node >= 0; node = filtered.tree.prefix[node]!) {
    setNodeOpen(filtered, result, node, 1);
  }
  return result;
}

/** Opens a filtered node and all below it. */
export function openBelow(filtered: FilteredTree, isOpen: Uint8Array, filteredNode: number): Uint8Array {
  const {tree, filteredNodes} = filtered;
  const isInside = new Uint8Array(tree.length);
  isInside[filteredNode] = 1;
  // Parents stand before their children, so one pass hands the mark down.
  for (let node = filteredNode + 1; node < tree.length; node++) {
    isInside[node] = isInside[tree.prefix[node]!]!;
  }
  const result = isOpen.slice();
  for (let node = 0; node < result.length; node++) {
    const shown = filteredNodes[node]!;
    // Nodes whose children are not made, as there are too many, stay collapsed.
    if (shown >= 0 && isInside[shown] === 1 && tree.firstChild[shown] !== UNMADE) result[node] = 1;
  }
  return result;
}

/**
 * The open nodes after the filters changed: a node that appears above an open node or above the cursor is
 * open, so that what was in sight stays in sight.
 * @param cursor the base node of the cursor
 */
export function openAppeared(
  before: FilteredTree,
  after: FilteredTree,
  isOpen: Uint8Array,
  cursor: number,
): Uint8Array {
  const {tree, filteredNodes} = after;
  const isHolding = toFiltered(after, isOpen);
  if (filteredNodes[cursor]! >= 0) {
    isHolding[filteredNodes[cursor]!] = 1;
  }
  for (let node = tree.length - 1; node > 0; node--) {
    if (isHolding[node] === 1) {
      isHolding[tree.prefix[node]!] = 1;
    }
  }
  const wasPresent = new Uint8Array(tree.length);
  for (let node = 0; node < filteredNodes.length; node++) {
    if (filteredNodes[node]! >= 0 && before.filteredNodes[node]! >= 0) {
      wasPresent[filteredNodes[node]!] = 1;
    }
  }
  const result = isOpen.slice();
  for (let node = 0; node < filteredNodes.length; node++) {
    const shown = filteredNodes[node]!;
    if (shown >= 0 && wasPresent[shown] === 0 && isHolding[shown] === 1) {
      result[node] = 1;
    }
  }
  return result;
}
