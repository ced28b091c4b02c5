import {wrapCells} from '../format/wrap.js';
import {hasCrumbs} from './crumb-line.js';
import {countKeyRows} from './key-note.js';
import {type NoticeFacts, type NoticeLine, selectNotices} from './notices.js';
import {computePaneLayout, type PaneLayout} from './pane-layout.js';
import type {TreeState} from './state.js';
import {countStripRows} from './strip-layout.js';
import {hasHeadings} from './table-heading.js';

const STATUS_ROWS = 1;

/**
 * The screen in parts: panes, and the notices above the status line, each cut into rows of the screen's
 * width.
 */
export interface ScreenLayout extends PaneLayout {
  readonly noticeRows: readonly NoticeLine[];
  /** Rows of the key hints, or of what is said instead of them. */
  readonly keyRows: number;
}

/** What is where on a screen of a given size. The frame takes exactly `rows` rows. */
export function computeScreenLayout(
  state: NoticeFacts & Pick<TreeState, 'focus' | 'query' | 'shown' | 'keyNote' | 'strip' | 'timeline'>,
  columns: number,
  rows: number,
): ScreenLayout {
  // However much there is to say, the tree keeps most of the screen; the damage stands first and is always
  // there.
  const limit = Math.max(1, Math.floor(rows / 4));
  const noticeRows = wrapNotices(state, columns).slice(0, limit);
  const keyRows = countKeyRows(state, {columns, rows});
  const statusRows = Math.min(rows, STATUS_ROWS + keyRows + noticeRows.length);
  return {
    ...computePaneLayout({
      columns,
      rows,
      focus: state.focus,
      statusRows,
      crumbRows: Number(hasCrumbs(state)),
      headingRows: Number(hasHeadings(state)),
      stripRows: countStripRows(state, rows),
    }),
    noticeRows,
    keyRows,
  };
}

/** All notices in rows of at most `columns` cells, the most important first. */
export function wrapNotices(state: NoticeFacts, columns: number): readonly NoticeLine[] {
  return selectNotices(state).flatMap(({kind, text}) =>
    wrapCells(text, columns).map(line => ({kind, text: line})),
  );
}
