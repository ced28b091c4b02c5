import {lastNotAbove} from '../base/partition-point.js';
import type {KeptMoments} from './kept-moments.js';
import {findColumn, type Scale} from './scale.js';

/** The kept moment that each column stands for: the highest one in it, the first of equals; −1 where it has none. */
export function listColumnMoments(kept: KeptMoments, scale: Scale): Int32Array {
  const moments = new Int32Array(scale.width).fill(-1);
  if (scale.width === 0) return moments;
  for (let moment = 0; moment < kept.length; moment++) {
    const column = findColumn(scale, kept.records[moment]!);
    const known = moments[column]!;
    if (known < 0 || kept.heap[moment]! > kept.heap[known]!) moments[column] = moment;
  }
  return moments;
}

/** The moment of a column; of one without a moment the last one before it, whose state it has. −1 where none is kept. */
export function getColumnMoment(kept: KeptMoments, scale: Scale, column: number): number {
  const own = listColumnMoments(kept, scale)[column];
  if (own !== undefined && own >= 0) return own;
  return Math.max(
    Math.min(0, kept.length - 1),
    lastNotAbove(kept.records, 0, kept.length, scale.ends[column] ?? 0),
  );
}

/**
 * The moments that keys go to, ascending: the highest one of each column, and the last one of a column where its state stays,
 * since columns without a moment follow, or none.
 */
function listStops(kept: KeptMoments, scale: Scale): readonly number[] {
  const highest = listColumnMoments(kept, scale);
  const stops: number[] = [];
  let next = 0;
  for (let column = 0; column < scale.width; column++) {
    if (highest[column]! < 0) continue;
    stops.push(highest[column]!);
    while (next < kept.length && findColumn(scale, kept.records[next]!) <= column) next++;
    const stays = column === scale.width - 1 || highest[column + 1]! < 0;
    if (stays && next - 1 > highest[column]!) stops.push(next - 1);
  }
  return stops;
}

/** The next stop after so many allocation records, or the one before; −1 where there is none. */
export function stepMoment(kept: KeptMoments, scale: Scale, records: number, step: 1 | -1): number {
  const stops = listStops(kept, scale);
  const isBeyond = (moment: number): boolean =>
    step === 1 ? kept.records[moment]! > records : kept.records[moment]! < records;
  return (step === 1 ? stops.find(isBeyond) : stops.findLast(isBeyond)) ?? -1;
}
