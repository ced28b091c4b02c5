import type {Derived} from './state.js';
import type {UiState} from './ui-state.js';

type Scroll = UiState['scroll'];

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
 * The scroll position after a change of the UI state: the cursor in sight, unless the wheel led away from it.
 */
export function computeScroll({scroll, isCursorFollowed}: UiState, derived: Derived): Scroll {
  const {rows, cursorRow, viewport} = derived;
  const row = isCursorFollowed
    ? followRow(scroll.row, cursorRow, rows.length, viewport.height)
    : clampRow(scroll.row, rows.length, viewport.height);
  return row === scroll.row ? scroll : {row};
}
