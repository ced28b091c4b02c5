import {expect, test} from 'vitest';
import type {RecordingProgress, StreamState} from '../../../src/reader/load-messages.js';
import {formatStream} from '../../../src/store/stream-status.js';

const recording: RecordingProgress = {
  elapsedMs: 65_900,
  allocationRecords: 1204,
  heapBytes: 12_345_000,
  growthPerSecond: 1_200_000,
};

test.each<[StreamState, Partial<RecordingProgress>, string]>([
  ['growing', {}, 'recording 1:05  1204 records  heap 12.345MB +1.200MB/s'],
  ['growing', {growthPerSecond: -500}, 'recording 1:05  1204 records  heap 12.345MB -500.000B/s'],
  ['growing', {growthPerSecond: 0}, 'recording 1:05  1204 records  heap 12.345MB +0.000B/s'],
  ['growing', {allocationRecords: 1}, 'recording 1:05  1 record  heap 12.345MB +1.200MB/s'],
  ['growing', {growthPerSecond: null}, 'recording 1:05  1204 records  heap 12.345MB'],
  ['growing', {elapsedMs: 0, heapBytes: null, growthPerSecond: null}, 'recording 0:00'],
  [
    'growing',
    {elapsedMs: 36e6, allocationRecords: 1_234_567_890},
    'recording 10:00:00  1234.6M records  heap 12.345MB +1.200MB/s',
  ],
  ['quiet', {}, 'recording 1:05, nothing new  1204 records  heap 12.345MB'],
  ['incomplete', {}, 'waiting for the rest of the file  1204 records'],
  ['deleted', {}, 'recording 1:05, file deleted  1204 records  heap 12.345MB'],
])('%s, %o', (stream, facts, text) => {
  expect(formatStream(stream, {...recording, ...facts})).toBe(text);
  expect(text.length).toBeLessThanOrEqual(64);
});

test('before it begins', () => {
  expect(formatStream('missing', undefined)).toBe('waiting for the recording to begin');
  expect(
    formatStream('connected', {elapsedMs: 5, allocationRecords: 0, heapBytes: 0, growthPerSecond: null}),
  ).toBe('connected, nothing received yet');
});
