import {readFileSync} from 'node:fs';
import {gzipSync, zstdCompressSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {createCaptureParser} from '../../../src/heap/capture-parser.js';
import type {View} from '../../../src/heap/snapshot.js';
import {type CaptureRecord, writeCapture, writeHeader} from '../../helpers/capture-writer.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {writeLz4} from '../../helpers/lz4-writer.js';
import {parseSnapshot} from '../../helpers/read-snapshot.js';

const start: CaptureRecord[] = [
  {type: 'thread', id: 1},
  {type: 'code', id: 1, function: 'f', file: 'f.py'},
];
const sound: CaptureRecord[] = [...start, {type: 'allocate', address: 8, size: 50}, {type: 'trailer'}];
const createParser = (view: View = {kind: 'peak'}) => createCaptureParser({view, biggestAllocs: 200});

describe('isDone', () => {
  test('comes with the trailer of a raw capture', () => {
    const bytes = writeCapture(sound);
    const parser = createParser();
    parser.push(bytes.subarray(0, -1));
    expect(parser.isDone).toBe(false);
    parser.push(bytes.subarray(-1));
    expect(parser.isDone).toBe(true);
  });

  test('comes with the end of the last checksum of a compressed one', () => {
    const bytes = writeLz4(writeCapture(sound), {hasContentChecksum: true});
    const parser = createParser();
    parser.push(bytes.subarray(0, -1));
    expect(parser.isDone).toBe(false);
    parser.push(bytes.subarray(-1));
    expect(parser.isDone).toBe(true);
    parser.end();
    expect(parser.getSnapshot().capture).toMatchObject({finished: true, damage: null});
  });

  test('comes with damage that ends the load', () => {
    const parser = createParser();
    parser.push(writeCapture([...start, {type: 'bytes', bytes: [3]}]));
    expect(parser.isDone).toBe(true);
  });

  test('what is pushed afterwards changes nothing', () => {
    const parser = createParser();
    parser.push(writeCapture(sound));
    const before = parser.getSnapshot();
    parser.push(Buffer.from('anything'));
    parser.end();
    expect(parser.getSnapshot()).toEqual(before);
  });
});

test('there is a snapshot as soon as there is a header', () => {
  const bytes = writeHeader();
  const parser = createParser();
  parser.push(bytes.subarray(0, -1));
  expect(parser.hasHeader).toBe(false);
  expect(() => parser.getSnapshot()).toThrow('the header has not been read yet');
  parser.push(bytes.subarray(-1));
  expect(parser.hasHeader).toBe(true);
  expect(parser.getSnapshot().locations.length).toBe(0);
});

test('the number of biggest allocations may be anything from 0 up', () => {
  const bytes = readFileSync(`${fixturesDirectory}/nested.bin`);
  const all = parseSnapshot(bytes, {biggestAllocs: Number.POSITIVE_INFINITY});
  expect(all.elided).toEqual({locations: 0, allocations: 0, bytes: 0});
  const none = parseSnapshot(bytes, {biggestAllocs: 0});
  expect(none.locations.length).toBe(0);
  expect(none.stacks.length).toBe(0);
  expect(none.elided).toEqual({locations: 31, allocations: 260, bytes: 3_663_670});
});

test('a snapshot of a compressed and a raw capture differ in nothing else', () => {
  const bytes = writeCapture(sound);
  const raw = parseSnapshot(bytes);
  expect(parseSnapshot(writeLz4(bytes))).toEqual({...raw, capture: {...raw.capture, compression: 'lz4'}});
});

test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
  ['LZ4', bytes => writeLz4(bytes)],
  ['gzip', bytes => gzipSync(bytes)],
  ['zstd', bytes => zstdCompressSync(bytes)],
])('a capture in %s in LZ4 is compressed twice', (_, pack) => {
  const bytes = writeLz4(pack(writeCapture(sound)));
  for (const size of [bytes.length, 1]) {
    expect(() => parseSnapshot(bytes, {}, [size])).toThrow(
      'is compressed twice; unpack it on the way: lz4 -dc FILE | memray-tree-ink -',
    );
  }
  expect(() => parseSnapshot(writeLz4(Buffer.from('hello world')))).toThrow('is not a memray capture');
});

