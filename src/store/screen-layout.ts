import {wrapCells} from '../format/wrap.js';
import {type NoticeFacts, type NoticeLine, selectNotices} from './notices.js';
import {computePaneLayout, type PaneLayout} from './pane-layout.js';
import type {TreeState} from './state.js';

/** Status line and key hints. */
const FIXED_ROWS = 2;

/**
 * The screen in parts: panes, and the notices above the status line, each cut into rows of the screen's
 * width.
 */
export interface ScreenLayout extends PaneLayout {
  readonly noticeRows: readonly NoticeLine[];
}

/** What is where on a screen of a given size. The frame takes exactly `rows` rows. */
export function computeScreenLayout(
  state: NoticeFacts & Pick<TreeState, 'focus'>,
  columns: number,
  rows: number,
): ScreenLayout {
  // However much there is to say, the tree keeps most of the screen; the damage stands first and is always
  // there.
  const limit = Math.max(1, Math.floor(rows / 4));
  const noticeRows = wrapNotices(state, columns).slice(0, limit);
  const statusRows = Math.min(rows, FIXED_ROWS + noticeRows.length);
  return {...computePaneLayout({columns, rows, focus: state.focus, statusRows}), noticeRows};
}

/** All notices in rows of at most `columns` cells, the most important first. */
export function wrapNotices(state: NoticeFacts, columns: number): readonly NoticeLine[] {
  return selectNotices(state).flatMap(({kind, text}) =>
    wrapCells(text, columns).map(line => ({kind, text: line})),
  );
}
