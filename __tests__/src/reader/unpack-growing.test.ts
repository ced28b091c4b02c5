import {gzipSync, zstdCompressSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {Unpacking} from '../../../src/reader/unpack.js';
import {unpackGrowing} from '../../../src/reader/unpack-growing.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';

const NOTHING = new Uint8Array(0);
const many = Array.from(
  {length: 50_000},
  (_, index): CaptureRecord => ({type: 'allocate', address: 64 * index, size: index}),
);
const raw = writeCapture(many);

/** Gives a part of the bytes, then says that there is nothing more until it is stopped. */
function createSlowSource(part: Uint8Array) {
  let isStopped = false;
  async function* read(): AsyncGenerator<Uint8Array> {
    yield part;
    while (!isStopped) {
      yield NOTHING;
      await new Promise(resolve => setImmediate(resolve));
    }
  }
  const stop = (): void => {
    isStopped = true;
  };
  return {chunks: read(), stop, isStopped: () => isStopped};
}

describe.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
] as const)('%s data that is still arriving', (_, pack) => {
  test('is handed on as far as it goes, then every turn without news', async () => {
    const source = createSlowSource(pack(raw).subarray(0, -100));
    const pieces = unpackGrowing(new Unpacking(null), source.chunks, source.stop);
    let bytes = 0;
    let turns = 0;
    for await (const piece of pieces) {
      bytes += piece.length;
      turns = bytes > 100_000 && piece.length === 0 ? turns + 1 : 0;
      if (turns === 3) break;
    }
    expect(bytes).toBeLessThan(raw.length);
    expect(source.isStopped()).toBe(true);
  });

  test('is all there as soon as its last byte is, before the source ends', async () => {
    const source = createSlowSource(pack(raw));
    let bytes = 0;
    for await (const piece of unpackGrowing(new Unpacking(null), source.chunks, source.stop)) {
      bytes += piece.length;
      if (bytes === raw.length) break;
    }
    expect(bytes).toBe(raw.length);
  });
});

test('a failure of the source is that of the unpacked bytes', async () => {
  async function* fail(): AsyncGenerator<Uint8Array> {
    yield gzipSync(raw).subarray(0, 1000);
    throw new Error('the disk is gone');
  }
  const read = async () => {
    for await (const _ of unpackGrowing(new Unpacking(null), fail(), () => {}));
  };
  await expect(read()).rejects.toThrow('the disk is gone');
});
