import type {CallTree} from '../tree/call-tree.js';
import {LEVEL_CELLS} from './row-metrics.js';
import {clampRow, followRow} from './scroll.js';
import type {TreeState} from './state.js';

/** The rows in sight. */
export interface RowWindow {
  /** Index of the first row. */
  readonly firstRow: number;
  /** The nodes from top to bottom. */
  readonly nodes: Int32Array;
  /** How many cells the rows are shifted to the left. */
  readonly column: number;
}

/**
 * The rows in sight in a pane of this height. Right also before the store knows the pane's size: then the window is moved as the store will
 * move it.
 */
export function computeRowWindow(state: TreeState, height: number): RowWindow {
  const {scroll, rows, cursorRow, isCursorFollowed} = state;
  const firstRow = isCursorFollowed
    ? followRow(scroll.row, cursorRow, rows.length, height)
    : clampRow(scroll.row, rows.length, height);
  return {
    firstRow,
    nodes: rows.subarray(firstRow, firstRow + Math.max(0, height)),
    column: scroll.column,
  };
}

/** Guides of the rows in sight, for the levels that are in sight. */
export interface GuideWindow {
  /** The first level that is drawn; level 0 is that of the root's children. */
  readonly firstLevel: number;
  readonly levelCount: number;
  /** For each row and level a 1 where the line goes on below: the ancestor at that level has a next sibling. */
  readonly goesOn: Uint8Array;
}

/**
 * Computes the guides of neighbouring rows. Each row shares all ancestors with the row above it but the last one, so that only the first
 * row looks all the way up: very deep trees cost no more than flat ones.
 * @param nodes consecutive visible nodes
 */
export function computeGuides(tree: CallTree, nodes: Int32Array, column: number, width: number): GuideWindow {
  const firstLevel = Math.floor(column / LEVEL_CELLS);
  const levelCount = Math.ceil(width / LEVEL_CELLS) + 1;
  const goesOn = new Uint8Array(nodes.length * levelCount);
  const mark = (row: number, node: number) => {
    const level = tree.depth[node]! - 1 - firstLevel;
    if (level >= 0 && level < levelCount && tree.nextSibling[node]! >= 0)
      goesOn[row * levelCount + level] = 1;
  };
  for (let node = nodes[0] ?? -1; node >= 0; node = tree.prefix[node]!) mark(0, node);
  for (let row = 1; row < nodes.length; row++) {
    const node = nodes[row]!;
    const shared = Math.max(0, Math.min(levelCount, tree.depth[node]! - 1 - firstLevel));
    const above = (row - 1) * levelCount;
    goesOn.copyWithin(row * levelCount, above, above + shared);
    mark(row, node);
  }
  return {firstLevel, levelCount, goesOn};
}
