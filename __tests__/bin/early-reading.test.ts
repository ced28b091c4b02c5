import {expect, test} from 'vitest';
import {startEarly} from '../../bin/early-reading.js';
import type {ReadingMessage} from '../../src/reader/reading.js';

const message = (text: string): ReadingMessage => ({type: 'failed', code: 'internal', message: text});

function createFake() {
  const readings: {emit: (message: ReadingMessage) => void; isStopped: boolean}[] = [];
  const start = (emit: (message: ReadingMessage) => void) => {
    const reading = {emit, isStopped: false};
    readings.push(reading);
    return () => {
      reading.isStopped = true;
    };
  };
  return {readings, start};
}

test('what came before anybody listened is told first', () => {
  const {readings, start} = createFake();
  const startReading = startEarly(start);
  readings[0]!.emit(message('one'));
  const told: ReadingMessage[] = [];
  const stop = startReading(next => told.push(next));
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
