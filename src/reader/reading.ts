import type {CaptureErrorCode} from '../capture/damage.js';
import type {Snapshot} from '../heap/snapshot.js';

/** How far the reading is. Sizes in bytes. */
export interface ReadingProgress {
  readonly bytesRead: number;
  /** The file's size, or null where it cannot be known (standard input). */
  readonly totalBytes: number | null;
  readonly records: number;
  readonly elapsedMs: number;
}

/**
 * What a reading tells, in this order: any number of `progress` (every 100 ms; the biggest locations so far come with
 * some of them, as often as is cheap), then exactly one of `done` and `failed`. Plain data: they cross the border between threads as they are.
 */
export type ReadingMessage =
  | {readonly type: 'progress'; readonly progress: ReadingProgress; readonly partial: Snapshot | null}
  | {readonly type: 'done'; readonly progress: ReadingProgress; readonly snapshot: Snapshot}
  | {readonly type: 'failed'; readonly code: CaptureErrorCode | 'internal'; readonly message: string};
