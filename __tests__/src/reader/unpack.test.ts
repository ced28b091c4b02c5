import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {constants, createZstdDecompress, gzipSync, zstdCompressSync} from 'node:zlib';
import {afterAll, describe, expect, test} from 'vitest';
import {type CaptureInput, readCapture, toJson} from '../../../src/headless.js';
import {openSource} from '../../../src/reader/open-source.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {decodeLz4} from '../../helpers/decode-lz4.js';

const folder = mkdtempSync(join(tmpdir(), 'unpack-'));
afterAll(() => rmSync(folder, {recursive: true}));

const nested = readFileSync(`${fixturesDirectory}/nested.bin`);
const nestedRaw = decodeLz4(nested);
const zstd = (bytes: Uint8Array): Buffer =>
  zstdCompressSync(bytes, {params: {[constants.ZSTD_c_checksumFlag]: 1}});

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function* cut(bytes: Uint8Array, pieceBytes: number): AsyncIterable<Uint8Array> {
  // One piece of memory for all, as a file is read.
  const memory = new Uint8Array(pieceBytes);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    memory.set(piece);
    yield memory.subarray(0, piece.length);
  }
}

const read = async (source: CaptureInput): Promise<string> => toJson(await readCapture(source));
const getFailure = (source: CaptureInput): Promise<string> =>
  readCapture(source).then(
    () => 'none',
    (error: Error) => error.message,
  );

