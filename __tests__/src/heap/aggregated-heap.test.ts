import {describe, expect, test} from 'vitest';
import {ByteReader} from '../../../src/capture/byte-reader.js';
import {parseHeader} from '../../../src/capture/header.js';
import {createCore} from '../../../src/core/core.js';
import {AggregatedHeap} from '../../../src/heap/aggregated-heap.js';
import type {SnapshotOptions} from '../../../src/heap/snapshot.js';
import {writeAggregated as capture, aggregatedRecords as records} from '../../helpers/aggregated-writer.js';
import type {ByteWriter} from '../../helpers/byte-writer.js';
import {type WrittenHeader, writeHeader} from '../../helpers/capture-writer.js';
import {parseSnapshot, toPlainLocations} from '../../helpers/read-snapshot.js';

const trailer = records.bytes(15);

const read = (
  list: readonly ByteWriter[],
  options: Partial<SnapshotOptions> = {},
  header: WrittenHeader = {},
) => parseSnapshot(capture(list, header), options);

/** a → b, and a → c; traces 1 to 3. */
const stacks = [
  ...['a', 'b', 'c'].map((name, id) => records.code(id, name)),
  ...[0, 1, 2].map(id => records.frame(id, id)),
  records.trace(0, 0),
  records.trace(1, 1),
  records.trace(2, 1),
];

describe('sums', () => {
  const uses = [
    records.use({trace: 2, peak: [2, 100], leaked: [1, 10]}),
    records.use({trace: 3, peak: [1, 300]}),
    records.use({trace: 2, peak: [3, 50], allocator: 8}),
    records.use({trace: 2, peak: [1, 150], thread: 2}),
    records.use({trace: 1, leaked: [4, 40]}),
  ];

  test('of the peak: the true counts, equals in the order of the file', () => {
    const snapshot = read([...stacks, records.name(2, 'worker'), ...uses, trailer]);
    const at = (...names: string[]) => names.map(name => [name, 'app.py', 0]);
    expect(toPlainLocations(snapshot)).toEqual([
      {thread: '0x1', bytes: 300, allocations: 1, stack: at('c', 'a')},
      {thread: '0x1', bytes: 150, allocations: 5, stack: at('b', 'a')},
      {thread: '0x2 (worker)', bytes: 150, allocations: 1, stack: at('b', 'a')},
    ]);
    expect(snapshot.capture).toMatchObject({
      fileFormat: 'aggregated',
      allocationRecords: 5,
      peakBytes: 600,
      finished: true,
      damage: null,
      notes: [],
    });
  });

  test('of leaks', () => {
    const snapshot = read([...stacks, ...uses, trailer], {view: {kind: 'leaks'}});
    expect(toPlainLocations(snapshot).map(({bytes, allocations}) => [bytes, allocations])).toEqual([
      [40, 4],
      [10, 1],
    ]);
    expect(snapshot.capture.peakBytes).toBe(600);
  });

  test('in any order of records', () => {
    const snapshot = read([
      ...uses,
      ...stacks.slice(6),
      ...stacks.slice(0, 6),
      records.name(2, 'worker'),
      trailer,
    ]);
    expect(snapshot).toEqual(read([...stacks, records.name(2, 'worker'), ...uses, trailer]));
  });

  test('below the cut are elided', () => {
    const {elided} = read([...stacks, ...uses, trailer], {biggestAllocs: 1});
    expect(elided).toEqual({locations: 2, allocations: 6, bytes: 300});
  });

  test('frames of the tracker are hidden on the main thread only', () => {
    const both = [records.use({trace: 2, peak: [1, 2]}), records.use({trace: 2, peak: [1, 1], thread: 2})];
    const snapshot = read([...stacks, ...both, trailer], {}, {mainThread: 1, skippedFrames: 1});
    expect(toPlainLocations(snapshot).map(({stack}) => stack.map(([name]) => name))).toEqual([
      ['b'],
      ['b', 'a'],
    ]);
  });
});

test('temporary allocations are refused', () => {
  expect(() => read([...stacks, trailer], {view: {kind: 'temporary', threshold: 1}})).toThrow(
    expect.objectContaining({
      code: 'no-temporary-allocations',
      message: 'was recorded with --aggregate, which keeps no temporary allocations',
    }),
  );
});

