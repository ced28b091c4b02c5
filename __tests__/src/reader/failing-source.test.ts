import {Readable} from 'node:stream';
import {gzipSync, zstdCompressSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {type CaptureInput, readCapture} from '../../../src/headless.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {loadCapture} from '../../../src/session/load-capture.js';
import {formatDamage} from '../../../src/store/notices.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {writeLz4} from '../../helpers/lz4-writer.js';

const ALLOCATIONS = 200_000;
const raw = writeAllocations(ALLOCATIONS);

/** One function that allocates so many different sizes. */
function writeAllocations(count: number): Uint8Array {
  const records: CaptureRecord[] = [
    {type: 'thread', id: 1},
    {type: 'code', id: 1, function: 'main', file: 'app.py'},
    {type: 'push', code: 1},
  ];
  for (let index = 1; index <= count; index++)
    records.push({type: 'allocate', address: index * 4096, size: (index * 2_654_435_761) % 1_000_003});
  return writeCapture([...records, {type: 'trailer'}]);
}

async function* failAfter(bytes: Uint8Array, error: unknown, pieceBytes = 5000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  throw error;
}

const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length >> 1);
const reset = Object.assign(new Error('read ECONNRESET'), {code: 'ECONNRESET', syscall: 'read'});

describe('a source that fails midway is shown up to there, with what it failed with', () => {
  const packs: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array])[] = [
    ['raw', bytes => bytes],
    ['lz4', bytes => writeLz4(bytes)],
    ['gzip', bytes => gzipSync(bytes)],
    ['zstd', bytes => zstdCompressSync(bytes)],
  ];

  test.each(packs)('%s', async (_, pack) => {
    const bytes = half(pack(raw));
    const {capture, damage, tree} = await readCapture(failAfter(bytes, new Error('disk\non fire')));
    expect(damage).toEqual({
      code: 'read-error',
      byteOffset: bytes.length,
      recordIndex: expect.any(Number),
      message: 'The source could not be read further (disk on fire)',
    });
    expect(capture.allocationRecords).toBeGreaterThan(ALLOCATIONS / 4);
    expect(tree.bytes[0]).toBeGreaterThan(0);
  });

  test('a Readable that is destroyed', async () => {
    const source = Readable.from(failAfter(half(raw), reset));
    const {damage} = await readCapture(source);
    expect(formatDamage(damage!)).toMatch(
      /^The source could not be read further \(ECONNRESET\); reading stopped at byte \d+ \(record \d+\)\. Shown: everything before it\.$/,
    );
  });

  test('into a store', async () => {
    const store = createTreeStore();
    await loadCapture(store, failAfter(half(raw), reset));
    const {status, failure, capture, base} = store.getState();
    expect({status, failure, code: capture?.damage?.code}).toEqual({
      status: 'done',
      failure: null,
      code: 'read-error',
    });
    expect(base.length).toBe(2);
  });

  test('a capture that was whole before is whole', async () => {
    const {damage, capture} = await readCapture(failAfter(raw, reset));
    expect(damage).toBeNull();
    expect(capture.finished).toBe(true);
  });
});

test.each<[string, CaptureInput, string]>([
  ['before the first byte', failAfter(new Uint8Array(0), new Error('no luck')), 'no luck'],
  ['inside the header', failAfter(raw.subarray(0, 20), new Error('no luck')), 'no luck'],
  ['of the system', failAfter(raw.subarray(0, 20), reset), 'cannot be read (ECONNRESET)'],
  ['inside the header of gzip', failAfter(gzipSync(raw).subarray(0, 8), new Error('no luck')), 'no luck'],
])('a failure %s leaves nothing to show', async (_, source, message) => {
  await expect(readCapture(source)).rejects.toThrow(message);
});

test('bytes whose memory is transferred away meanwhile are shown as far as they were read', async () => {
  const bytes = Uint8Array.from(writeAllocations(300_000));
  expect(bytes.length).toBeGreaterThan(2 ** 20);
  const reading = readCapture(bytes, {onProgress() {}});
  await new Promise(resolve => setImmediate(resolve));
  structuredClone(bytes.buffer, {transfer: [bytes.buffer]});
  const {damage} = await reading;
  expect(damage).toMatchObject({
    code: 'read-error',
    message: 'The source could not be read further (the memory of the bytes was transferred away)',
  });
});

test('bytes whose memory was transferred away before are refused', async () => {
  const bytes = Uint8Array.from(raw);
  structuredClone(bytes.buffer, {transfer: [bytes.buffer]});
  const message = 'source is a Uint8Array whose memory was transferred away';
  await expect(readCapture(bytes)).rejects.toThrow(new TypeError(message));
  await expect(loadCapture(createTreeStore(), bytes)).rejects.toThrow(new TypeError(message));
});

describe('a stream can be read once', () => {
  const streams: readonly (readonly [string, () => AsyncIterable<Uint8Array>])[] = [
    ['Readable', () => Readable.from([raw])],
    [
      'generator',
      async function* generate() {
        yield raw;
      },
    ],
  ];

  test.each(streams)('%s', async (_, open) => {
    const stream = open();
    const [first, second] = await Promise.allSettled([readCapture(stream), readCapture(stream)]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({
      reason: new TypeError('source is a stream that was read before, or is being read: it can be read once'),
    });
    await expect(loadCapture(createTreeStore(), stream)).rejects.toThrow(TypeError);
  });

  test('what gives a new iterator each time can be read again', async () => {
    const source = {[Symbol.asyncIterator]: () => failAfter(raw, reset)};
    for (let i = 0; i < 2; i++) expect((await readCapture(source)).damage).toBeNull();
  });
});

test.each<[string, CaptureInput, string]>([
  ['with a NUL', 'a\0b', 'cannot be opened: the path contains a NUL character'],
  ['that is too long', 'x'.repeat(5000), 'cannot be opened: the path is too long'],
  ['of the web', new URL('https://example.org/x'), 'cannot be opened: only file: URLs can'],
])('a path %s is refused', async (_, source, message) => {
  await expect(readCapture(source)).rejects.toMatchObject({code: 'cannot-open', message});
});
