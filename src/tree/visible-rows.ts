import {growArray} from '../base/column.js';
import type {CallTree, CallTreeColumns} from './call-tree.js';

/**
 * The next node from top to bottom, −1 at the end: the first child if `enter` says so, else the next sibling
 * of the node or of its nearest ancestor that has one.
 */
export function nextInPreorder(
  {firstChild, nextSibling, prefix}: CallTreeColumns,
  node: number,
  enter: boolean,
): number {
  if (enter && firstChild[node]! >= 0) return firstChild[node]!;
  let up = node;
  while (up >= 0 && nextSibling[up]! < 0) up = prefix[up]!;
  return up < 0 ? -1 : nextSibling[up]!;
}

const displayOrders = new WeakMap<CallTree, Int32Array>();

/** All nodes from top to bottom, as if every node were open; made once for each tree. */
export function listDisplayOrder(tree: CallTree): Int32Array {
  let order = displayOrders.get(tree);
  if (order === undefined) {
    order = new Int32Array(tree.length);
    for (let node = 0, row = 0; node >= 0; node = nextInPreorder(tree, node, true)) order[row++] = node;
    displayOrders.set(tree, order);
  }
  return order;
}

/** The nodes of the rows from top to bottom, the root first. `isOpen` holds a 1 for each open node. */
export function computeVisibleRows(tree: CallTree, isOpen: Uint8Array): Int32Array {
  let rows = new Int32Array(256);
  let length = 0;
  for (let node = 0; node >= 0; node = nextInPreorder(tree, node, isOpen[node] === 1)) {
    if (length === rows.length) rows = growArray(rows, 2 * length);
    rows[length++] = node;
  }
  return rows.subarray(0, length);
}

/**
 * What guides stand before a row, from the outside inwards, one entry a level: does the line go on below? The
 * last entry is the node's own branch: ├── if true, └── if false; the others are │ or blank.
 * @param limit at most so many levels, the innermost ones; deep rows cost no more than this
 */
export function getGuides(
  {prefix, nextSibling}: CallTree,
  node: number,
  limit = Infinity,
): readonly boolean[] {
  const guides: boolean[] = [];
  for (let at = node; prefix[at]! >= 0 && guides.length < limit; at = prefix[at]!) {
    guides.push(nextSibling[at]! >= 0);
  }
  return guides.reverse();
}
