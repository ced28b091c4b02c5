import type {Timeline} from '../heap/timeline.js';
import {findColumn, type Scale} from './scale.js';

/** The sizes in each column, in bytes. */
export interface Columns {
  readonly length: number;
  /** The highest heap in it. */
  readonly heap: Float64Array;
  /** The highest resident memory in it; 0 where none is known yet. */
  readonly rss: Float64Array;
}

/** The greatest sizes in each column. One of which nothing is known has those at the end of the one before. */
export function computeColumns(timeline: Timeline, scale: Scale): Columns {
  return {length: scale.width, heap: computeHeap(timeline, scale), rss: computeRss(timeline, scale)};
}

/**
 * Cells know where in them the heap was highest. Points know it only as well as they are close together: they count where
 * the axis is the time, or where there are no cells.
 */
function computeHeap({points, cells}: Timeline, scale: Scale): Float64Array {
  const heap = new ColumnMaxima(scale.width);
  for (let cell = 0; cell < cells.length; cell++) {
    heap.add(findColumn(scale, cells.highRecords[cell]!), cells.highestHeap[cell]!);
    heap.end(findColumn(scale, cells.records[cell]!), cells.heap[cell]!, cells.records[cell]!);
  }
  if (scale.kind === 'records' && cells.length > 0) return heap.finish();
  for (let point = 0; point < points.length; point++) {
    const column = scale.pointColumns[point]!;
    heap.add(column, points.highestHeap[point]!);
    heap.end(column, points.heap[point]!, points.allocationRecords[point]!);
  }
  return heap.finish();
}

function computeRss({points}: Timeline, scale: Scale): Float64Array {
  const rss = new ColumnMaxima(scale.width);
  for (let point = 0; point < points.length; point++) {
    const column = scale.pointColumns[point]!;
    rss.add(column, points.rss[point]!);
    rss.end(column, points.rss[point]!, point);
  }
  return rss.finish();
}

class ColumnMaxima {
  /** −1: nothing is known of the column. */
  readonly #highest: Float64Array;
  /** The last value that is known in each column, and how late it is. */
  readonly #last: Float64Array;
  readonly #lateness: Float64Array;

  constructor(width: number) {
    this.#highest = new Float64Array(width).fill(-1);
    this.#last = new Float64Array(width);
    this.#lateness = new Float64Array(width).fill(-1);
  }

  add(column: number, value: number): void {
    this.#highest[column] = Math.max(this.#highest[column]!, value);
  }

  /** The same for a value that holds until the next one. */
  end(column: number, value: number, lateness: number): void {
    this.add(column, value);
    if (lateness < this.#lateness[column]!) return;
    this.#last[column] = value;
    this.#lateness[column] = lateness;
  }

  finish(): Float64Array {
    let last = 0;
    return this.#highest.map((highest, column) => {
      if (this.#lateness[column]! >= 0) last = this.#last[column]!;
      return highest >= 0 ? highest : last;
    });
  }
}
