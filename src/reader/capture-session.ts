import type {View} from '../heap/snapshot.js';
import type {HeldHistory} from './held-history.js';
import type {LoadDone, LoadMessage, LoadProgress} from './load-messages.js';
import type {SnapshotRequest} from './read-capture.js';
import type {LoadRequest} from './run-load.js';

/** What a session is opened for: what its reading selects, and how it names native frames. */
export type SessionOptions = LoadRequest;

/** The snapshot that is asked for, and how its plain tree is built, where that takes long. */
export interface Question extends SnapshotRequest {
  /** How many of the locations make the tree. */
  readonly shown: number;
  readonly wholePeak: boolean;
}

export type PartialAnswer = Extract<LoadMessage, {type: 'progress'}>;
export type WholeAnswer = LoadDone | Extract<LoadMessage, {type: 'failed'}>;

/**
 * A capture that is read, or was read: it can be asked for snapshots. The newest question of each kind counts;
 * one that it replaces is answered with null.
 */
export interface CaptureSession {
  /** Calls the listener with the newest progress of reading and naming, at once where there is some. */
  subscribe(listener: (progress: LoadProgress) => void): () => void;
  /** The next partial snapshot, as soon as one is due; null once there is none any more. */
  getPartial(select: View): Promise<PartialAnswer | null>;
  /**
   * The snapshot of the whole capture, when it is read; or why there is none. Null where one reading does not
   * hold it: it takes another reading.
   */
  getWhole(question: Question): Promise<WholeAnswer | null>;
  /** What was held at some moments of the run, once it is read; null where that is not kept, and if the session is closed before. */
  readonly history: Promise<HeldHistory | null>;
  /** Ends what goes on. Nothing is answered any more. */
  close(): void;
}
