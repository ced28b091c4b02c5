import {applyChange} from './apply-change.js';
import {scrollHelp} from './help-actions.js';
import {findPane} from './pane-layout.js';
import {clampRow} from './scroll.js';
import {scrollSource} from './source-actions.js';
import type {TreeState} from './state.js';
import {moveTo, toggle} from './tree-actions.js';

function findCell(state: TreeState, column: number, row: number) {
  const {layout, help} = state;
  return help !== null || layout === null ? null : findPane(layout, column, row);
}

/** A click: the pane gets the focus; a row of the tree is selected and opened or closed. */
export function clickAt(state: TreeState, column: number, row: number): TreeState {
  const cell = findCell(state, column, row);
  if (cell === null) return state;
  if (cell.pane === 'source') return applyChange(state, {focus: 'source'});
  const node = state.rows[state.scroll.row + cell.row];
  if (node === undefined) return applyChange(state, {focus: 'tree'});
  const navigated = {focus: 'tree', hasUserNavigated: true, isCursorFollowed: true} as const;
  return applyChange(state, {...moveTo(state, node), ...toggle(state, node), ...navigated});
}

/**
 * A turn of the wheel scrolls the open help, else the pane under it; in the tree the cursor stays where it
 * is.
 */
export function wheelAt(state: TreeState, column: number, row: number, rowCount: number): TreeState {
  if (state.help !== null) return applyChange(state, scrollHelp(state, rowCount));
  const cell = findCell(state, column, row);
  if (cell === null) return state;
  if (cell.pane === 'source') return applyChange(state, scrollSource(state, rowCount));
  const {scroll, rows, viewport} = state;
  const firstRow = clampRow(scroll.row + rowCount, rows.length, viewport.height);
  return applyChange(state, {scroll: {row: firstRow}, isCursorFollowed: false, hasUserNavigated: true});
}