describe.each([
  ['gzip', gzipSync],
  ['zstd', zstd],
] as const)('%s', (kind, pack) => {
  test('around a capture is opened: file, bytes, stream in pieces of any size', async () => {
    const plain = await read(nested);
    const packed = pack(nested);
    const path = write(`nested.bin.${kind}`, packed);
    expect(await read(path)).toBe(plain);
    expect(await read(pathToFileURL(path))).toBe(plain);
    expect(await read(packed)).toBe(plain);
    for (const size of [1, 7, 1000]) expect(await read(cut(packed, size))).toBe(plain);
    expect(await read(pack(nestedRaw))).toBe(await read(nestedRaw));
  });

  test('of several parts is one', async () => {
    const parts = [nested.subarray(0, 5000), nested.subarray(5000, 9000), nested.subarray(9000)];
    const packed = Buffer.concat(parts.map(part => pack(part)));
    for (const size of [packed.length, 1000, 1])
      expect(await read(cut(packed, size))).toBe(await read(nested));
  });

  test('with padding after it is whole', async () => {
    const padding = kind === 'gzip' ? Buffer.alloc(600) : Buffer.from('502a4d1804000000abcdabcd', 'hex');
    expect(await read(Buffer.concat([pack(nested), padding]))).toBe(await read(nested));
  });

  test('that is cut off is a capture that is cut off, with everything before', async () => {
    const raw = writeMany(100_000);
    const packed = pack(raw);
    let records = 0;
    for (const share of [0.4, 0.7, 0.9]) {
      const bytes = packed.subarray(0, Math.floor(packed.length * share));
      const {capture, damage} = await readCapture(bytes);
      expect(damage).toEqual({
        code: 'cut',
        byteOffset: bytes.length,
        recordIndex: expect.any(Number),
        message: `The ${kind} data is cut off`,
      });
      expect(capture.allocationRecords).toBeGreaterThanOrEqual(records);
      records = capture.allocationRecords;
    }
    expect(records).toBeGreaterThan(100);
    // Only the check sum is missing: all is there, and that is damage all the same.
    const {capture, damage} = await readCapture(packed.subarray(0, -1));
    const whole = (await readCapture(raw)).capture;
    expect(capture).toMatchObject({finished: true, allocationRecords: whole.allocationRecords});
    expect(damage?.code).toBe('cut');
  });

  test('that holds a damaged record says where in the unpacked data', async () => {
    const raw = writeCapture([{type: 'thread', id: 1}, {type: 'bytes', bytes: [3]}, {type: 'trailer'}]);
    const {damage} = await readCapture(pack(raw));
    expect(damage).toMatchObject({code: 'bad-tag', byteOffset: raw.length - 1 - 1, isUnpacked: true});
    expect((await readCapture(raw)).damage).not.toHaveProperty('isUnpacked');
  });

  test('with a wrong check sum is damaged, but nothing of it is lost', async () => {
    const packed = Buffer.from(pack(nestedRaw));
    packed[packed.length - (kind === 'gzip' ? 5 : 1)]! ^= 1;
    const {capture, damage, tree} = await readCapture(packed);
    expect(damage).toMatchObject({code: kind, byteOffset: packed.length - (kind === 'gzip' ? 8 : 4)});
    expect(capture.finished).toBe(true);
    expect(tree.bytes[0]).toBe((await readCapture(nestedRaw)).tree.bytes[0]);
  });

  test('with bytes that cannot be unpacked is damaged there', async () => {
    const raw = writeMany(100_000);
    const first = pack(raw.subarray(0, raw.length >> 1));
    const second = Buffer.from(pack(raw.subarray(raw.length >> 1)));
    // A block of deflate of an unknown type after a header of 10 bytes; a reserved bit of the frame's header.
    if (kind === 'gzip') second[10] = 0x07;
    else second[4]! |= 0x08;
    const {damage, capture} = await readCapture(Buffer.concat([first, second]));
    expect(damage?.code).toBe(kind);
    expect(damage?.message).toMatch(new RegExp(`^The ${kind} data is damaged \\(.+\\)$`));
    expect(capture.allocationRecords).toBeGreaterThan(40_000);
    expect(damage!.byteOffset).toBe(first.length + (kind === 'gzip' ? 10 : 0));
  });

  test('with something else after it is whole, with a note', async () => {
    const packed = Buffer.concat([pack(nested.subarray(0, 9000)), pack(nested.subarray(9000))]);
    const bytes = Buffer.concat([packed, Buffer.from('hello'.repeat(9000))]);
    const plain = JSON.parse(await read(nested));
    for (const size of [bytes.length, 997]) {
      const result = await readCapture(cut(bytes, size));
      expect(JSON.parse(toJson(result))).toEqual(plain);
      expect(result.damage).toBeNull();
      expect(result.capture.notes).toEqual([
        `The file goes on after its ${kind} data, from byte ${packed.length} on; that part is ignored.`,
      ]);
    }
  });

  test('with something else after a part of the capture is damaged there, with all before', async () => {
    const raw = writeMany(100_000);
    const first = pack(raw.subarray(0, raw.length - 100));
    const {damage, capture} = await readCapture(Buffer.concat([first, Buffer.alloc(500, 0xff)]));
    expect(damage).toMatchObject({
      code: kind,
      byteOffset: first.length,
      message: `The ${kind} data is damaged (what follows is not ${kind})`,
    });
    expect(capture.allocationRecords).toBeGreaterThan(99_900);
  });

  test('that ends inside the header, or holds something else, is refused', async () => {
    expect(await getFailure(pack(nestedRaw.subarray(0, 20)))).toMatch(/^ends inside its header/);
    expect(await getFailure(pack(nested).subarray(0, 6))).toMatch(/^ends inside its header/);
    expect(await getFailure(pack(Buffer.from('hello world, this is text')))).toBe('is not a memray capture');
    expect(await getFailure(pack(Buffer.alloc(0)))).toMatch(/^is empty/);
    expect(await getFailure(pack(pack(nested)))).toMatch(/^is compressed twice; unpack it on the way: /);
    expect(await getFailure(write('twice', pack(pack(nested))))).toMatch(
      /^is compressed twice; unpack it first: /,
    );
  });

  test('of a capture without an end mark is unfinished, not damaged', async () => {
    const {damage, capture} = await readCapture(pack(writeCapture([{type: 'thread', id: 1}])));
    expect(damage).toBeNull();
    expect(capture.finished).toBe(false);
  });

  test('progress is that of the file as it is stored', async () => {
    const packed = pack(writeMany(1000));
    const source = await openSource(packed);
    expect(source.totalBytes).toBe(packed.length);
    for await (const _ of source.chunks)
      expect(source.unpacking!.packedBytes).toBeLessThanOrEqual(packed.length);
    expect(source.unpacking!.packedBytes).toBe(packed.length);
  });

  test('can be left at any time', async () => {
    const source = await openSource(write(`many.${kind}`, pack(writeMany(100_000))));
    for await (const chunk of source.chunks) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await source.close();
  });
});

