import type {UiChange} from './apply-change.js';
import {isComparing} from './comparison.js';
import type {TreeState} from './state.js';

export function toggleFacts(state: TreeState): UiChange {
  if (state.isFactsOpen) return closeFacts();
  return explainNoFacts(state) === null ? {isFactsOpen: true, sheetRow: 0} : {};
}

export function closeFacts(): UiChange {
  return {isFactsOpen: false, sheetRow: 0};
}

/** What says how much of a sheet is in sight. */
type Sheeted = Pick<TreeState, 'layout' | 'sheet' | 'hostPane'>;

/** Scrolls the sheet by so many lines; the store keeps it within its lines. */
export function scrollSheet({sheetRow}: TreeState, rows: number): UiChange {
  return {sheetRow: sheetRow + rows};
}

/** By so many pages, or parts of one. */
export function pageSheet(state: TreeState, pages: number): UiChange {
  const rows = Math.ceil(Math.abs(pages) * getSheetRows(state));
  return scrollSheet(state, Math.sign(pages) * rows);
}

/** The lines of the sheet that are seen at once: one less than fit where there are more, for the line that says so. */
export function getSheetRows({layout, sheet, hostPane}: Sheeted): number {
  const height = layout === null ? (hostPane?.height ?? 0) : layout.status.row - (layout.crumbs?.height ?? 0);
  return sheet !== null && sheet.length > height ? Math.max(1, height - 1) : height;
}

/** The first line in sight, so that the sheet is scrolled no further than it goes. */
export function clampSheetRow(state: Sheeted & Pick<TreeState, 'sheetRow'>): number {
  if (state.sheet === null) return 0;
  return Math.max(0, Math.min(state.sheetRow, state.sheet.length - getSheetRows(state)));
}

/** Why the facts of a row cannot be shown; null where they can. */
export function explainNoFacts({shown, isFactsOpen, snapshot}: TreeState): string | null {
  if (isFactsOpen) return null;
  if (isComparing({snapshot})) return 'Sizes and allocators are those of one capture';
  if (shown === null) return 'Facts need a capture';
  if (shown.stats !== null) return 'These are figures of the whole run: 1 shows rows';
  return shown.isAwaited ? 'There is no row yet' : null;
}
