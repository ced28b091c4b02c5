import type {ByteReader, Parsing} from '../capture/byte-reader.js';
import type {RecordsEnd} from '../capture/streaming-records.js';
import type {HeapBudget} from './heap-budget.js';
import type {History} from './history.js';
import type {NativeTraces} from './native-traces.js';
import type {RunFacts, Snapshot, SnapshotOptions, View} from './snapshot.js';
import type {Timeline} from './timeline.js';

/** References that lead nowhere: reading goes on, the first is reported. */
export interface BadReferences {
  readonly count: number;
  /** In the stream of records. */
  readonly byteOffset: number;
  readonly recordIndex: number;
}

/** The part of a snapshot that comes from the records; the parser adds what it knows of the capture. */
export interface HeapColumns extends Omit<Snapshot, 'capture' | 'view'> {
  /** How many stacks lack their innermost frames, because there are too many of them. */
  readonly cutStacks: number;
}

/** A history whose base lacks what the parser knows of the capture. */
export interface HistoryColumns extends Omit<History, 'base'> {
  readonly base: HeapColumns;
}

/** The course of a run so far. */
export interface RunCourse {
  getTimeline(): Timeline;
  /** What was held after so many allocation records; null where that is not kept. Throws what `budget` throws. */
  getColumns(records: number, view: View, limit: number, budget: HeapBudget): HeapColumns | null;
  /** All locations that ever held something, and what was held when. Throws what `budget` throws. */
  getHistory(view: View, budget: HeapBudget): HistoryColumns;
}

/** What follows the header: streaming and aggregated files differ in it. */
export interface HeapBackend {
  /** Reads all records. */
  parse(reader: ByteReader): Parsing<RecordsEnd>;
  /** Called once, when no more records come. @throws CaptureError where there is no room for the blocks */
  finish(): void;
  /** Throws what `budget` throws. */
  selectColumns(options: SnapshotOptions, budget: HeapBudget): HeapColumns;
  /** The same, with whole stacks and what it takes to put native frames into them. */
  getUnmergedSnapshot(
    options: SnapshotOptions,
    budget: HeapBudget,
  ): HeapColumns & {readonly native: NativeTraces};
  /** Where the course of the run is kept. */
  readonly kept?: RunCourse | null;
  /** The course of a run of which no state can be kept; null where nothing of it was recorded. */
  getTimeline?(): Timeline | null;
  readonly allocationRecords: number;
  readonly peakBytes: number;
  readonly run: RunFacts;
  /** What is allocated after the records so far; null where only sums are recorded. */
  readonly heapBytes: number | null;
  readonly badReferences: BadReferences;
  /** Plausibility remarks, one line each. */
  getNotes(): string[];
}
