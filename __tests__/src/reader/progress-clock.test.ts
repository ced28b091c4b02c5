import {expect, test} from 'vitest';
import type {CaptureSource} from '../../../src/reader/capture-source.js';
import type {StreamState} from '../../../src/reader/load-messages.js';
import {ProgressClock} from '../../../src/reader/progress-clock.js';

async function* noChunks(): AsyncGenerator<Uint8Array> {}
const source: CaptureSource = {
  totalBytes: 1000,
  chunks: noChunks(),
  getNotes: async () => [],
  close: async () => {},
};

test('progress is reported every 100 ms', () => {
  let nowMs = 50;
  const parser = {records: 3, allocationRecords: 2, heapBytes: 70};
  const clock = new ProgressClock(source, parser, () => nowMs);
  nowMs = 149;
  expect(clock.advance(10)).toBeNull();
  nowMs = 150;
  expect(clock.advance(10)).toEqual({bytesRead: 20, totalBytes: 1000, records: 3, elapsedMs: 100});
  expect(clock.advance(10)).toBeNull();
});

test('that of a recording has its time, its records, its heap and how fast that grows', () => {
  let nowMs = 0;
  let stream: StreamState = 'missing';
  const parser = {records: 9, allocationRecords: 0, heapBytes: null as number | null};
  const live: CaptureSource = {
    ...source,
    totalBytes: null,
    waitingFor: 'Waiting for a program.',
    getStreamState: () => stream,
    getElapsedMs: () => nowMs - 1000,
  };
  const clock = new ProgressClock(live, parser, () => nowMs);
  expect(clock.now()).toMatchObject({stream: 'missing', waitingFor: 'Waiting for a program.'});
  nowMs = 1000;
  stream = 'growing';
  const noHeap = {elapsedMs: 0, allocationRecords: 0, heapBytes: null, growthPerSecond: null};
  expect(clock.now()).toMatchObject({stream: 'growing', recording: noHeap});
  Object.assign(parser, {allocationRecords: 1, heapBytes: 1000});
  expect(clock.now().recording).toEqual({...noHeap, allocationRecords: 1, heapBytes: 1000});
  nowMs = 3000;
  parser.heapBytes = 5000;
  expect(clock.now().recording).toMatchObject({elapsedMs: 2000, heapBytes: 5000, growthPerSecond: 2000});
});
