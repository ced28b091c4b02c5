import {SIZE_CELLS} from '../timeline/axis.js';
import {applyChange} from './apply-change.js';
import type {Outcome} from './command.js';
import {clickCrumbs} from './crumb-actions.js';
import {scrollHelp} from './help-actions.js';
import {openMenu, wheelInMenu} from './menu-actions.js';
import {findPane, isInArea} from './pane-layout.js';
import {clampRow} from './scroll.js';
import {scrollSheet} from './sheet-actions.js';
import {scrollSource} from './source-actions.js';
import type {TreeState} from './state.js';
import {pressInStrip, releaseInStrip} from './strip-actions.js';
import {moveTo, toggle} from './tree-actions.js';

function findCell(state: TreeState, column: number, row: number) {
  const {layout, help, sheet} = state;
  return help !== null || sheet !== null || layout === null ? null : findPane(layout, column, row);
}

/**
 * A click: on the crumbs it selects one, on the time strip a moment; elsewhere the pane gets the focus; a row of the tree is
 * selected and opened or closed.
 */
export function clickAt(state: TreeState, column: number, row: number): Outcome {
  const drawn = findDrawnColumn(state, column, row);
  return drawn === null ? {state: clickPane(state, column, row)} : pressInStrip(state, drawn);
}

/** The release of the left button after a click: on the time strip it chooses a range. */
export function releaseAt(state: TreeState, column: number): Outcome {
  return releaseInStrip(state, column - SIZE_CELLS);
}

/** The column of the time strip's drawing at a cell of the screen, in any row of the strip; null elsewhere. */
function findDrawnColumn({layout, help, sheet}: TreeState, column: number, row: number): number | null {
  const isCovered = help !== null || sheet !== null || layout === null;
  return isCovered || !isInArea(layout.strip, column, row) ? null : column - SIZE_CELLS;
}

function clickPane(state: TreeState, column: number, row: number): TreeState {
  const {help, layout} = state;
  if (help === null && layout !== null && isInArea(layout.crumbs, column, row))
    return clickCrumbs(state, column);
  const cell = findCell(state, column, row);
  if (cell === null) return state;
  if (cell.pane === 'source') return applyChange(state, {focus: 'source', crumb: null});
  const node = state.rows[state.scroll.row + cell.row];
  if (node === undefined) return applyChange(state, {focus: 'tree', crumb: null});
  const navigated = {focus: 'tree', crumb: null, hasUserNavigated: true, isCursorFollowed: true} as const;
  return applyChange(state, {...moveTo(state, node), ...toggle(state, node), ...navigated});
}

/** A press of the right button: it closes the open menu; else the row under it is selected, and its menu opens. */
export function clickRight(state: TreeState, column: number, row: number): TreeState {
  if (state.menu !== null) return applyChange(state, {menu: null});
  if (state.filterPrompt !== null) return state;
  const cell = findCell(state, column, row);
  const node = cell?.pane === 'tree' ? state.rows[state.scroll.row + cell.row] : undefined;
  if (node === undefined) return state;
  const navigated = {focus: 'tree', crumb: null, hasUserNavigated: true, isCursorFollowed: true} as const;
  return openMenu(applyChange(state, {...moveTo(state, node), ...navigated}), 'row');
}

/**
 * A turn of the wheel goes through the open menu, scrolls the open help or the sheet, else the pane under it; in the tree the cursor
 * stays where it is.
 */
export function wheelAt(state: TreeState, column: number, row: number, rowCount: number): TreeState {
  if (state.menu !== null) return wheelInMenu(state, rowCount);
  if (state.help !== null) return applyChange(state, scrollHelp(state, rowCount));
  if (state.sheet !== null) return applyChange(state, scrollSheet(state, rowCount));
  const cell = findCell(state, column, row);
  if (cell === null) return state;
  if (cell.pane === 'source') return applyChange(state, scrollSource(state, rowCount));
  const {scroll, rows, viewport} = state;
  const firstRow = clampRow(scroll.row + rowCount, rows.length, viewport.height);
  return applyChange(state, {scroll: {row: firstRow}, isCursorFollowed: false, hasUserNavigated: true});
}
