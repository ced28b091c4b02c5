import {recall} from '../base/recall.js';
import {isStart, type Moment, type MomentFacts} from '../heap/moment.js';
import {isSameView, listMoments, type View} from '../heap/snapshot.js';
import type {Timeline} from '../heap/timeline.js';
import {computeColumns} from '../timeline/columns.js';
import {findHighestMoment, listKeptMoments} from '../timeline/kept-moments.js';
import {countBefore, findMomentPoint, getMomentSizes, isAtEnd, type MomentSizes} from '../timeline/locate.js';
import {countRecords, createScale} from '../timeline/scale.js';
import {getExpectedView} from './expected-view.js';
import type {TreeState} from './state.js';

/** A part of the run, or a moment, where both ends are the same; in allocation records. */
export interface ChosenPart {
  readonly from: number;
  readonly to: number;
}

/** An end of what is chosen, with its sizes: those that a reading has found, as soon as there is one. */
export interface ChosenEnd extends MomentSizes {
  /** How many allocation records come before it. */
  readonly records: number;
  /** The point of the memory record that was asked for, by its number or a time; null of all other ends. */
  readonly point: number | null;
}

/** The scale and the sizes of a drawing of so many columns. The same objects as long as they are of the same run. */
export const getDrawing = recall((timeline: Timeline, width: number) => {
  const scale = createScale(timeline, width);
  return {scale, columns: computeColumns(timeline, scale)};
}, 2);

type SelectionFacts = Pick<TreeState, 'timeline' | 'capture' | 'view' | 'askedView' | 'snapshot' | 'status'>;

/** What of the run the selection is of; null of one that is of all of it, or not in the recording. */
export function getChosenPart(state: SelectionFacts): ChosenPart | null {
  const ends = getChosenEnds(state);
  return ends && {from: ends.from.records, to: ends.to.records};
}

/** The same with the sizes at both ends. */
export function getChosenEnds(
  state: SelectionFacts,
): {readonly from: ChosenEnd; readonly to: ChosenEnd} | null {
  const {timeline} = state;
  if (timeline === null || timeline.hasRecords === false || isMissing(state)) return null;
  const select = getExpectedView(state);
  const toMoment = (end: ChosenEnd) => ({from: end, to: end});
  switch (select.kind) {
    case 'peak':
      return toMoment(getEnd(timeline, getPeakRecords(state, timeline)));
    case 'leaks':
      return toMoment(getEnd(timeline, countRecords(timeline)));
    case 'moment':
      return toMoment(findEnd(state, timeline, select.at, 0));
    case 'range':
      return {from: findEnd(state, timeline, select.from, 0), to: findEnd(state, timeline, select.to, 1)};
    default:
      return null;
  }
}

/** Whether the selection is of moments that the recording does not have. */
export function isMissing(state: SelectionFacts): boolean {
  const {timeline, status} = state;
  const select = getExpectedView(state);
  if (timeline === null || status !== 'done' || listFound(state) !== null) return false;
  const moments = listMoments(select);
  const counts = moments.map(moment => countBefore(timeline, moment, state.capture?.endTimeMs));
  const isUnordered = counts.some((count, index) => count < (counts[index - 1] ?? 0));
  return isUnordered || moments.some(moment => isBeyond(timeline, moment));
}

function isBeyond(timeline: Timeline, moment: Moment): boolean {
  if (moment.kind === 'allocations') return moment.count > countRecords(timeline);
  return moment.kind === 'record' && moment.record > (timeline.points.record.at(-1) ?? -1);
}

/** What a reading has found of the moments of the selection; null where none has yet. */
function listFound(state: SelectionFacts): readonly MomentFacts[] | null {
  const {snapshot} = state;
  const isOfSelection = snapshot !== null && isSameView(snapshot.view, getExpectedView(state));
  return isOfSelection ? (snapshot.moments ?? null) : null;
}

function findEnd(state: SelectionFacts, timeline: Timeline, moment: Moment, index: number): ChosenEnd {
  const found = listFound(state)?.[index];
  const {points, startTimeMs} = timeline;
  const endTimeMs = state.capture?.endTimeMs ?? 0;
  const isLast = found === undefined ? isAtEnd(timeline, moment, endTimeMs) : found.isEnd === true;
  const isOfPoint = moment.kind !== 'allocations' && !isStart(moment) && !isLast;
  if (found !== undefined) {
    const {record, allocationRecords: records, heap, timeMs, rss} = found;
    const ms = timeMs === null ? null : timeMs - startTimeMs;
    const isPointKnown = isOfPoint && record !== null;
    const point = isPointKnown ? findMomentPoint(timeline, {kind: 'record', record}, endTimeMs) : null;
    return {records, heap, ms, rss, point};
  }
  const end = getEnd(timeline, countBefore(timeline, moment, endTimeMs));
  const point = isOfPoint ? findMomentPoint(timeline, moment, endTimeMs) : points.length;
  if (point >= points.length) return end;
  return {...end, ms: points.timeMs[point]! - startTimeMs, rss: points.rss[point]!, point};
}

function getEnd(timeline: Timeline, records: number): ChosenEnd {
  return {records, ...getMomentSizes(timeline, records), point: null};
}

/** How many allocation records lead to the peak of the heap. */
export function getPeakRecords({capture}: Pick<TreeState, 'capture'>, timeline: Timeline): number {
  const kept = listKeptMoments(timeline.cells);
  return capture?.run?.peakRecords ?? kept.records[findHighestMoment(kept)] ?? 0;
}

export function selectMoment(count: number): View {
  return {kind: 'moment', at: {kind: 'allocations', count}};
}

/** A range between two moments, in any order; of one moment that moment. */
export function selectRange(a: number, b: number, of: 'peak' | 'grown'): View {
  if (a === b) return selectMoment(a);
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  return {kind: 'range', of, from: {kind: 'allocations', count: from}, to: {kind: 'allocations', count: to}};
}
