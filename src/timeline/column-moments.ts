import {findNearestMoment, type KeptMoments} from './kept-moments.js';
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

/** The moment of a column; of one without a moment the nearest. −1 where none is kept. */
export function getColumnMoment(kept: KeptMoments, scale: Scale, column: number): number {
  const own = listColumnMoments(kept, scale)[column];
  return own === undefined || own < 0 ? findNearestMoment(kept, scale.ends[column] ?? 0) : own;
}

/**
 * The moment of the next column after that of so many allocation records, or of the one before it, that has one; −1 where
 * there is none.
 */
export function stepMoment(kept: KeptMoments, scale: Scale, records: number, step: 1 | -1): number {
  const moments = listColumnMoments(kept, scale);
  for (let column = findColumn(scale, records) + step; column >= 0; column += step) {
    if (column >= scale.width) return -1;
    if (moments[column]! >= 0) return moments[column]!;
  }
  return -1;
}
