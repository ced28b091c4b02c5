import type {CallTree} from '../tree/call-tree.js';
import {isOnlyChild} from '../tree/indent.js';
import {LEVEL_CELLS} from './level-window.js';
import {clampRow, followRow} from './scroll.js';
import type {TreeState} from './state.js';

/** The rows in sight. */
export interface RowWindow {
  /** Index of the first row. */
  readonly firstRow: number;
  /** The nodes from top to bottom. */
  readonly nodes: Int32Array;
}

/**
 * The rows in sight in a pane of this height. It is right also where the store knows another height: the
 * window is moved as little as the cursor needs.
 */
export function computeRowWindow(
  {scroll, rows, cursorRow, isCursorFollowed}: TreeState,
  height: number,
): RowWindow {
  const firstRow = isCursorFollowed
    ? followRow(scroll.row, cursorRow, rows.length, height)
    : clampRow(scroll.row, rows.length, height);
  return {firstRow, nodes: rows.subarray(firstRow, firstRow + Math.max(0, height))};
}

/** The lines beside the rows in sight. */
export interface GuideLines {
  /** How many outer levels are shifted out; `outer` begins with the level after them. */
  readonly firstLevel: number;
  readonly levelCount: number;
  /**
   * For each row and level a 1 where the line goes on below: the ancestor that is indented to that level has
   * a next sibling.
   */
  readonly outer: Uint8Array;
  /** For each row the same of its own level, which may be beyond the others. */
  readonly own: Uint8Array;
}

/**
 * Computes the guides of neighbouring rows. Each row shares all levels but its own with the row above it, and
 * all of them if it is the only child of that row, so that only the first row looks all the way up: very deep
 * trees cost no more than flat ones.
 * @param nodes consecutive visible nodes
 * @param indents levels that each node is indented by
 */
export function computeGuideLines(
  tree: CallTree,
  indents: Int32Array,
  nodes: Int32Array,
  {firstLevel, width}: {readonly firstLevel: number; readonly width: number},
): GuideLines {
  const levelCount = Math.ceil(Math.max(0, width) / LEVEL_CELLS) + 1;
  const outer = new Uint8Array(nodes.length * levelCount);
  const own = new Uint8Array(nodes.length);
  const mark = (row: number, node: number) => {
    const level = indents[node]! - 1 - firstLevel;
    // A node without a next sibling is the last one, or an only child, which has no level of its own.
    if (level >= 0 && level < levelCount && tree.nextSibling[node]! >= 0) outer[row * levelCount + level] = 1;
  };
  if (nodes.length > 0) {
    for (let node = nodes[0]!; node >= 0; node = tree.prefix[node]!) mark(0, node);
    own[0] = Number(tree.nextSibling[findChainHead(tree, nodes[0]!)]! >= 0);
  }
  for (let row = 1; row < nodes.length; row++) {
    const node = nodes[row]!;
    const isChained = isOnlyChild(tree, node);
    const shared = Math.max(0, Math.min(levelCount, indents[node]! - (isChained ? 0 : 1) - firstLevel));
    const above = (row - 1) * levelCount;
    outer.copyWithin(row * levelCount, above, above + shared);
    mark(row, node);
    own[row] = isChained ? own[row - 1]! : Number(tree.nextSibling[node]! >= 0);
  }
  return {firstLevel, levelCount, outer, own};
}

/** The nearest node on the way to the root that is no only child; the node itself if it is none. */
function findChainHead(tree: CallTree, node: number): number {
  let head = node;
  while (isOnlyChild(tree, head)) head = tree.prefix[head]!;
  return head;
}