test('equal frames of different instructions are one frame', () => {
  const records: CaptureRecord[] = [...start];
  for (let offset = 0; offset < 20; offset++) {
    records.push(
      {type: 'push', code: 1, offset},
      {type: 'allocate', address: 8 * offset + 8, size: 1},
      {type: 'pop'},
    );
  }
  const {frames, locations} = parseSnapshot(writeCapture(records));
  expect(frames.length).toBe(1);
  expect(locations.length).toBe(20);
});

describe('size has no limit that a stack of calls would set', () => {
  const deep = Array.from({length: 300_000}, (): CaptureRecord => ({type: 'push', code: 1}));
  test('a stack of 300,000 frames', () => {
    const records: CaptureRecord[] = [...start, ...deep, {type: 'allocate', address: 8, size: 5}];
    // A second location 10 frames further out shares all of its frames.
    const outer: CaptureRecord[] = [
      {type: 'pop', count: 10},
      {type: 'allocate', address: 16, size: 4},
    ];
    const {stacks, locations} = parseSnapshot(writeCapture([...records, ...outer]));
    expect(stacks.length).toBe(300_000);
    expect(stacks.prefix[0]).toBe(-1);
    expect(stacks.prefix[299_999]).toBe(299_998);
    expect([...locations.stack]).toEqual([299_999, 299_989]);
  });

  test('frames of the tracker are cut from the main thread, even when they are all', () => {
    const records: CaptureRecord[] = [
      ...start,
      ...deep.slice(0, 3),
      {type: 'allocate', address: 8, size: 5},
      {type: 'thread', id: 2},
      ...deep.slice(0, 3),
      {type: 'allocate', address: 16, size: 4},
    ];
    const depths = (skippedFrames: number): number[] => {
      const {locations, stacks} = parseSnapshot(writeCapture(records, {mainThread: 1, skippedFrames}));
      return [...locations.stack].map(stack => {
        let depth = 0;
        for (let node = stack; node >= 0; node = stacks.prefix[node]!) depth++;
        return depth;
      });
    };
    expect(depths(0)).toEqual([3, 3]);
    expect(depths(2)).toEqual([1, 3]);
    expect(depths(3)).toEqual([0, 3]);
    expect(depths(2 ** 40)).toEqual([0, 3]);
  });

  test('many mapped ranges, cut in the middle, at both ends and across', () => {
    const mapped = Array.from(
      {length: 20_000},
      (_, i): CaptureRecord => ({
        type: 'allocate',
        address: 65536 * i + 8,
        size: 4096,
        allocator: 14,
      }),
    );
    const middle = mapped.map(
      (_, i): CaptureRecord => ({
        type: 'allocate',
        address: 65536 * i + 1032,
        size: 1024,
        allocator: 15,
      }),
    );
    const across: CaptureRecord = {type: 'allocate', address: 8, size: 65536 * 10_000, allocator: 15};
    const {locations} = parseSnapshot(writeCapture([...start, ...mapped, ...middle, across]), {
      view: {kind: 'leaks'},
    });
    expect([...locations.bytes, ...locations.allocations]).toEqual([10_000 * 3072, 20_000]);
  });
});

test('the present heap and the records of it are known at any time', () => {
  const records: CaptureRecord[] = [
    ...start,
    {type: 'push', code: 1},
    {type: 'allocate', address: 8, size: 50},
    {type: 'allocate', address: 64, size: 7},
    {type: 'free', address: 8},
  ];
  const parser = createParser();
  expect([parser.heapBytes, parser.allocationRecords]).toEqual([null, 0]);
  const known = records.map((_, index) => {
    const before = writeCapture(records.slice(0, index)).length;
    parser.push(writeCapture(records.slice(0, index + 1)).subarray(index === 0 ? 0 : before));
    return [parser.heapBytes, parser.allocationRecords];
  });
  expect(known.slice(2)).toEqual([
    [0, 0],
    [50, 1],
    [57, 2],
    [7, 3],
  ]);
});
