import type {Worker} from 'node:worker_threads';
import type {SnapshotOptions} from '../heap/snapshot.js';
import type {ReadingMessage} from './reading.js';

/** What a worker is told to read. `path` "-" is standard input. */
export interface WorkerOrder {
  readonly path: string;
  readonly options: SnapshotOptions;
}

/** Sent to a worker for another partial snapshot. The first one it makes unasked. */
export const NEXT_PARTIAL = 'next partial';

/** A reading that goes on elsewhere. */
export interface Reading {
  /** The next progress is to come with a partial snapshot; without it there is one only. */
  askForPartial(): void;
  /** Ends the reading at once; nothing is told any more after it. */
  stop(): void;
}

/**
 * Has a worker (started on worker.js, nothing asked of it yet) read one capture. `emit` gets the messages of the
 * reading, a failure of the worker itself included; then the worker is ended.
 */
export function readInWorker(
  worker: Worker,
  order: WorkerOrder,
  emit: (message: ReadingMessage) => void,
): Reading {
  let isOver = false;
  const stop = () => {
    isOver = true;
    void worker.terminate();
  };
  const tell = (message: ReadingMessage) => {
    if (isOver) return;
    if (message.type !== 'progress') stop();
    emit(message);
  };
  worker.on('message', tell);
  worker.on('error', error =>
    tell({type: 'failed', code: 'internal', message: String(error.message ?? error)}),
  );
  worker.on('exit', code =>
    tell({type: 'failed', code: 'internal', message: `the reader ended (code ${code})`}),
  );
  worker.postMessage(order);
  return {stop, askForPartial: () => worker.postMessage(NEXT_PARTIAL)};
}
