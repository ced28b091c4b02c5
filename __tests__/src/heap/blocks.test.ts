import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ALLOCATORS} from '../../../src/heap/allocators.js';
import {type BlockKeeper, createBlockKeeper} from '../../../src/heap/block-keeper.js';
import {createCaptureParser} from '../../../src/heap/capture-parser.js';
import type {BlockColumns, View} from '../../../src/heap/snapshot.js';
import {arbitraryRecords} from '../../helpers/arbitrary-records.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
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

/** What make_blocks.py beside the captures prints. */
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

describe('more blocks than memory has room for', () => {
  const memoryLimitBytes = 12 << 20;
  const records: CaptureRecord[] = [{type: 'thread', id: 1}];
  for (let size = 1; size <= 150_000; size++) {
    records.push({type: 'allocate', address: 4096, size}, {type: 'free', address: 4096});
  }
  const bytes = writeCapture([...records, {type: 'trailer'}]);
  const open = (view: View, blocks?: BlockKeeper) => {
    const parser = createCaptureParser({view, biggestAllocs: 10, memoryLimitBytes, blocks});
    parser.push(bytes);
    return parser;
  };

  test('end a load of them with the reason', () => {
    const parser = open({kind: 'allocated'}, createBlockKeeper(0));
    expect(() => parser.end()).toThrow(expect.objectContaining({code: 'no-blocks'}));
  });

  test('do not matter where they are not kept', () => {
    const parser = open({kind: 'peak'});
    parser.end();
    expect(parser.getSnapshot().capture.damage).toBeNull();
  });
});

test('the time of the peak is that of the last memory record before it', () => {
  const at = (ms: number, rss: number): CaptureRecord => ({type: 'memory', rss, ms});
  const allocate = (address: number, size: number): CaptureRecord => ({type: 'allocate', address, size});
  const free = (address: number): CaptureRecord => ({type: 'free', address});
  const start: CaptureRecord = {type: 'thread', id: 1};
  const runOf = (records: readonly CaptureRecord[], version = 13) =>
    parseSnapshot(writeCapture([start, ...records], {version, startTimeMs: 1000})).capture.run;
  const rises = [at(0, 500), allocate(8, 100), at(10, 900), allocate(16, 50), free(8), at(20, 900), free(16)];
  const facts = {peakRecords: 2, highestRss: 900};
  expect(runOf(rises)).toEqual({...facts, peakTimeMs: 1010, highestRssTimeMs: 1010});
  // Version 6 has whole times.
  expect(runOf(rises, 6)).toEqual({...facts, peakTimeMs: 10, highestRssTimeMs: 10});
  expect(runOf(rises.slice(0, 4))).toMatchObject({peakRecords: 2, peakTimeMs: 1010});
  expect(runOf([allocate(8, 1), free(8), at(3, 7)])).toMatchObject({
    peakTimeMs: null,
    highestRssTimeMs: 1003,
  });
  expect(runOf([allocate(8, 1)])).toEqual({
    peakRecords: 1,
    peakTimeMs: null,
    highestRss: null,
    highestRssTimeMs: null,
  });
});
