import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ALLOCATORS} from '../../../src/heap/allocators.js';
import type {BlockColumns, View} from '../../../src/heap/snapshot.js';
import {arbitraryRecords} from '../../helpers/arbitrary-records.js';
import {writeCapture} from '../../helpers/capture-writer.js';
import {fixturesDirectory, listCaptures, readGoldenOf} from '../../helpers/captures.js';
import {
  parseSnapshot,
  parseWithBlocks,
  sortRows,
  toPlaceBlocks,
  toPlainBlocks,
  toPlainLocations,
} from '../../helpers/read-snapshot.js';
import {replay} from '../../helpers/reference-heap.js';

const views: View[] = [
  {kind: 'peak'},
  {kind: 'leaks'},
  {kind: 'temporary', threshold: 1},
  {kind: 'temporary', threshold: 3},
  {kind: 'allocated'},
];

describe.each(views)('$kind $threshold', view => {
  test.each([6, 7, 8, 11, 12, 13])(
    'version %i: blocks of any records are those of a plain replay',
    version => {
      fc.assert(
        fc.property(arbitraryRecords, fc.integer({min: 1, max: 40}), (records, pieceBytes) => {
          const bytes = writeCapture(records, {version});
          const snapshot = parseWithBlocks(bytes, {view, biggestAllocs: 1000}, [pieceBytes]);
          const expected = replay(records, view);
          expect(toPlainLocations(snapshot)).toEqual(expected.locations);
          expect(toPlainBlocks(snapshot)).toEqual(expected.blocks);
        }),
        {numRuns: 60},
      );
    },
  );
});

/** What scripts/blocks-golden.py prints. */
interface BlocksGolden {
  readonly peakRecords: number;
  readonly peak: readonly unknown[][];
  readonly leaks: readonly unknown[][];
  readonly stats: {
    readonly allocations: number;
    readonly bytes: number;
    readonly byAllocator: Readonly<Record<string, number>>;
  };
}

function sumUp({length, allocator, size, count}: BlockColumns) {
  const byAllocator: Record<string, number> = {};
  let bytes = 0;
  let allocations = 0;
  for (let row = 0; row < length; row++) {
    const name = ALLOCATORS[allocator[row]!]!;
    byAllocator[name] = (byAllocator[name] ?? 0) + count[row]!;
    bytes += size[row]! * count[row]!;
    allocations += count[row]!;
  }
  return {allocations, bytes, byAllocator};
}

const captures = listCaptures(fixturesDirectory).filter(({goldens}) => goldens.includes('blocks'));

describe.each(captures)('$name', capture => {
  const bytes = readFileSync(capture.path);
  const golden = readGoldenOf(capture, 'blocks') as BlocksGolden;
  const read = (kind: 'peak' | 'leaks' | 'allocated') =>
    parseWithBlocks(bytes, {view: {kind}, biggestAllocs: Infinity});

  test('blocks are those of a replay of the records as memray reads them', () => {
    const peak = read('peak');
    expect(peak.capture.run?.peakRecords).toBe(golden.peakRecords);
    expect(toPlaceBlocks(peak)).toEqual(sortRows(golden.peak));
    expect(toPlaceBlocks(read('leaks'))).toEqual(sortRows(golden.leaks));
  });

  test('those of the whole run are what memray counts', () => {
    const {allocations, bytes: sum, byAllocator} = golden.stats;
    expect(sumUp(read('allocated').blocks!)).toEqual({allocations, bytes: sum, byAllocator});
  });

  test('the rest of the snapshot is the same as without them', () => {
    const {blocks, ...peak} = read('peak');
    expect(peak).toEqual(parseSnapshot(bytes, {biggestAllocs: Infinity}));
  });
});
