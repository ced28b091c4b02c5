import {describe, expect, test} from 'vitest';
import {createCore} from '../../../src/core/core.js';
import {createCaptureParser} from '../../../src/heap/capture-parser.js';
import {allocators, type CaptureRecord, writeCapture, writeHeader} from '../../helpers/capture-writer.js';
import {computeXxh32} from '../../helpers/lz4-writer.js';

/** Puts records after a header without building them as a list in memory. */
function pushAll(bytes: Uint8Array, memoryLimitBytes: number) {
  const parser = createCaptureParser({view: {kind: 'peak'}, biggestAllocs: 10, memoryLimitBytes});
  parser.push(bytes);
  parser.end();
  return parser.getSnapshot();
}

describe('running out of memory is reported, and what was read is shown', () => {
  const start: CaptureRecord[] = [
    {type: 'thread', id: 1},
    {type: 'code', id: 1, function: 'f', file: 'f.py'},
  ];
  const mapAll: CaptureRecord = {type: 'allocate', address: 0, size: 2 ** 32, allocator: allocators.mmap};
  const hole = (i: number): CaptureRecord => ({
    type: 'allocate',
    address: 8192 * i,
    size: 4096,
    allocator: allocators.munmap,
  });
  const many = (make: (i: number) => CaptureRecord[]): Uint8Array =>
    writeCapture([...start, ...Array.from({length: 200_000}, (_, i) => make(i)).flat(), {type: 'trailer'}]);

  test.each<[string, (i: number) => CaptureRecord[]]>([
    ['live allocations', i => [{type: 'allocate', address: 16 * i, size: 1}]],
    ['mapped ranges', i => [{type: 'allocate', address: 8192 * i, size: 4096, allocator: 14}]],
    ['holes in maps above each other', i => [i < 60 ? mapAll : i % 2000 === 0 ? mapAll : hole(i)]],
    ['stack nodes', () => [{type: 'push', code: 1}]],
    ['frames', i => [{type: 'push', code: 1, offset: i}, {type: 'pop'}]],
    ['threads', i => [{type: 'thread', id: i}]],
    ['code objects', i => [{type: 'code', id: i, function: 'f', file: 'f.py'}]],
    [
      'locations',
      i => [{type: 'push', code: 1, offset: i}, {type: 'allocate', address: 8, size: 1}, {type: 'pop'}],
    ],
  ])('%s', (_, make) => {
    const bytes = many(make);
    const {capture, ...snapshot} = pushAll(bytes, 4 * 2 ** 20);
    expect(capture.damage?.code).toBe('too-large');
    expect(capture.damage!.recordIndex).toBeGreaterThan(1000);
    const shown = snapshot.locations.bytes.reduce((sum, size) => sum + size, 0) + snapshot.elided.bytes;
    // An address that is allocated again keeps its bytes in the running heap only.
    expect(shown).toBeLessThanOrEqual(capture.peakBytes);
    expect(snapshot.locations.length > 0).toBe(capture.peakBytes > 0);
    const roomy = pushAll(bytes, 2 ** 30).capture;
    expect(roomy.damage).toBeNull();
  });
});

test('the checksum is xxHash 32', () => {
  const core = createCore();
  const at = core.reserveWindow(5000);
  const bytes = Uint8Array.from({length: 5000}, (_, i) => (i * 31 + (i >> 3)) & 255);
  new Uint8Array(core.memory.buffer).set(bytes, at);
  for (const length of [0, 1, 3, 4, 15, 16, 17, 31, 32, 33, 4999, 5000]) {
    expect(core.hashBytes(at, length) >>> 0).toBe(computeXxh32(bytes.subarray(0, length)));
  }
  core.startContentHash();
  for (let from = 0, step = 1; from < 5000; from += step, step = (step * 5 + 1) % 37) {
    core.addContentHash(at + from, Math.min(step, 5000 - from));
  }
  expect(core.contentHash() >>> 0).toBe(computeXxh32(bytes));
  expect(computeXxh32(new Uint8Array(0))).toBe(0x02cc5d05);
});

describe('work stays linear for crafted keys', () => {
  const readWith = (records: Iterable<CaptureRecord>) => {
    const core = createCore();
    const bytes = writeCapture(records).subarray(writeHeader().length);
    core.initRecords(12, 0, 1);
    const target = core.reserveWindow(bytes.length);
    new Uint8Array(core.memory.buffer).set(bytes, target);
    core.commitWindow(bytes.length);
    core.readRecords();
    return {probes: core.probes(), records: core.recordCount()};
  };
  const allocations = (address: (i: number) => bigint): CaptureRecord[] => [
    {type: 'thread', id: 1},
    ...Array.from({length: 65_000}, (_, i) => ({type: 'allocate' as const, address: address(i), size: 1})),
  ];

  test.each<[string, (i: number) => bigint]>([
    ['multiples of 2^20', i => BigInt(i) << 20n],
    ['multiples of 2^32', i => BigInt(i) << 32n],
    ['multiples of 2^44', i => BigInt.asUintN(64, BigInt(i) << 44n)],
    ['dense', i => BigInt(i) * 16n],
    ['equal low bits', i => (BigInt(i) << 17n) | 8n],
  ])('%s', (_, address) => {
    const {probes, records} = readWith(allocations(address));
    expect(records).toBe(65_001);
    expect(probes).toBeLessThan(50 * records);
  });
});