describe('references that lead nowhere are noted, and the sums shown', () => {
  test.each<[string, readonly ByteWriter[]]>([
    ['a trace that is not there', [...stacks, records.use({trace: 4, peak: [1, 7]})]],
    ['a trace of 2^60', [...stacks, records.use({trace: 2 ** 60, peak: [1, 7]})]],
    ['a frame that is not there', [...stacks, records.trace(3, 0), records.use({trace: 4, peak: [1, 7]})]],
    ['a caller that is not there', [...stacks, records.trace(0, 4), records.use({trace: 4, peak: [1, 7]})]],
    ['a caller of 2^60', [...stacks, records.trace(0, 2 ** 60), records.use({trace: 4, peak: [1, 7]})]],
    ['a frame id out of order', [...stacks, records.frame(9, 0), records.use({trace: 1, peak: [1, 7]})]],
    ['an unknown code object', [...stacks, records.frame(3, 99), records.use({trace: 1, peak: [1, 7]})]],
    ['a native stack that is not there', [...stacks, records.use({native: 1, peak: [1, 7]})]],
    ['a native circle', [...stacks, records.native(1), records.use({native: 1, peak: [1, 7]})]],
  ])('%s', (_, list) => {
    const snapshot = read([...list, trailer]);
    expect(snapshot.capture.damage).toMatchObject({code: 'bad-reference'});
    expect(snapshot.capture.peakBytes).toBe(7);
    expect(snapshot.locations.bytes).toEqual(Float64Array.of(7));
  });
});

describe('ends the load, and what came before is shown', () => {
  const before = [...stacks, records.use({trace: 1, peak: [1, 7]})];
  test.each<[string, ByteWriter, string]>([
    ['tag 9', records.bytes(9), 'bad-tag'],
    ['tag 16', records.bytes(16), 'bad-tag'],
    ['a segment alone', records.bytes(8), 'bad-tag'],
    ['zeros with something after them', records.bytes(0, 0, 9), 'bad-tag'],
    ['a free', records.use({allocator: 5}), 'bad-value'],
    ['allocator 16', records.use({allocator: 16}), 'bad-value'],
    ['2^64 − 1 bytes', records.use({peak: [1, 2n ** 64n - 1n]}), 'bad-value'],
    ['2^53 allocations', records.use({peak: [2 ** 53 - 1, 1]}), 'bad-value'],
    ['a sum beyond 2^53', records.use({peak: [1, 2 ** 53 - 1]}), 'bad-value'],
    ['an endless number', records.bytes(3, ...Array.from({length: 11}, () => 255)), 'bad-value'],
  ])('%s', (_, damaged, code) => {
    const snapshot = read([...before, damaged, records.use({trace: 1, peak: [1, 100]}), trailer]);
    expect(snapshot.capture).toMatchObject({peakBytes: 7, finished: false, damage: {code}});
    expect(snapshot.capture.damage).toMatchObject({
      byteOffset: capture(before).length,
      recordIndex: before.length,
    });
  });
});

test('cut at any byte it shows the sums so far, as an unfinished capture', () => {
  const whole = capture([
    ...stacks,
    records.use({trace: 1, peak: [1, 7]}),
    records.use({trace: 2, peak: [1, 9]}),
    trailer,
  ]);
  let peakBytes = 0;
  for (let length = writeHeader().length; length < whole.length; length++) {
    const snapshot = parseSnapshot(whole.subarray(0, length));
    expect(snapshot.capture).toMatchObject({finished: false, damage: null});
    expect(snapshot.capture.peakBytes).toBeGreaterThanOrEqual(peakBytes);
    peakBytes = snapshot.capture.peakBytes;
  }
  expect(peakBytes).toBe(16);
});

test('a heap that was noted higher than the sums is reported', () => {
  const {notes, damage} = read([records.heap(1000), records.use({peak: [1, 7]}), trailer]).capture;
  expect(damage).toBeNull();
  expect(notes).toEqual([
    'The recorded sums are smaller than the heap size noted during the recording; the file may be damaged.',
  ]);
});

describe('no more is kept than memory is for', () => {
  const uses = [1, 2, 3].map(thread => records.use({thread, peak: [1, 7]}));
  test.each<[string, number, readonly ByteWriter[]]>([
    ['frames', 2, [0, 1, 2].map(id => records.frame(id, 0))],
    ['traces', 3, [0, 1, 2].map(() => records.trace(0, 0))],
    ['native frames', 3, [0, 1, 2].map(() => records.native(0))],
    ['groups', 2, uses],
    ['threads', 2, uses],
  ])('%s', (kind, limit, list) => {
    const reader = new ByteReader();
    reader.bytes = capture(list);
    reader.end = reader.bytes.length;
    const header = parseHeader(reader).next().value!;
    const limits = {frames: 99, traces: 99, 'native frames': 99, groups: 99, threads: 99, [kind]: limit};
    const position = {byteOffset: 0, recordIndex: 0};
    const callbacks = {onRecord: () => {}, onRecordEnd: () => {}, getPosition: () => position};
    const heap = new AggregatedHeap(createCore(), header, {kind: 'peak'}, callbacks, limits);
    expect(() => heap.parse(reader).next()).toThrow(
      expect.objectContaining({tooLarge: true, message: `there are more than ${limit} ${kind}`}),
    );
    // The one that had no room counts nowhere.
    expect(heap.peakBytes).toBe(list === uses ? 14 : 0);
  });
});
