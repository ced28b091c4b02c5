import {expect, test} from 'vitest';
import {startLoadEarly} from '../../bin/early-load.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import type {LoadMessage} from '../../src/reader/load-messages.js';
import {writeCapture} from '../helpers/capture-writer.js';
import {parseSnapshot} from '../helpers/read-snapshot.js';

const message = (text: string): LoadMessage => ({type: 'failed', code: 'internal', message: text});

const snapshot = parseSnapshot(writeCapture([{type: 'trailer'}]));
const progress = (bytesRead: number, partial: Snapshot | null): LoadMessage => ({
  type: 'progress',
  progress: {bytesRead, totalBytes: 100, records: 0, elapsedMs: 0},
  partial,
});

function createFake() {
  const loads: {emit: (message: LoadMessage) => void; isStopped: boolean}[] = [];
  const start = (emit: (message: LoadMessage) => void) => {
    const load = {emit, isStopped: false};
    loads.push(load);
    return {
      askForPartial() {},
      stop() {
        load.isStopped = true;
      },
    };
  };
  return {loads, start};
}

test('what came before anybody listened is reported first', () => {
  const {loads, start} = createFake();
  const startLoad = startLoadEarly(start);
  loads[0]!.emit(message('one'));
  const received: LoadMessage[] = [];
  const {stop} = startLoad(next => received.push(next));
  loads[0]!.emit(message('two'));
  expect(received).toEqual([message('one'), message('two')]);
  stop();
  expect(loads.map(load => load.isStopped)).toEqual([true]);
});

test('the second caller gets a load of its own', () => {
  const {loads, start} = createFake();
  const startLoad = startLoadEarly(start);
  startLoad(() => {});
  const received: LoadMessage[] = [];
  startLoad(next => received.push(next));
  expect(loads).toHaveLength(2);
  loads[1]!.emit(message('again'));
  expect(received).toEqual([message('again')]);
});

test('of what came before anybody listened only the newest is reported, with the newest partial snapshot', () => {
  const {loads, start} = createFake();
  const startLoad = startLoadEarly(start);
  for (const next of [progress(1, null), progress(2, snapshot), progress(3, null)]) loads[0]!.emit(next);
  const received: LoadMessage[] = [];
  startLoad(next => received.push(next));
  expect(received).toEqual([progress(3, snapshot)]);
});

test('a load that is over reports its end only', () => {
  const {loads, start} = createFake();
  const startLoad = startLoadEarly(start);
  loads[0]!.emit(progress(1, snapshot));
  loads[0]!.emit(message('over'));
  const received: LoadMessage[] = [];
  startLoad(next => received.push(next));
  expect(received).toEqual([message('over')]);
});
