import {partitionPoint} from '../base/partition-point.js';
import type {Timeline, TimelinePoints} from '../heap/timeline.js';

/** What the columns of a drawing stand for: equal parts of the run's time, or of its allocation records. */
export interface Scale {
  readonly kind: 'time' | 'records';
  readonly width: number;
  /** What the columns are parts of: ms, or allocation records. */
  readonly span: number;
  /** How many allocation records come before the end of each column: ascending, that of the whole run last. */
  readonly ends: Float64Array;
  /** The column of each point. */
  readonly pointColumns: Int32Array;
}

/**
 * The axis is the time where there is a memory record for each column, so that no column is of an unknown part of the
 * run; else it is that of the allocation records, of which the cells know enough. Where there are none it is the time.
 */
export function createScale(timeline: Timeline, width: number): Scale {
  const {points} = timeline;
  const duration = getDuration(timeline);
  const isKnown = points.length >= width || timeline.hasRecords === false;
  const isByTime = width > 0 && isKnown && duration > 0;
  return isByTime ? scaleByTime(timeline, width, duration) : scaleByRecords(timeline, width);
}

/** How many allocation records there are. */
export function countRecords({points, cells}: Timeline): number {
  return Math.max(0, cells.records[cells.length - 1] ?? 0, points.allocationRecords[points.length - 1] ?? 0);
}

/** The column that holds the state after so many allocation records. */
export function findColumn({ends, width}: Scale, records: number): number {
  return Math.min(
    Math.max(0, width - 1),
    partitionPoint(0, width, column => ends[column]! < records),
  );
}

/** The time from the start to the last memory record, in ms. A clock may step back. */
export function getDuration({points, startTimeMs}: Timeline): number {
  let latest = startTimeMs;
  for (let point = 0; point < points.length; point++) latest = Math.max(latest, points.timeMs[point]!);
  return latest - startTimeMs;
}

function scaleByTime(timeline: Timeline, width: number, duration: number): Scale {
  const {points, startTimeMs} = timeline;
  const pointColumns = new Int32Array(points.length);
  let column = 0;
  for (let point = 0; point < points.length; point++) {
    // The end of a column belongs to it. Where the clock stepped back, nothing goes back.
    const own = Math.ceil(((points.timeMs[point]! - startTimeMs) * width) / duration) - 1;
    column = Math.max(column, Math.min(own, width - 1));
    pointColumns[point] = column;
  }
  const ends = computeEnds(points, pointColumns, width);
  ends[width - 1] = countRecords(timeline);
  return {kind: 'time', width, span: duration, ends, pointColumns};
}

/** A column without a point ends where the one before it does. */
function computeEnds(points: TimelinePoints, pointColumns: Int32Array, width: number): Float64Array {
  const ends = new Float64Array(width);
  let point = 0;
  for (let column = 0; column < width; column++) {
    while (point < points.length && pointColumns[point]! <= column) point++;
    ends[column] = point === 0 ? 0 : points.allocationRecords[point - 1]!;
  }
  return ends;
}

function scaleByRecords(timeline: Timeline, width: number): Scale {
  const span = countRecords(timeline);
  const ends = Float64Array.from({length: width}, (_, column) => Math.floor(((column + 1) * span) / width));
  const scale = {kind: 'records', width, span, ends, pointColumns: new Int32Array(0)} as const;
  const {allocationRecords} = timeline.points;
  const pointColumns = Int32Array.from(allocationRecords, records => findColumn(scale, records));
  return {...scale, pointColumns};
}
