/**
 * Heap and resident memory in the course of a run. Columns of equal length; sizes are bytes, times ms since the epoch. A point
 * is one memory record, which memray writes about every 10 ms; of long runs several records, as of the last of them.
 */
export interface TimelinePoints {
  readonly length: number;
  /** Numbers of the memory records, from 0. */
  readonly record: Float64Array;
  /** How many allocation records come before them. */
  readonly allocationRecords: Float64Array;
  readonly timeMs: Float64Array;
  readonly heap: Float64Array;
  /** The highest heap since the point before. */
  readonly highestHeap: Float64Array;
  /** The highest resident memory of all memory records of the point. */
  readonly rss: Float64Array;
}

/**
 * The parts of the run of which two states are kept: that at the end, and that at the highest moment. They are of about
 * equally many allocation records. Columns of equal length.
 */
export interface TimelineCells {
  readonly length: number;
  /** How many allocation records come before the end of the cell, and before its highest moment. */
  readonly records: Float64Array;
  readonly highRecords: Float64Array;
  readonly heap: Float64Array;
  readonly highestHeap: Float64Array;
}

export interface Timeline {
  /** Ms since the epoch. */
  readonly startTimeMs: number;
  readonly points: TimelinePoints;
  readonly cells: TimelineCells;
  /** False of an aggregated capture: it has sizes over time, but no allocation records, and no cells. */
  readonly hasRecords?: false;
}
