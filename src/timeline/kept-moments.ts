import {recall} from '../base/recall.js';
import type {TimelineCells} from '../heap/timeline.js';

/** The moments of which the state is kept, in their order. Columns of equal length. */
export interface KeptMoments {
  readonly length: number;
  /** How many allocation records come before them: ascending, none twice. */
  readonly records: Float64Array;
  readonly heap: Float64Array;
}

/** Of each cell the highest moment and the end, which may be one. The same object as long as the cells are. */
export const listKeptMoments = recall((cells: TimelineCells): KeptMoments => {
  const records: number[] = [];
  const heap: number[] = [];
  const add = (count: number, bytes: number): void => {
    if (count <= (records.at(-1) ?? -1)) return;
    records.push(count);
    heap.push(bytes);
  };
  for (let cell = 0; cell < cells.length; cell++) {
    add(cells.highRecords[cell]!, cells.highestHeap[cell]!);
    add(cells.records[cell]!, cells.heap[cell]!);
  }
  return {length: records.length, records: Float64Array.from(records), heap: Float64Array.from(heap)};
});

/** The highest kept moment, the last one of equals, as the peak is; −1 where none is kept. */
export function findHighestMoment({heap, length}: KeptMoments): number {
  let highest = -1;
  for (let moment = 0; moment < length; moment++) {
    if (highest < 0 || heap[moment]! >= heap[highest]!) highest = moment;
  }
  return highest;
}
