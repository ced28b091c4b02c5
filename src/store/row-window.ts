import type {CallTree} from '../tree/call-tree.js';
import {isOnlyChild} from '../tree/indent.js';
import {OWN_GUIDE_CELLS} from './row-columns.js';
import {clampRow, followRow} from './scroll.js';
import type {TreeState} from './state.js';

/** What each level adds to the left of a row: a guide and a space. */
const LEVEL_CELLS = 2;

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

/**
 * By how many cells the guides of all rows are shifted to the left: as many as the selected row needs, by
 * whole levels. Its own branch is never shifted out.
 * @param indent levels that the selected row is indented by
 * @param guideRoom cells that its guides may take
 */
export function computeShift(indent: number, guideRoom: number): number {
  const outerCells = Math.max(0, indent - 1) * LEVEL_CELLS;
  // Where there is no room for a mark beside the own branch, that stands alone.
  if (guideRoom <= OWN_GUIDE_CELLS) return outerCells;
  const excess = outerCells + OWN_GUIDE_CELLS - guideRoom;
  return Math.max(0, Math.min(Math.ceil(excess / LEVEL_CELLS) * LEVEL_CELLS, outerCells));
}

/** Guides of the rows in sight, for the levels that are in sight. */
export interface GuideWindow {
  /** How many of the outer levels are shifted out. */
  readonly firstLevel: number;
  readonly levelCount: number;
  /**
   * For each row and level a 1 where the line goes on below: the ancestor that is indented to that level has
   * a next sibling.
   */
  readonly goesOn: Uint8Array;
}

/**
 * Computes the guides of neighbouring rows. Each row shares all levels but its own with the row above it, and
 * all of them if it is the only child of that row, so that only the first row looks all the way up: very deep
 * trees cost no more than flat ones.
 * @param nodes consecutive visible nodes
 * @param indents levels that each node is indented by
 */
export function computeGuides(
  tree: CallTree,
  indents: Int32Array,
  nodes: Int32Array,
  {shift, width}: {readonly shift: number; readonly width: number},
): GuideWindow {
  const firstLevel = Math.floor(shift / LEVEL_CELLS);
  const levelCount = Math.ceil(Math.max(0, width) / LEVEL_CELLS) + 1;
  const goesOn = new Uint8Array(nodes.length * levelCount);
  const mark = (row: number, node: number) => {
    const level = indents[node]! - 1 - firstLevel;
    // A node without a next sibling is the last one, or an only child, which has no level of its own.
    if (level >= 0 && level < levelCount && tree.nextSibling[node]! >= 0)
      goesOn[row * levelCount + level] = 1;
  };
  for (let node = nodes[0] ?? -1; node >= 0; node = tree.prefix[node]!) mark(0, node);
  for (let row = 1; row < nodes.length; row++) {
    const node = nodes[row]!;
    const ownLevels = isOnlyChild(tree, node) ? 0 : 1;
    const shared = Math.max(0, Math.min(levelCount, indents[node]! - ownLevels - firstLevel));
    const above = (row - 1) * levelCount;
    goesOn.copyWithin(row * levelCount, above, above + shared);
    mark(row, node);
  }
  return {firstLevel, levelCount, goesOn};
}
