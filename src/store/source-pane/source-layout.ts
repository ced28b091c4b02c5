import {joinSafe, type Safe, sanitize, trusted} from '../../format/sanitize.js';
import {wrapCells} from '../../format/wrap.js';
import {computeExcerpt} from '../../source/excerpt.js';
import {getShownLine} from '../../source/shown-line.js';
import type {SourceExcerpt, SourceSide} from '../../source/source-excerpt.js';
import {selectCutSides, selectRunNamer} from '../comparison.js';
import {hasLines} from '../has-lines.js';
import {selectOtherShare} from '../percent-base.js';
import {selectArenaBytes} from '../pools.js';
import {selectCapture} from '../selected-capture.js';
import type {TreeState} from '../state.js';
import type {PaneSize} from '../ui-state.js';
import {formatCaptureFacts} from './capture-facts.js';
import {layOutFacts, wrapIndented} from './facts-layout.js';
import {formatFacts} from './source-facts.js';
import {explainMissing, getSourceNote, type SourceHints} from './source-notes.js';

/** What the texts of the pane depend on, besides the state. */
export interface SourceContext {
  readonly isAscii: boolean;
  /** The beginning of paths that is left out: the current directory with a separator; '' for none. */
  readonly leftOut: string;
  readonly hints: SourceHints;
}

/** The pane that shows the source. */
export type SourcePane = SourceContext & PaneSize;

/** The pane of the host, else that of the screen; null where nothing shows the source. */
function getSourcePane({sourceContext, hostSourcePane, layout}: TreeState): SourcePane | null {
  const size = hostSourcePane ?? layout?.source ?? null;
  if (sourceContext === null || size === null) return null;
  return {...sourceContext, width: size.width, height: size.height};
}

/** How far the source can be scrolled now; null where that is not known. */
export function getSourceRange(state: TreeState): SourceRange | null {
  const pane = getSourcePane(state);
  return pane === null
    ? state.hostSourceRange
    : layOutSource({...state, share: selectOtherShare(state)}, state.excerpt, pane).range;
}

/** How far the source can be scrolled from the selected line, in rows: first ≤ 0 ≤ last. */
export interface SourceRange {
  readonly firstRow: number;
  readonly lastRow: number;
}

/** What is in the rows of the pane, from top to bottom: the source, the line below it, the facts. */
export interface SourceLayout {
  /** Rows for the source. */
  readonly height: number;
  /** What stands instead of a source, in rows; null where there is the text of a file. */
  readonly rows: readonly Safe[] | null;
  readonly range: SourceRange;
  /** The text in the line below the source: a note about it or its path. Long ones take more rows. */
  readonly caption: readonly Safe[];
  readonly isNote: boolean;
  readonly facts: readonly Safe[];
}

interface LaidOutState
  extends Pick<TreeState, 'filtered' | 'cursorNode' | 'capture' | 'moduleOf' | 'format' | 'shown' | 'query'> {
  /** The share of the selected node where rows have another one; else empty. */
  readonly share?: string;
}

export function layOutSource(
  state: LaidOutState,
  excerpt: SourceExcerpt | null,
  pane: SourcePane,
): SourceLayout {
  const {width, height} = pane;
  const facts = listFacts(state, pane).slice(0, height);
  const {caption, isNote} = getCaption(excerpt, pane, hasLines(state));
  const sourceHeight = Math.max(0, height - facts.length - Math.max(1, caption.length));
  const rows = listRows(state, excerpt, pane)?.flatMap(text => wrapIndented(text, width)) ?? null;
  const range =
    rows === null
      ? getLineRange(excerpt, sourceHeight)
      : {firstRow: 0, lastRow: Math.max(0, rows.length - sourceHeight)};
  return {height: sourceHeight, rows, range, caption, isNote, facts};
}

/** A source of fewer rows shows too little around its line. */
const MIN_SOURCE_ROWS = 8;

/** The facts may take so many rows of a panel; the rest is for the source. */
function getFactRows(height: number): number {
  return Math.max(Math.min(height, 2), Math.min(Math.floor(height * 0.4), height - MIN_SOURCE_ROWS - 1));
}

function listFacts(state: LaidOutState, {width, height, isAscii: ascii}: SourcePane): readonly Safe[] {
  const {filtered, cursorNode, moduleOf, format, share = ''} = state;
  const isProcess = selectCapture(state) !== null;
  const facts = formatFacts(filtered.tree, cursorNode, {
    ...{moduleOf, ascii, format, share, isProcess},
    arenaBytes: selectArenaBytes(state),
    nameRun: selectRunNamer(state),
    cutSides: selectCutSides(state),
  });
  return layOutFacts(facts, {width, maxRows: getFactRows(height), ascii});
}

/** Cells before the text of the line between source and facts. */
export const CAPTION_INDENT = 3;

/** What has to be said of the source, else its real path; of captures that are compared both. */
function getCaption(
  excerpt: SourceExcerpt | null,
  {width, leftOut}: SourcePane,
  areLines: boolean,
): Pick<SourceLayout, 'caption' | 'isNote'> {
  if (excerpt === null || excerpt.result.kind !== 'text') return {caption: [], isNote: false};
  const note = getSourceNote(excerpt, areLines);
  const path = sanitize(shorten(excerpt.result.path, leftOut));
  const text = excerpt.side === undefined ? (note ?? path) : describeSide(excerpt.side, path, note);
  return {caption: wrapCells(text, width - CAPTION_INDENT), isNote: note !== null};
}

/** Of captures that are compared: whose source it is, and what has to be said of it. */
function describeSide(side: SourceSide, path: Safe, note: Safe | null): Safe {
  const remark = note === null ? [] : [trusted('; '), note];
  return joinSafe(trusted(`${side === 'base' ? 'of the base' : 'of what is compared'}: `), path, ...remark);
}

/** A path below the current directory as the user would type it. */
function shorten(path: string, leftOut: string): string {
  return path.startsWith(leftOut) ? path.slice(leftOut.length) : path;
}

/** Texts instead of a source: of the root, and of each of several processes, where the capture comes from. */
function listRows(
  state: LaidOutState,
  excerpt: SourceExcerpt | null,
  {hints}: SourcePane,
): readonly Safe[] | null {
  if (excerpt !== null) {
    const {file, result} = excerpt;
    return result.kind === 'text' ? null : explainMissing(file, result, hints);
  }
  const capture = selectCapture(state);
  return capture === null ? [] : formatCaptureFacts(capture);
}

/** The first line of a pane with the selected line in its middle, as an index into the lines that were read. */
export function getFirstLine(excerpt: SourceExcerpt, height: number): number {
  const {result} = excerpt;
  if (result.kind !== 'text') return 0;
  const total = result.lines.length;
  // A line past the end of a file that has become shorter: show the end.
  const center = Math.max(0, Math.min(getShownLine(excerpt) - result.firstLine, total - 1));
  return computeExcerpt(total, center, height).first;
}

function getLineRange(excerpt: SourceExcerpt | null, height: number): SourceRange {
  if (excerpt?.result.kind !== 'text') return {firstRow: 0, lastRow: 0};
  const start = getFirstLine(excerpt, height);
  const total = excerpt.result.lines.length;
  return {firstRow: 0 - start, lastRow: total - Math.min(height, total) - start};
}
