import type {CaptureErrorCode} from '../capture/damage.js';
import type {Snapshot} from '../heap/snapshot.js';
import type {TreeData} from '../tree/tree-data.js';

/**
 * The state of a capture that is still being recorded: there is no such file or program yet (or the file is
 * empty), nothing new has come for a while, it grows, or its file was deleted but may still be written to.
 * "connected": a program accepted the connection, but has not shown that it is memray.
 * "incomplete": the recording is over, but its compressed file is still being copied.
 */
export type StreamState = 'missing' | 'connected' | 'quiet' | 'growing' | 'deleted' | 'incomplete';

/** How far the load is. Sizes in bytes. */
export interface LoadProgress {
  readonly bytesRead: number;
  /** The file's size, or null where it cannot be known (standard input). */
  readonly totalBytes: number | null;
  readonly records: number;
  readonly elapsedMs: number;
  /** Only of a capture that is followed or received while it is recorded. */
  readonly stream?: StreamState;
  /** Of the same, once there is something to read. */
  readonly recording?: RecordingProgress;
  /** What the load waits for and how to start it, in one line; only while there is no such program yet. */
  readonly waitingFor?: string;
  /** Set once all is read and native frames are looked up: how many of how many locations. */
  readonly resolving?: {readonly done: number; readonly total: number};
}

/** How a recording goes. */
export interface RecordingProgress {
  /** Since it began or, where that is not known, since the first of its bytes came. */
  readonly elapsedMs: number;
  /** Allocations and deallocations. */
  readonly allocationRecords: number;
  /** What is allocated now; null for an aggregated capture. */
  readonly heapBytes: number | null;
  /** Of the heap over the last seconds, in bytes per second; null in the first second. */
  readonly growthPerSecond: number | null;
}

/**
 * The messages of one load, in order: any number of `progress`, about every 100 ms (some carry a partial
 * snapshot of the biggest locations so far, as often as is cheap), then exactly one `done` or `failed`. Plain
 * data: they cross threads as they are.
 */
export type LoadMessage =
  | {readonly type: 'progress'; readonly progress: LoadProgress; readonly partial: Snapshot | null}
  | LoadDone
  | {readonly type: 'failed'; readonly code: CaptureErrorCode | 'internal'; readonly message: string};

/** The end of a load that its caller has ended; a load itself does not send it. */
export interface LoadAborted {
  readonly type: 'failed';
  readonly code: 'aborted';
  readonly message: string;
}

/** The end of a load. */
export interface LoadDone {
  readonly type: 'done';
  readonly progress: LoadProgress;
  readonly snapshot: Snapshot;
  /** Its tree, where the worker has built it. */
  readonly tree?: TreeData;
}
