import type {Worker} from 'node:worker_threads';
import type {View} from '../heap/snapshot.js';
import {toFailure} from './failure.js';
import type {InputSpec} from './input-spec.js';
import type {LoadMessage} from './load-messages.js';
import {addPart, joinDone, type StringLists, type StringsPart} from './parcels.js';
import type {ReceivedBytes} from './received-bytes.js';
import type {LoadRequest} from './run-load.js';

/** How the plain trees of snapshots are built, besides what is read. */
export interface WorkerOptions extends LoadRequest {
  readonly wholePeak: boolean;
  /** How many locations make the tree. */
  readonly biggest: number;
}

/**
 * What is asked of a worker: one load first; then any number of partial snapshots, the first of which it
 * makes unasked.
 */
export type WorkerRequest =
  | {readonly type: 'read'; readonly input: InputSpec; readonly options: WorkerOptions}
  /** `view`: of this and all later ones. */
  | {readonly type: 'next partial'; readonly view?: View}
  /** Of the strings of a large result. */
  | {readonly type: 'next part'}
  /** So many of the bytes that were received have been dealt with. */
  | {readonly type: 'received'; readonly byteCount: number};

/** A load that runs in another thread. */
export interface LoadHandle {
  /**
   * The next progress is to come with a partial snapshot; without it there is one only. `view`: that and all
   * later ones are of another view, where the capture has both.
   */
  askForPartial(view?: View): void;
  /** Ends the load at once; it reports nothing any more. */
  stop(): void;
}

/**
 * Has a worker (started on worker.js, nothing asked of it yet) load an input. `emit` gets the messages of the
 * load, a failure of the worker itself included; then the worker is ended.
 */
export function loadInWorker(
  worker: Worker,
  input: InputSpec,
  options: WorkerOptions,
  emit: (message: LoadMessage) => void,
  onReceived: (bytes: Uint8Array) => Promise<void> = async () => {},
): LoadHandle {
  let isOver = false;
  const stop = () => {
    isOver = true;
    void worker.terminate();
  };
  const report = (message: LoadMessage) => {
    if (isOver) return;
    if (message.type !== 'progress') stop();
    emit(message);
  };
  const lists: StringLists = new Map();
  const receive = async (bytes: Uint8Array): Promise<void> => {
    const byteCount = bytes.length;
    await onReceived(bytes);
    if (!isOver) ask({type: 'received', byteCount});
  };
  worker.on('message', (message: LoadMessage | StringsPart | ReceivedBytes) => {
    if (message.type === 'strings') {
      addPart(lists, message);
      ask({type: 'next part'});
    } else if (message.type === 'received') {
      void receive(message.bytes);
    } else {
      report(message.type === 'done' ? joinDone(lists, message) : message);
    }
  });
  worker.on('error', error => report(toFailure(error)));
  worker.on('exit', code =>
    report({type: 'failed', code: 'internal', message: `the reader ended (code ${code})`}),
  );
  const ask = (request: WorkerRequest): void => worker.postMessage(request);
  ask({type: 'read', input, options});
  return {stop, askForPartial: view => ask({type: 'next partial', ...(view && {view})})};
}
