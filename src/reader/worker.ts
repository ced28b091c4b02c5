import {parentPort} from 'node:worker_threads';
import {SessionHost} from './session-host.js';
import type {ToWorker} from './session-messages.js';

// The entry of the worker thread.
const host = new SessionHost((message, transfer) => parentPort?.postMessage(message, transfer ?? []));
parentPort?.on('message', (message: ToWorker) => host.receive(message));
