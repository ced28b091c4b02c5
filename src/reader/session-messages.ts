import type {View} from '../heap/snapshot.js';
import type {PartialAnswer, Question, SessionOptions, WholeAnswer} from './capture-session.js';
import type {HeldHistory} from './held-history.js';
import type {HeldSnapshot} from './held-snapshots.js';
import type {InputSpec} from './input-spec.js';
import type {LoadProgress} from './load-messages.js';
import type {StringsPart} from './parcels.js';
import type {ReceivedBytes} from './received-bytes.js';

/** What the screen says to a worker: first what it is about, then questions. */
export type ToWorker =
  | {readonly type: 'read'; readonly input: InputSpec; readonly options: SessionOptions}
  /** Answers from what an earlier worker has handed over. */
  | {
      readonly type: 'reopen';
      readonly held: readonly HeldSnapshot[];
      readonly progress: LoadProgress;
      readonly options: SessionOptions;
    }
  | {readonly type: 'ask partial'; readonly id: number; readonly select: View}
  | {readonly type: 'ask whole'; readonly id: number; readonly question: Question}
  /** The next part of the strings of a large answer may come. */
  | {readonly type: 'next part'}
  /** So many of the bytes that were received have been dealt with. */
  | {readonly type: 'received'; readonly byteCount: number};

/** What a worker says. */
export type FromWorker =
  | {readonly type: 'progress'; readonly progress: LoadProgress}
  | {readonly type: 'partial'; readonly id: number; readonly answer: PartialAnswer}
  /** `answer` is null where one reading does not hold what was asked for. */
  | {readonly type: 'whole'; readonly id: number; readonly answer: WholeAnswer | null}
  /** What may still be asked for. Then nothing more can be asked of this worker, unless it `stays`. */
  | {readonly type: 'held'; readonly held: readonly HeldSnapshot[]; readonly stays: boolean}
  /** What was held at some moments of the run. */
  | {readonly type: 'history'; readonly history: HeldHistory}
  | StringsPart
  | ReceivedBytes;
