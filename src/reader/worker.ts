import {parentPort} from 'node:worker_threads';
import {openSource, openStandardInput} from './capture-source.js';
import {NEXT_PARTIAL, type WorkerOrder} from './read-in-worker.js';
import type {ReadingMessage} from './reading.js';
import {runReading} from './run-reading.js';

// The entry of the worker thread: one order comes in, the messages of one reading go out. Further messages in ask for
// partial snapshots: so many are made as the other side has use for.
const port = parentPort;
let isPartialWanted = true;

port?.on('message', (message: WorkerOrder | typeof NEXT_PARTIAL) => {
  if (message === NEXT_PARTIAL) isPartialWanted = true;
  else void read(message);
});

async function read({path, options}: WorkerOrder): Promise<void> {
  const open = path === '-' ? openStandardInput : () => openSource(path);
  await runReading(open, {...options, wantsPartial}, (message: ReadingMessage) => port?.postMessage(message));
}

function wantsPartial(): boolean {
  const isWanted = isPartialWanted;
  isPartialWanted = false;
  return isWanted;
}