test('what unpacks to a thousand times its size is handed out in small pieces', async () => {
  const source = await openSource(gzipSync(Buffer.concat([nestedRaw, Buffer.alloc(64 << 20)])));
  let largest = 0;
  for await (const chunk of source.chunks) largest = Math.max(largest, chunk.length);
  expect(largest).toBeLessThanOrEqual(256 << 10);
});

test('frames without end that hold nothing are damage', async () => {
  const frames = Buffer.concat(Array(9000).fill(zstd(Buffer.alloc(0))));
  const {damage} = await readCapture(Buffer.concat([zstd(nestedRaw), frames]));
  expect(damage).toMatchObject({code: 'zstd', message: 'The zstd data has more than 8192 frames'});
});

describe('gzip', () => {
  test('with all that its header may hold', async () => {
    const [plain, packed] = [await read(nested), gzipSync(nested)];
    const extra = Buffer.concat([Buffer.from([0, 2]), Buffer.alloc(512, 0x1f)]);
    const fields: readonly (readonly [number, Buffer])[] = [
      [1, Buffer.alloc(0)],
      [4, extra],
      [8, Buffer.from(`${'n'.repeat(70_000)}\0`)],
      [16, Buffer.from('comment\0')],
      [2, Buffer.from([1, 2])],
    ];
    const withFields = (chosen: typeof fields): Buffer => {
      const head = Buffer.from(packed.subarray(0, 10));
      head[3] = chosen.reduce((flags, [flag]) => flags | flag, 0);
      return Buffer.concat([head, ...chosen.map(([, bytes]) => bytes), packed.subarray(10)]);
    };
    for (const chosen of [...fields.map(field => [field]), fields]) {
      expect(await read(cut(withFields(chosen), 1000))).toBe(plain);
    }
    const all = withFields(fields);
    for (let end = 3; end < 600; end += 7)
      expect(await getFailure(all.subarray(0, end))).toMatch(/^ends inside its header/);
  });

  test('with an unknown flag or method in a later part is damaged there', async () => {
    const part = gzipSync(nested.subarray(9000));
    const first = gzipSync(nested.subarray(0, 9000));
    for (const [at, value, reason] of [
      [3, 0x80, 'unknown header flags set'],
      [2, 7, 'unknown compression method'],
    ] as const) {
      const second = Buffer.from(part);
      second[at] = value;
      const {damage} = await readCapture(Buffer.concat([first, second]));
      const message = `The gzip data is damaged (${reason})`;
      expect(damage).toMatchObject({code: 'gzip', byteOffset: first.length, message});
    }
  });

  test('of thousands of parts is one', async () => {
    const parts = Array.from({length: nestedRaw.length >> 2}, (_, i) => nestedRaw.subarray(4 * i, 4 * i + 4));
    const packed = Buffer.concat(
      [...parts, nestedRaw.subarray(4 * parts.length)].map(part => gzipSync(part)),
    );
    expect(parts.length).toBeGreaterThan(3000);
    expect(await read(packed)).toBe(await read(nestedRaw));
  });

  test('with a wrong length at its end is damaged, but nothing of it is lost', async () => {
    const packed = Buffer.from(gzipSync(nestedRaw));
    packed[packed.length - 1]! ^= 1;
    const {damage, capture} = await readCapture(packed);
    expect(damage?.message).toBe('The gzip data is damaged (incorrect length check)');
    expect(capture.finished).toBe(true);
  });
});

