import {lastNotAbove, partitionPoint} from '../base/partition-point.js';
import {isStart, type Moment} from '../heap/moment.js';
import {getRunEnd, isAtRunEnd} from '../heap/run-end.js';
import type {Timeline, TimelinePoints} from '../heap/timeline.js';
import {countRecords} from './scale.js';

/** What a timeline tells of the state after so many allocation records. */
export interface MomentSizes {
  /** The heap in bytes; null where neither a kept moment nor a memory record has exactly this state. */
  readonly heap: number | null;
  /**
   * Of the last memory record that is not later, of equal ones the first: ms since the start, and its resident memory; null
   * where there is none.
   */
  readonly ms: number | null;
  readonly rss: number | null;
}

export function getMomentSizes({points, cells, startTimeMs}: Timeline, count: number): MomentSizes {
  const point = findPoint(points, count);
  const end = lastNotAbove(cells.records, 0, cells.length, count);
  // The highest moment of a cell comes before its end, and after the end of the cell before.
  const isHigh = end + 1 < cells.length && cells.highRecords[end + 1]! <= count;
  const known = [
    {records: 0, heap: 0},
    {records: points.allocationRecords[point], heap: points.heap[point]},
    {records: cells.records[end], heap: cells.heap[end]},
    {records: isHigh ? cells.highRecords[end + 1] : -1, heap: cells.highestHeap[end + 1]},
  ];
  return {
    heap: known.find(({records}) => records === count)?.heap ?? null,
    ms: point < 0 ? null : points.timeMs[point]! - startTimeMs,
    rss: point < 0 ? null : points.rss[point]!,
  };
}

/** The first point after exactly so many allocation records, else the last one before; −1 where there is none. */
function findPoint({allocationRecords, length}: TimelinePoints, count: number): number {
  const first = partitionPoint(0, length, point => allocationRecords[point]! < count);
  return allocationRecords[first] === count ? first : first - 1;
}

/**
 * How many allocation records come before a moment, as far as a timeline can tell.
 * @param endTimeMs when the recording ended, as its header says; 0 where it does not
 */
export function countBefore(timeline: Timeline, moment: Moment, endTimeMs = 0): number {
  const all = countRecords(timeline);
  if (isStart(moment)) return 0;
  if (isAtEnd(timeline, moment, endTimeMs)) return all;
  if (moment.kind === 'allocations') return Math.min(moment.count, all);
  return timeline.points.allocationRecords[findMomentPoint(timeline, moment, endTimeMs)] ?? all;
}

/**
 * Whether a moment is after the last record: a time may be, though no memory record is so late.
 * @param endTimeMs as above
 */
export function isAtEnd({points, startTimeMs}: Timeline, moment: Moment, endTimeMs: number): boolean {
  return isAtRunEnd(moment, {startTimeMs, endTimeMs}, points.timeMs[points.length - 1] ?? null);
}

/** How many allocation records come before a moment where a timeline tells it exactly, whatever it has left out; null where it may not. */
export function countExactly(timeline: Timeline, moment: Moment): number | null {
  if (moment.kind === 'allocations') return moment.count;
  if (moment.kind !== 'record') return null;
  const {points} = timeline;
  const point = findMomentPoint(timeline, moment, 0);
  return points.record[point] === moment.record ? points.allocationRecords[point]! : null;
}

/**
 * The point that tells a moment of a memory record or a time; none where there is no such memory record.
 * @param endTimeMs as above
 */
export function findMomentPoint(
  {points, startTimeMs}: Timeline,
  moment: Exclude<Moment, {readonly kind: 'allocations'}>,
  endTimeMs: number,
): number {
  switch (moment.kind) {
    case 'record':
      return partitionPoint(0, points.length, index => points.record[index]! < moment.record);
    case 'time':
      return findByTime(points, startTimeMs + moment.ms);
    case 'share': {
      const end =
        getRunEnd({startTimeMs, endTimeMs}, points.timeMs[points.length - 1] ?? null) ?? startTimeMs;
      return findByTime(points, startTimeMs + ((end - startTimeMs) * moment.percent) / 100);
    }
  }
}

/** The last point that is not later, the first where there is none. A clock may have been set back: times are in no order. */
function findByTime({timeMs}: TimelinePoints, limitMs: number): number {
  return Math.max(
    0,
    timeMs.findLastIndex(each => each <= limitMs),
  );
}

/** The point of the highest resident memory, the first of equals; −1 where there is none. */
export function findHighestRss({points}: Timeline): number {
  let highest = -1;
  for (let point = 0; point < points.length; point++) {
    if (highest < 0 || points.rss[point]! > points.rss[highest]!) highest = point;
  }
  return highest;
}
