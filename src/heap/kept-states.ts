import {partitionPoint} from '../base/partition-point.js';
import type {KeptState} from './state-log.js';
import type {TimelineCells} from './timeline.js';

/** The state after exactly so many allocation records; null where it is not kept. */
export function findKeptState(cells: TimelineCells, records: number): KeptState | null {
  if (records === 0) return {cell: -1, isHighest: false};
  const cell = findCell(cells, records);
  if (cell === cells.length) return null;
  if (cells.records[cell] === records) return {cell, isHighest: false};
  if (cells.highRecords[cell] === records) return {cell, isHighest: true};
  return null;
}

/** The number of allocation records that is nearest to `records` of those whose states are kept; null where there are none. */
export function findNearestKept(cells: TimelineCells, records: number): number | null {
  if (cells.length === 0) return null;
  const cell = Math.min(findCell(cells, records), cells.length - 1);
  const near = [cells.records[cell - 1] ?? 0, cells.highRecords[cell]!, cells.records[cell]!];
  return near.reduce((best, each) => (Math.abs(each - records) < Math.abs(best - records) ? each : best));
}

/** The first cell that ends at so many allocation records, or later. */
function findCell({length, records: ends}: TimelineCells, records: number): number {
  return partitionPoint(0, length, cell => ends[cell]! < records);
}