describe('zstd', () => {
  const skippable = (bytes: number): Buffer => {
    const head = Buffer.from('532a4d1800000000', 'hex');
    head.writeUInt32LE(bytes, 4);
    return Buffer.concat([head, Buffer.alloc(bytes, 0x50)]);
  };

  test('with skippable frames before and between is opened', async () => {
    const plain = await read(nested);
    const parts = [nested.subarray(0, 5000), nested.subarray(5000)];
    for (const frames of [[0], [4], [3, 0, 40_000]]) {
      const packed = Buffer.concat(parts.flatMap(part => [...frames.map(skippable), zstd(part)]));
      for (const size of [packed.length, 3]) expect(await read(cut(packed, size))).toBe(plain);
    }
  });

  test('skippable frames before LZ4, or before nothing, are left to the parser', async () => {
    expect(await read(Buffer.concat([skippable(4), nested]))).toBe(await read(nested));
    expect(await getFailure(skippable(4))).toMatch(/^ends inside its header/);
  });

  const windowLog = 28;
  const long = zstdCompressSync(nested, {params: {[constants.ZSTD_c_windowLog]: windowLog}});
  // The window is that of the header only where the size is not known; see RFC 8878, section 3.1.1.1.
  const longFrame = Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, (windowLog - 10) << 3]),
    long.subarray(7),
  ]);

  test('with a window that is too large is named, with the command that unpacks it', async () => {
    const path = write('long.zst', longFrame);
    expect(await getFailure(path)).toBe(
      `is compressed with zstd and a window of more than 128 MiB; unpack it first: zstd -dk --long=31 ${path}`,
    );
    expect(await getFailure(Buffer.concat([skippable(4), longFrame]))).toBe(
      'is compressed with zstd and a window of more than 128 MiB; ' +
        'unpack it on the way: zstd -dc --long=31 FILE | memray-tree-ink -',
    );
  });

  test('with such a window in a later frame is read up to there', async () => {
    const first = zstd(nestedRaw.subarray(0, 9000));
    const {damage} = await readCapture(Buffer.concat([first, longFrame]));
    expect(damage).toMatchObject({
      code: 'zstd',
      byteOffset: first.length,
      message: 'The zstd data needs more than 128 MiB from here on (zstd -d --long=31 unpacks it)',
    });
  });
});

test('an aborted signal ends it', async () => {
  const controller = new AbortController();
  const reading = readCapture(gzipSync(writeMany(100_000)), {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error('enough')),
  });
  controller.abort(new Error('enough'));
  await expect(reading).rejects.toThrow('enough');
});

describe('what is not unpacked is named, with the command that does it', () => {
  const bytes = (text: string): Buffer => Buffer.from(`${text}${'.'.repeat(600)}`, 'latin1');
  const tar = Buffer.alloc(1024);
  tar.write('results.bin', 0);
  tar.write('ustar', 257);

  test.each<[string, Buffer, string, string]>([
    [
      'xz',
      bytes('\xfd7zXZ\0'),
      'is compressed with xz; unpack it first: xz -dk',
      'xz -dc FILE | memray-tree-ink -',
    ],
    ['bzip2', bytes('BZh9'), 'is compressed with bzip2; unpack it first: bzip2 -dk', 'bzip2 -dc FILE'],
    [
      'zip',
      bytes('PK\x03\x04'),
      'is a zip archive; unpack it first: unzip',
      'is a zip archive; unpack it first',
    ],
    ['7z', bytes('7z\xbc\xaf\x27\x1c'), 'is a 7z archive; unpack it first: 7z x', 'is a 7z archive'],
    ['tar', tar, 'is a tar archive; unpack it first: tar -xf', 'is a tar archive'],
    ['tar.gz', gzipSync(tar), 'is a tar archive; unpack it first: tar -xf', 'is a tar archive'],
  ])('%s', async (name, content, file, stream) => {
    const path = write(`my results.${name}`, content);
    expect(await getFailure(path)).toBe(`${file} '${path}'`);
    expect(await getFailure(content)).toContain(stream);
    expect(await getFailure(cut(content, 1))).toContain(stream);
  });

  test('whatever else there is is no capture', async () => {
    for (const text of ['P', 'BZ', 'me', 'hello', '\x1f\x8b', '\0'.repeat(300)]) {
      expect(await getFailure(Buffer.from(text, 'latin1')), JSON.stringify(text)).toMatch(
        /^(?:is not a memray capture|ends inside its header)/,
      );
    }
  });
});

test('zstd is what this Node can unpack', () => {
  // The tests above rely on it.
  expect(typeof createZstdDecompress).toBe('function');
});

/** A capture of so many allocations, which hold different numbers of bytes. */
function writeMany(count: number): Uint8Array {
  const records: CaptureRecord[] = [
    {type: 'thread', id: 1},
    {type: 'code', id: 1, function: 'main', file: 'app.py'},
    {type: 'push', code: 1},
  ];
  for (let index = 1; index <= count; index++) {
    records.push({type: 'allocate', address: index * 4096, size: (index * 2_654_435_761) % 1_000_003});
  }
  return writeCapture([...records, {type: 'trailer'}]);
}
