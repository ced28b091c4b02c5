import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {View} from '../../../src/heap/snapshot.js';
import {arbitraryRecords} from '../../helpers/arbitrary-records.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {parseSnapshot, toPlainLocations} from '../../helpers/read-snapshot.js';
import {replay} from '../../helpers/reference-heap.js';

const views: View[] = [
  {kind: 'peak'},
  {kind: 'leaks'},
  {kind: 'temporary', threshold: 0},
  {kind: 'temporary', threshold: 1},
  {kind: 'temporary', threshold: 3},
  {kind: 'temporary', threshold: 2 ** 40},
];

describe.each([6, 7, 8, 11])('version %i', version => {
  test.each(views)('$kind $threshold: the same records give the same', view => {
    fc.assert(
      fc.property(arbitraryRecords, fc.integer({min: 1, max: 40}), (records, pieceBytes) => {
        const bytes = writeCapture(records, {version});
        const snapshot = parseSnapshot(bytes, {view, biggestAllocs: 1000}, [pieceBytes]);
        const expected = replay(records, view);
        expect(toPlainLocations(snapshot)).toEqual(expected.locations);
        expect(snapshot.capture).toMatchObject({
          headerVersion: version,
          peakBytes: expected.peakBytes,
          allocationRecords: expected.allocationRecords,
          damage: null,
        });
      }),
      {numRuns: 60},
    );
  });
});

describe.each(views)('$kind $threshold', view => {
  test('any records give what a plain replay of them gives', () => {
    fc.assert(
      fc.property(arbitraryRecords, fc.integer({min: 1, max: 40}), (records, pieceBytes) => {
        const snapshot = parseSnapshot(writeCapture(records), {view, biggestAllocs: 1000}, [pieceBytes]);
        const expected = replay(records, view);
        expect(toPlainLocations(snapshot)).toEqual(expected.locations);
        expect(snapshot.capture.peakBytes).toBe(expected.peakBytes);
        expect(snapshot.capture.allocationRecords).toBe(expected.allocationRecords);
        expect(snapshot.capture.damage).toBeNull();
      }),
      {numRuns: 400},
    );
  });
});

test('of equal peaks the last one counts', () => {
  const at = (code: number, address: number): CaptureRecord[] => [
    {type: 'push', code},
    {type: 'allocate', address, size: 100},
    {type: 'free', address},
    {type: 'pop'},
  ];
  const records: CaptureRecord[] = [
    ...['a', 'b'].map((name, id) => ({type: 'code', id, function: name, file: 'app.py'}) as const),
    {type: 'thread', id: 1},
    ...at(0, 4096),
    ...at(1, 8192),
    {type: 'trailer'},
  ];
  const snapshot = parseSnapshot(writeCapture(records));
  expect(toPlainLocations(snapshot).map(({stack}) => stack[0]![0])).toEqual(['b']);
  expect(snapshot.capture.run?.peakRecords).toBe(3);
});
