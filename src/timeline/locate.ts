import {lastNotAbove, partitionPoint} from '../base/partition-point.js';
import type {Moment} from '../heap/moment.js';
import type {Timeline, TimelinePoints} from '../heap/timeline.js';
import {countRecords} from './scale.js';

/** What a timeline tells of the state after so many allocation records. */
export interface MomentSizes {
  /** The heap at the last kept moment or memory record that is not later, in bytes. */
  readonly heap: number;
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
    {records: point < 0 ? -1 : points.allocationRecords[point]!, heap: points.heap[point] ?? 0},
    {records: end < 0 ? -1 : cells.records[end]!, heap: cells.heap[end] ?? 0},
    {records: isHigh ? cells.highRecords[end + 1]! : -1, heap: cells.highestHeap[end + 1] ?? 0},
  ];
  const latest = known.reduce((best, each) => (each.records > best.records ? each : best));
  return {
    heap: latest.records < 0 ? 0 : latest.heap,
    ms: point < 0 ? null : points.timeMs[point]! - startTimeMs,
    rss: point < 0 ? null : points.rss[point]!,
  };
}

/** The first point after exactly so many allocation records, else the last one before; −1 where there is none. */
function findPoint({allocationRecords, length}: TimelinePoints, count: number): number {
  const first = partitionPoint(0, length, point => allocationRecords[point]! < count);
  return allocationRecords[first] === count ? first : first - 1;
}

/** How many allocation records come before a moment, as far as a timeline can tell. */
export function countBefore(timeline: Timeline, moment: Moment): number {
  const all = countRecords(timeline);
  const {points, startTimeMs} = timeline;
  switch (moment.kind) {
    case 'allocations':
      return Math.min(moment.count, all);
    case 'record': {
      const point = partitionPoint(0, points.length, index => points.record[index]! < moment.record);
      return points.allocationRecords[point] ?? all;
    }
    case 'time':
      return moment.ms <= 0 ? 0 : findByTime(timeline, startTimeMs + moment.ms);
    case 'share': {
      if (moment.percent <= 0) return 0;
      const last = points.timeMs[points.length - 1] ?? startTimeMs;
      return moment.percent >= 100
        ? all
        : findByTime(timeline, startTimeMs + ((last - startTimeMs) * moment.percent) / 100);
    }
  }
}

/** The last memory record that is not later, the first where there is none. */
function findByTime({points}: Timeline, timeMs: number): number {
  const point = Math.max(0, lastNotAbove(points.timeMs, 0, points.length, timeMs));
  return points.allocationRecords[point] ?? 0;
}

/** The point of the highest resident memory, the first of equals; −1 where there is none. */
export function findHighestRss({points}: Timeline): number {
  let highest = -1;
  for (let point = 0; point < points.length; point++) {
    if (highest < 0 || points.rss[point]! > points.rss[highest]!) highest = point;
  }
  return highest;
}
