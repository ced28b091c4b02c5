import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {View} from '../../../src/heap/snapshot.js';
import {allocators, type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {parseSnapshot, toPlainLocations} from '../../helpers/read-snapshot.js';
import {replay} from '../../helpers/reference-heap.js';

const prelude: CaptureRecord[] = ['a', 'b', 'c'].map((name, id) => ({
  type: 'code',
  id,
  function: name,
  file: 'app.py',
}));

/** Few addresses and sizes, so that overwritten addresses, equal peaks and overlapping ranges are common. */
const address = fc.integer({min: 1, max: 6}).map(n => n * 4096);
const size = fc.constantFrom(0, 1, 16, 100, 4096, 8192, 12288);
const action: fc.Arbitrary<CaptureRecord> = fc.oneof(
  {weight: 2, arbitrary: fc.record({type: fc.constant('thread' as const), id: fc.integer({min: 1, max: 3})})},
  {weight: 3, arbitrary: fc.record({type: fc.constant('push' as const), code: fc.integer({min: 0, max: 2})})},
  {weight: 2, arbitrary: fc.constant({type: 'pop'} as const)},
  {weight: 6, arbitrary: fc.record({type: fc.constant('allocate' as const), address, size})},
  {weight: 5, arbitrary: fc.record({type: fc.constant('free' as const), address})},
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('allocate' as const),
      address,
      size,
      allocator: fc.constantFrom(allocators.mmap, allocators.munmap),
    }),
  },
);

/** Drops pops of nothing, which no sound capture has. */
function makeSound(actions: readonly CaptureRecord[]): CaptureRecord[] {
  const depths = new Map<number, number>();
  let thread = 1;
  return [...prelude, {type: 'thread', id: 1} as const, ...actions].filter(record => {
    if (record.type === 'thread') thread = record.id;
    const depth = depths.get(thread) ?? 0;
    if (record.type === 'push') depths.set(thread, depth + 1);
    if (record.type === 'pop') depths.set(thread, Math.max(0, depth - 1));
    return record.type !== 'pop' || depth > 0;
  });
}

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
      fc.property(
        fc.array(action, {maxLength: 120}),
        fc.integer({min: 1, max: 40}),
        (actions, pieceBytes) => {
          const records = makeSound(actions);
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
        },
      ),
      {numRuns: 60},
    );
  });
});

describe.each(views)('$kind $threshold', view => {
  test('any records give what a plain replay of them gives', () => {
    fc.assert(
      fc.property(
        fc.array(action, {maxLength: 120}),
        fc.integer({min: 1, max: 40}),
        (actions, pieceBytes) => {
          const records = makeSound(actions);
          const snapshot = parseSnapshot(writeCapture(records), {view, biggestAllocs: 1000}, [pieceBytes]);
          const expected = replay(records, view);
          expect(toPlainLocations(snapshot)).toEqual(expected.locations);
          expect(snapshot.capture.peakBytes).toBe(expected.peakBytes);
          expect(snapshot.capture.allocationRecords).toBe(expected.allocationRecords);
          expect(snapshot.capture.damage).toBeNull();
        },
      ),
      {numRuns: 400},
    );
  });
});
