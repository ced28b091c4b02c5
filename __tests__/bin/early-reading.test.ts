import {expect, test} from 'vitest';
import {startEarly} from '../../bin/early-reading.js';
import type {Snapshot} from '../../src/heap/snapshot.js';
import type {ReadingMessage} from '../../src/reader/reading.js';
import {writeCapture} from '../helpers/capture-writer.js';
import {parseSnapshot} from '../helpers/read-snapshot.js';

const message = (text: string): ReadingMessage => ({type: 'failed', code: 'internal', message: text});

const snapshot = parseSnapshot(writeCapture([{type: 'trailer'}]));
const progress = (bytesRead: number, partial: Snapshot | null): ReadingMessage => ({
  type: 'progress',
  progress: {bytesRead, totalBytes: 100, records: 0, elapsedMs: 0},
  partial,
});

function createFake() {
  const readings: {emit: (message: ReadingMessage) => void; isStopped: boolean}[] = [];
  const start = (emit: (message: ReadingMessage) => void) => {
    const reading = {emit, isStopped: false};
    readings.push(reading);
    return {
      askForPartial() {},
      stop() {
        reading.isStopped = true;
      },
    };
  };
  return {readings, start};
}

test('what came before anybody listened is told first', () => {
  const {readings, start} = createFake();
  const startReading = startEarly(start);
  readings[0]!.emit(message('one'));
  const told: ReadingMessage[] = [];
  const {stop} = startReading(next => told.push(next));
  readings[0]!.emit(message('two'));
  expect(told).toEqual([message('one'), message('two')]);
  stop();
  expect(readings.map(reading => reading.isStopped)).toEqual([true]);
});

test('the second caller gets a reading of his own', () => {
  const {readings, start} = createFake();
  const startReading = startEarly(start);
  startReading(() => {});
  const told: ReadingMessage[] = [];
  startReading(next => told.push(next));
  expect(readings).toHaveLength(2);
  readings[1]!.emit(message('again'));
  expect(told).toEqual([message('again')]);
});

test('of what came before anybody listened only the newest is told, with the newest partial snapshot', () => {
  const {readings, start} = createFake();
  const startReading = startEarly(start);
  for (const next of [progress(1, null), progress(2, snapshot), progress(3, null)]) readings[0]!.emit(next);
  const told: ReadingMessage[] = [];
  startReading(next => told.push(next));
  expect(told).toEqual([progress(3, snapshot)]);
});

test('a reading that is over tells its end only', () => {
  const {readings, start} = createFake();
  const startReading = startEarly(start);
  readings[0]!.emit(progress(1, snapshot));
  readings[0]!.emit(message('over'));
  const told: ReadingMessage[] = [];
  startReading(next => told.push(next));
  expect(told).toEqual([message('over')]);
});
