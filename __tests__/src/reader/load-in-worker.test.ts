import {EventEmitter} from 'node:events';
import type {Worker} from 'node:worker_threads';
import {expect, test} from 'vitest';
import {loadInWorker, type WorkerRequest} from '../../../src/reader/load-in-worker.js';
import type {LoadDone, LoadMessage} from '../../../src/reader/load-messages.js';
import {splitDone} from '../../../src/reader/parcels.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

/** A worker that does what the test says, and what came of it. */
function startLoad() {
  const requests: WorkerRequest[] = [];
  const messages: LoadMessage[] = [];
  const worker = Object.assign(new EventEmitter(), {
    postMessage: (request: WorkerRequest) => requests.push(request),
    terminate: async () => 0,
  });
  const options = {view: {kind: 'peak'}, biggestAllocs: 200, wholePeak: false, biggest: 200} as const;
  loadInWorker(worker as unknown as Worker, {kind: 'file', path: 'x.bin'}, options, message =>
    messages.push(message),
  );
  return {requests, messages, worker};
}

test('each part of a large result is asked for when the one before has come', () => {
  const {requests, messages, worker} = startLoad();
  const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};
  const done: LoadDone = {type: 'done', progress, snapshot: parseSnapshot('a b.py:1 10\n  c d.py:2 5')};
  const {parts, rest} = splitDone(done, 2);
  expect(parts.length).toBe(2);
  for (const part of parts) {
    const before = requests.length;
    worker.emit('message', part);
    expect(requests.slice(before)).toEqual([{type: 'next part'}]);
  }
  expect(messages).toEqual([]);
  worker.emit('message', rest);
  expect(messages).toEqual([done]);
});

test('a worker whose heap is full is one clear line', () => {
  const {messages, worker} = startLoad();
  const error = new Error('Worker terminated due to reaching memory limit: JS heap out of memory');
  worker.emit('error', Object.assign(error, {code: 'ERR_WORKER_OUT_OF_MEMORY'}));
  worker.emit('exit', 1);
  expect(messages).toEqual([
    {
      type: 'failed',
      code: 'internal',
      message: 'there is not enough memory; a smaller number for -b needs less',
    },
  ]);
});
