import {parentPort} from 'node:worker_threads';
import {openSource, openStandardInput} from './capture-source.js';
import type {WorkerOrder} from './read-in-worker.js';
import type {ReadingMessage} from './reading.js';
import {runReading} from './run-reading.js';

// The entry of the worker thread: one order comes in, the messages of one reading go out.
const port = parentPort;
port?.once('message', (order: WorkerOrder) => {
  const open = order.path === '-' ? openStandardInput : () => openSource(order.path);
  void runReading(open, order.options, (message: ReadingMessage) => port.postMessage(message));
});
