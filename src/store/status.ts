import {truncateCells} from '../format/cells.js';
import {formatBytes, formatCount, formatFixed} from '../format/numbers.js';
import {shortenPaths} from '../format/path-tails.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {nameResult} from '../heap/snapshot.js';
import type {LoadProgress} from '../reader/load-messages.js';
import {describeRemedy} from '../tree/hidden-share.js';
import {describeBase, describeScale, describeUnchanged, hasMedians} from './comparison.js';
import {describePercentBase} from './percent-base.js';
import type {SaveState} from './save-state.js';
import {explainUnsearched, getMatchIndex} from './search-actions.js';
import {describeSelection} from './selection-text.js';
import type {TreeState} from './state.js';
import {formatStream} from './stream-status.js';
import {describeShownTime} from './strip-text.js';
import {formatTimeLeft} from './time-left.js';
import {hasNative} from './tree-actions.js';

/** A piece of the status line. The one of the lowest importance goes first where there is no room for all. */
export interface StatusPart {
  readonly text: Safe;
  /** What stands in its place before any part is left out. */
  readonly short?: Safe;
  readonly importance: number;
}

/** How far a load is; `share` from 0 to 1, null where the size is not known. */
export interface ProgressPart {
  readonly share: number | null;
  readonly text: Safe;
}

const MEGABYTE = 1e6;
/** A regular expression may be long, and its fault names it. */
const MAX_REASON_CELLS = 48;

/** Percent, speed and time left of a load; null when nothing is read. */
export function selectProgress({status, progress}: TreeState): ProgressPart | null {
  if (status !== 'reading') return null;
  return progress === null ? {share: null, text: sanitize('reading')} : formatProgress(progress);
}

function formatProgress(progress: LoadProgress): ProgressPart {
  const {bytesRead, totalBytes, elapsedMs, stream, recording, waitingFor, resolving} = progress;
  if (resolving !== undefined) {
    const {done, total} = resolving;
    return {share: done / total, text: sanitize(`resolving native names ${done}/${total}`)};
  }
  // A notice says what for.
  if (waitingFor !== undefined) return {share: null, text: sanitize('waiting')};
  if (stream !== undefined) return {share: null, text: sanitize(formatStream(stream, recording))};
  const speed = elapsedMs > 0 ? `${formatFixed(bytesRead / MEGABYTE / (elapsedMs / 1000), 1)} MB/s` : '';
  if (totalBytes === null)
    return {share: null, text: sanitize(`${formatBytes(bytesRead)} ${speed}`.trimEnd())};
  // A file that grows while it is read has more bytes than it said.
  const share = totalBytes > 0 ? Math.min(1, bytesRead / totalBytes) : 1;
  const parts = [`${Math.floor(share * 100)} %`, speed, formatTimeLeft(progress)];
  return {share, text: sanitize(parts.filter(part => part !== '').join(' '))};
}

/**
 * The pieces of the status line from left to right: view, file, peak, shown of it, hidden locations, remarks.
 */
export function selectStatusParts(state: TreeState): readonly StatusPart[] {
  const {name, capture, elided, status, base, save, shown} = state;
  const parts: StatusPart[] = [];
  const add = (importance: number, text: string, short?: string) =>
    parts.push({text: sanitize(text), importance, ...(short !== undefined && {short: sanitize(short)})});
  if (capture === null && status === 'idle') add(9, 'nothing loaded');
  else if (capture !== null || status !== 'done') {
    // "peak 6.000kB" says it too.
    const selection = describeSelection(state);
    const isImplied = capture !== null && selection === 'peak';
    add(isImplied ? 6.7 : 9, selection);
    const time = describeShownTime(state);
    if (time !== '') add(6.65, time);
  }
  const shownName = capture !== null && status === 'done' ? nameResult(capture, name) : name;
  const baseName = describeBase(state);
  // Runs before and after a change often have the same name, in other folders.
  const [shortName, shortBase] = shortenPaths([shownName, baseName]);
  if (name !== '') add(6.8, shownName, shortName);
  if (baseName !== '') add(6.75, `compared with ${baseName}`, `vs ${shortBase}`);
  const scale = describeScale(state);
  if (scale !== '') add(6.76, scale, 'base scaled');
  if (capture === null && (status === 'failed' || status === 'idle')) return parts;
  if (capture !== null) add(8, `${hasMedians(state) ? 'median ' : ''}peak ${formatBytes(capture.peakBytes)}`);
  // A tree of the host has no peak of which it could be a part.
  const total = capture === null && status === 'done' ? 'total' : 'shown';
  // Nothing is below a cut where there is no view yet, or cannot be.
  const isAwaited = shown?.isAwaited === true;
  if (!isAwaited)
    add(7, `${total} ${state.format.formatValue(base.bytes[0]! - (state.wholePeak ? elided.bytes : 0))}`);
  if (!isAwaited && elided.locations > 0) {
    const bytes = formatBytes(elided.bytes);
    const count = formatCount(elided.locations);
    add(6, `${count} locations hidden (${bytes})`, `${count} hidden (${bytes})`);
  }
  const unchanged = describeUnchanged(state);
  if (unchanged !== '') add(6.6, unchanged, describeUnchanged(state, true));
  const percentBase = describePercentBase(state);
  if (percentBase !== '') add(8.5, `% of ${percentBase}`);
  if (capture?.nativeTraces && !hasNative(state)) add(7.5, 'native frames not shown');
  if (capture !== null && !capture.finished && capture.damage === null && status === 'done') {
    add(6.5, 'unfinished recording');
  }
  if (save?.kind === 'saving' || save?.kind === 'saved') add(5.5, formatSaving(save));
  return parts;
}

function formatSaving({kind, path}: SaveState): string {
  return `${kind === 'saved' ? 'saved to' : 'saving to'} ${path}`;
}

/**
 * `3/17` on a match, `17 matches` elsewhere, `no match`, or why the search cannot be read; then what a search cannot see,
 * since there are too many nodes or it is below the cut, and how it can be seen. Empty without a search, and where nothing
 * is searched.
 */
export function selectMatchText(state: TreeState): string {
  const {search, elided, matches, shownLocations} = state;
  if (search.query === '' || explainUnsearched(state) !== null) return '';
  if (matches.error !== null) return truncateCells(sanitize(matches.error), MAX_REASON_CELLS);
  const found = formatMatches(state);
  const unseen: string[] = [];
  if (matches.isPartial)
    unseen.push(
      `${(matches.isMatch.length - 1).toLocaleString('en')} nodes searched, not all; f filters all`,
    );
  if (elided.locations > 0) {
    const remedy = matches.nodes.length === 0 ? `; ${describeRemedy(shownLocations, elided)}` : '';
    unseen.push(`${formatBytes(elided.bytes)} hidden, not searched${remedy}`);
  }
  return unseen.length === 0 ? found : `${found} (${unseen.join(', ')})`;
}

function formatMatches(state: TreeState): string {
  const {matches} = state;
  if (matches.nodes.length === 0) return 'no match';
  const index = getMatchIndex(state);
  if (index >= 0) return `${index + 1}/${matches.nodes.length}`;
  return matches.nodes.length === 1 ? '1 match' : `${matches.nodes.length} matches`;
}
