import {cellWidth, sliceCells} from '../format/cells.js';
import type {Safe} from '../format/sanitize.js';
import {type NoticeLine, selectNotices} from './notices.js';
import {computePaneLayout, type PaneLayout} from './pane-layout.js';
import type {TreeState} from './state.js';

/** Status line and key hints. */
const FIXED_ROWS = 2;

/** The screen in parts: panes, and the notices above the status line, each cut into rows of the screen's width. */
export interface ScreenLayout extends PaneLayout {
  readonly noticeRows: readonly NoticeLine[];
}

/** What is where on a screen of a given size. The frame takes exactly `rows` rows. */
export function computeScreenLayout(
  state: Pick<TreeState, 'focus' | 'capture' | 'failure' | 'name'>,
  columns: number,
  rows: number,
): ScreenLayout {
  // However much there is to say, the tree keeps most of the screen; the damage stands first and is always there.
  const limit = Math.max(1, Math.floor(rows / 4));
  const noticeRows = wrapNotices(state, columns).slice(0, limit);
  const statusRows = Math.min(rows, FIXED_ROWS + noticeRows.length);
  return {...computePaneLayout({columns, rows, focus: state.focus, statusRows}), noticeRows};
}

/** All notices in rows of at most `columns` cells, the most important first. */
export function wrapNotices(
  state: Pick<TreeState, 'capture' | 'failure' | 'name'>,
  columns: number,
): readonly NoticeLine[] {
  return selectNotices(state).flatMap(notice => wrapNotice(notice, columns));
}

/** A notice in rows of at most `columns` cells, broken at spaces where there are any. */
function wrapNotice({kind, text}: NoticeLine, columns: number): NoticeLine[] {
  const width = Math.max(1, columns);
  const lines: NoticeLine[] = [];
  let rest: Safe = text;
  while (cellWidth(rest) > width) {
    const fitting = sliceCells(rest, 0, width);
    // Half of a wide character at the edge comes as a space that is not in the text.
    const whole = rest.startsWith(fitting) ? fitting : (fitting.slice(0, -1) as Safe);
    const space = rest[whole.length] === ' ' ? whole.length : whole.lastIndexOf(' ');
    const line = (space > 0 ? whole.slice(0, space) : whole) as Safe;
    if (line === '') break;
    lines.push({kind, text: line});
    rest = rest.slice(line.length).trimStart() as Safe;
  }
  return [...lines, {kind, text: rest}];
}
