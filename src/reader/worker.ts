import {parentPort} from 'node:worker_threads';
import type {View} from '../heap/snapshot.js';
import type {WorkerRequest} from './read-in-worker.js';
import type {ReadingMessage} from './reading.js';
import {runOrder} from './reading-order.js';

// The entry of the worker thread: one order comes in, the messages of one reading go out. Further messages in ask for
// partial snapshots: so many are made as the other side has use for.
const port = parentPort;
let isPartialWanted = true;
let partialView: View = {kind: 'peak'};

port?.on('message', (request: WorkerRequest) => {
  if (request.type === 'next partial') {
    isPartialWanted = true;
    partialView = request.view ?? partialView;
    return;
  }
  const {order, options} = request;
  partialView = options.view;
  const emit = (message: ReadingMessage) => port?.postMessage(message);
  void runOrder(order, {...options, wantsPartial, getPartialView: () => partialView}, emit);
});

function wantsPartial(): boolean {
  const isWanted = isPartialWanted;
  isPartialWanted = false;
  return isWanted;
}
