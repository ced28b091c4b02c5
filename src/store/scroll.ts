import {getRowLabel} from '../tree/row-label.js';
import {getCoreWidth, getLabelStart, LEVEL_CELLS, MARKER_CELLS} from './row-metrics.js';
import type {Choices, Derived} from './state.js';

type Scroll = Choices['scroll'];

/** Sideways steps are several levels wide, so that a walk down does not shift all rows at each step. */
const COLUMN_STEP = 4 * LEVEL_CELLS;

/** The first row, so that the window stays within the rows. */
export function clampRow(row: number, rowCount: number, height: number): number {
  return Math.max(0, Math.min(row, rowCount - height));
}

/** The first row that changes `row` least and has the cursor in the window. */
export function followRow(row: number, cursorRow: number, rowCount: number, height: number): number {
  const clamped = clampRow(row, rowCount, height);
  return Math.max(Math.min(clamped, cursorRow), cursorRow - Math.max(1, height) + 1);
}

/**
 * The sideways shift that changes `column` least and shows size and function of the selected row; where they are wider than the
 * pane, their beginning.
 */
export function followColumn(column: number, labelStart: number, coreWidth: number, width: number): number {
  const room = Math.max(1, width - MARKER_CELLS);
  const end = labelStart + coreWidth;
  let next = column;
  if (end - next > room) {
    next = Math.ceil((end - room) / COLUMN_STEP) * COLUMN_STEP;
  }
  // Two levels of guides stay in sight where there is room for them.
  const wanted = labelStart - 2 * LEVEL_CELLS;
  if (next > wanted) {
    next = end - wanted <= room ? wanted : Math.min(next, labelStart);
  }
  return Math.max(0, next);
}

/** The scroll position after a change of the choices: the cursor in sight, unless the wheel led away from it. */
export function settleScroll(choices: Choices, derived: Derived): Scroll {
  const {scroll, viewport, isCursorFollowed} = choices;
  const {rows, cursorRow, cursorNode, filtered} = derived;
  if (!isCursorFollowed) {
    const row = clampRow(scroll.row, rows.length, viewport.height);
    return row === scroll.row ? scroll : {...scroll, row};
  }
  const {tree} = filtered;
  const label = getRowLabel(tree, cursorNode, {moduleOf: choices.moduleOf});
  const row = followRow(scroll.row, cursorRow, rows.length, viewport.height);
  const column = followColumn(
    scroll.column,
    getLabelStart(tree.depth[cursorNode]!),
    getCoreWidth(label),
    viewport.width,
  );
  return row === scroll.row && column === scroll.column ? scroll : {row, column};
}
