import {aggregatedRecords, aggregatedRecords10, writeAggregated} from '../aggregated-writer.js';
import {allocators, type CaptureRecord, writeCapture} from '../capture-writer.js';
import {writeLz4} from '../lz4-writer.js';

/** Records of every kind, once or twice. */
const RECORDS: readonly CaptureRecord[] = [
  {type: 'memory', rss: 5000, ms: 1},
  {type: 'thread', id: 1},
  {type: 'name', name: 'main'},
  {type: 'code', id: 1, function: 'f', file: 'a.py', firstLine: 3, table: [0x80, 0, 0xd8, 2, 0]},
  {type: 'push', code: 1, offset: 2},
  {type: 'allocate', address: 0x1000, size: 300},
  {type: 'allocate', address: 0x2000, size: 3 * 4096, allocator: allocators.mmap},
  {type: 'push', code: 1, offset: 4, isInterpreterEntry: false},
  {type: 'allocate', address: 0x3000, size: 7, allocator: allocators.calloc},
  {type: 'thread', id: 2},
  {type: 'object', address: 0x3000},
  {type: 'allocate', address: 0x3000, size: 4096, allocator: allocators.munmap},
  {type: 'free', address: 0x1000},
  {type: 'thread', id: 1},
  {type: 'pop', count: 2},
  {type: 'allocate', address: 0x1000, size: 20_000},
  {type: 'trailer'},
];

const NATIVE_RECORDS: readonly CaptureRecord[] = [
  {type: 'maps'},
  {
    type: 'image',
    path: '/lib/c.so',
    address: 0x7000,
    segments: [
      [0, 64],
      [64, 64],
    ],
  },
  {type: 'native', ip: 0x7010, parent: 0},
  {type: 'native', ip: 0x7020, parent: 1},
];

const AGGREGATED_RECORDS = [
  aggregatedRecords.heap(500),
  aggregatedRecords.name(2, 'worker'),
  aggregatedRecords.code(7, 'f'),
  aggregatedRecords.frame(0, 7),
  aggregatedRecords.trace(0, 0),
  aggregatedRecords.trace(0, 1),
  aggregatedRecords.use({trace: 2, peak: [2, 300], leaked: [1, 100]}),
  aggregatedRecords.use({trace: 1, thread: 2, peak: [1, 200]}),
  aggregatedRecords.bytes(15),
];

const AGGREGATED_RECORDS_10 = [
  aggregatedRecords10.heap(500),
  aggregatedRecords10.name(2, 'worker'),
  aggregatedRecords10.frame(2n ** 63n, 'f', 7),
  aggregatedRecords10.frame(5, 'g', 9),
  aggregatedRecords10.trace(5, 0),
  aggregatedRecords10.trace(2n ** 63n, 1),
  aggregatedRecords10.use({trace: 2, peak: [2, 300], leaked: [1, 100]}),
  aggregatedRecords10.use({trace: 1, thread: 2, peak: [1, 200]}),
  aggregatedRecords10.bytes(15),
];

/** A small capture and, if it is compressed, its content. */
export interface TinyCapture {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

/** Captures of some 250 bytes that hold every kind of record, raw and in frames of LZ4. */
export function createTinyCaptures(): TinyCapture[] {
  const raw = writeCapture(RECORDS, {pythonHex: 0x030b02f0, skippedFrames: 1});
  const checked = {hasBlockChecksums: true, hasContentChecksum: true, hasContentSize: true};
  return [
    {name: 'streaming', bytes: raw, content: raw},
    plain(
      'native',
      writeCapture([...NATIVE_RECORDS, ...RECORDS], {nativeTraces: true, pythonHex: 0x030a00f0}),
    ),
    plain('aggregated', writeAggregated(AGGREGATED_RECORDS)),
    plain('aggregated, version 10', writeAggregated(AGGREGATED_RECORDS_10, {version: 10})),
    ...[6, 7, 9, 11].map(version =>
      plain(`version ${version}`, writeCapture(RECORDS, {version, skippedFrames: 1})),
    ),
    ...[6, 8].map(version =>
      plain(
        `native, version ${version}`,
        writeCapture([...NATIVE_RECORDS, ...RECORDS], {version, nativeTraces: true}),
      ),
    ),
    {name: 'literals', bytes: writeLz4(raw, {asLiterals: true, blockBytes: 100}), content: raw},
    {name: 'checksums', bytes: writeLz4(raw, {...checked, blockBytes: 90}), content: raw},
  ];
}

const plain = (name: string, bytes: Uint8Array): TinyCapture => ({name, bytes, content: bytes});
