import {parentPort} from 'node:worker_threads';
import type {View} from '../heap/snapshot.js';
import type {WorkerOptions, WorkerRequest} from './read-in-worker.js';
import type {ReadingDone, ReadingMessage} from './reading.js';
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
  const emit = (message: ReadingMessage): void => {
    if (message.type === 'done') void withTrees(message, options).then(done => port?.postMessage(done));
    else port?.postMessage(message);
  };
  void runOrder(order, {...options, wantsPartial, getPartialView: () => partialView}, emit);
});

/** A tree of so many frames takes long enough to be built here, and not by the thread that answers keys. */
const LARGE = 10_000;

async function withTrees(done: ReadingDone, {wholePeak}: WorkerOptions): Promise<ReadingDone> {
  const {snapshot, other} = done;
  if (Math.max(snapshot.stacks.length, other?.stacks.length ?? 0) < LARGE) return done;
  const {createTreeData} = await import('../tree/tree-data.js');
  return {
    ...done,
    tree: createTreeData(snapshot, {wholePeak}),
    ...(other && {otherTree: createTreeData(other, {wholePeak})}),
  };
}

function wantsPartial(): boolean {
  const isWanted = isPartialWanted;
  isPartialWanted = false;
  return isWanted;
}
