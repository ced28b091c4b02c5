import {recall} from '../base/recall.js';
import type {View} from '../heap/snapshot.js';
import type {Timeline} from '../heap/timeline.js';
import {computeColumns} from '../timeline/columns.js';
import {findHighestMoment, listKeptMoments} from '../timeline/kept-moments.js';
import {countBefore} from '../timeline/locate.js';
import {countRecords, createScale} from '../timeline/scale.js';
import {getExpectedView} from './expected-view.js';
import type {TreeState} from './state.js';

/** A part of the run, or a moment, where both ends are the same; in allocation records. */
export interface ChosenPart {
  readonly from: number;
  readonly to: number;
}

/** The scale and the sizes of a drawing of so many columns. The same objects as long as they are of the same run. */
export const getDrawing = recall((timeline: Timeline, width: number) => {
  const scale = createScale(timeline, width);
  return {scale, columns: computeColumns(timeline, scale)};
}, 2);

/** What of the run the selection is of; null of one that is of all of it. */
export function getChosenPart(
  state: Pick<TreeState, 'timeline' | 'capture' | 'view' | 'askedView'>,
): ChosenPart | null {
  const {timeline} = state;
  if (timeline === null || timeline.hasRecords === false) return null;
  const select = getExpectedView(state);
  switch (select.kind) {
    case 'peak':
      return toMoment(getPeakRecords(state, timeline));
    case 'leaks':
      return toMoment(countRecords(timeline));
    case 'moment':
      return toMoment(countBefore(timeline, select.at));
    case 'range':
      return {from: countBefore(timeline, select.from), to: countBefore(timeline, select.to)};
    default:
      return null;
  }
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

function toMoment(records: number): ChosenPart {
  return {from: records, to: records};
}
