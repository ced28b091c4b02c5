import {parentPort} from 'node:worker_threads';
import {cutSnapshot} from '../heap/cut-snapshot.js';
import type {View} from '../heap/snapshot.js';
import {loadInput} from './input-spec.js';
import type {WorkerOptions, WorkerRequest} from './load-in-worker.js';
import type {LoadDone, LoadMessage} from './load-messages.js';
import {listBuffers, splitDone} from './parcels.js';
import {ReceivedSender} from './received-bytes.js';

// The entry of the worker thread: one request comes in, the messages of one load go out. Further messages in
// ask for partial snapshots: so many are made as the other side has use for.
const port = parentPort;
let isPartialWanted = true;
let partialView: View = {kind: 'peak'};
/** Sends the next part of the end. */
let sendNext = (): void => {};
const sender = new ReceivedSender((message, transfer) => port?.postMessage(message, transfer));

port?.on('message', (request: WorkerRequest) => {
  if (request.type === 'next partial') {
    isPartialWanted = true;
    partialView = request.view ?? partialView;
    return;
  }
  if (request.type === 'next part') {
    sendNext();
    return;
  }
  if (request.type === 'received') {
    sender.confirm(request.byteCount);
    return;
  }
  const {input, options} = request;
  partialView = options.view;
  const emit = (message: LoadMessage): void => {
    if (message.type === 'done') void withTrees(message, options).then(sendDone);
    else port?.postMessage(message);
  };
  const onReceived = (bytes: Uint8Array): Promise<void> => sender.send(bytes);
  void loadInput(input, {...options, wantsPartial, getPartialView: () => partialView, onReceived}, emit);
});

/** A tree of so many frames takes long enough to be built here, and not by the thread that answers keys. */
const LARGE = 10_000;

async function withTrees(done: LoadDone, {wholePeak, biggest}: WorkerOptions): Promise<LoadDone> {
  const {snapshot, other} = done;
  if (Math.max(snapshot.stacks.length, other?.stacks.length ?? 0) < LARGE) return done;
  const {createTreeData} = await import('../tree/tree-data.js');
  return {
    ...done,
    tree: createTreeData(cutSnapshot(snapshot, biggest), {wholePeak}),
    ...(other && {otherTree: createTreeData(cutSnapshot(other, biggest), {wholePeak})}),
  };
}

/** Part by part: each is asked for, so that the other side can do something else in between. */
function sendDone(done: LoadDone): void {
  const {parts, rest} = splitDone(done);
  let sent = 0;
  sendNext = () => {
    if (sent < parts.length) port?.postMessage(parts[sent++]!);
    else port?.postMessage(rest, listBuffers(rest));
  };
  sendNext();
}

function wantsPartial(): boolean {
  const isWanted = isPartialWanted;
  isPartialWanted = false;
  return isWanted;
}
