import {deflateRawSync} from 'node:zlib';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {getPlatform} from '../../../src/platform/platform.js';
import type {SourceFs} from '../../../src/source/source-fs.js';
import {readZipEntry} from '../../../src/source/zip-entry.js';

/** A zip file as Python's zipfile writes it: local headers and data, directory, end record. */
function createZip(entries: Readonly<Record<string, string>>, isPacked = true, comment = ''): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(entries)) {
    const data = isPacked ? deflateRawSync(text) : Buffer.from(text);
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(isPacked ? 8 : 0, 4);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(Buffer.byteLength(text), 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, nameBytes, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, tail, nameBytes);
    parts.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), end, Buffer.from(comment)]);
}

/** A file system with one file. */
function createFs(path: string, content: Uint8Array): SourceFs {
  const missing = () => Promise.reject(Object.assign(new Error('ENOTDIR'), {code: 'ENOTDIR'}));
  return {
    platform: getPlatform(),
    realpath: wanted => (wanted === path ? Promise.resolve(path) : missing()),
    getMode: () => Promise.resolve(0o755),
    statfs: () => Promise.resolve({type: 0}),
    open: () =>
      Promise.resolve({
        stat: () => Promise.resolve({size: content.length, mode: 0o644, mtimeMs: 5, isFile: () => true}),
        async read(buffer, offset, length, position) {
          const piece = content.subarray(position, position + length);
          buffer.set(piece, offset);
          return {bytesRead: piece.length};
        },
        close: () => Promise.resolve(),
      }),
  };
}

const read = async (zip: Uint8Array, path: string) => {
  const result = await readZipEntry(createFs('/srv/app.zip', zip), path, false);
  return result.kind === 'bytes' ? Buffer.from(result.bytes).toString() : result;
};

const entries = {'pkg/__init__.py': '', 'pkg/mod.py': 'x = 1\n'.repeat(100), 'naïve.py': 'é'};

describe.each([
  ['packed', true],
  ['stored', false],
])('%s entries', (_, isPacked) => {
  const zip = createZip(entries, isPacked, 'PK\x05 a comment');
  test.each(Object.entries(entries))('%s', async (name, text) => {
    expect(await read(zip, `/srv/app.zip/${name}`)).toBe(text);
  });
  test('others are missing', async () => {
    for (const name of ['pkg/no.py', 'pkg', 'od.py', 'app.zip/pkg/mod.py']) {
      expect(await read(zip, `/srv/app.zip/${name}`)).toEqual({kind: 'missing'});
    }
  });
});

test('what is no zip file has no entries', async () => {
  expect(await read(Buffer.from('hello'), '/srv/app.zip/x.py')).toEqual({kind: 'missing'});
  expect(await read(createZip(entries), '/srv/other.zip/x.py')).toEqual({kind: 'missing'});
  expect(await read(Buffer.alloc(0), '/srv/app.zip/x.py')).toEqual({kind: 'missing'});
});

test('binary entries are refused', async () => {
  expect(await read(createZip({'x.py': 'a\0b'}), '/srv/app.zip/x.py')).toMatchObject({reason: 'binary'});
});

test('an entry that unpacks to more than its directory says is refused', async () => {
  const zip = createZip({'bomb.py': 'x'.repeat(20 * 1024 * 1024)});
  // The directory lies about the size.
  zip.writeUInt32LE(10, zip.lastIndexOf('PK\x01\x02') + 24);
  expect(await read(zip, '/srv/app.zip/bomb.py')).toMatchObject({kind: 'refused', reason: 'unreadable'});
});

test('damaged zip files never throw', async () => {
  const zip = createZip(entries);
  await fc.assert(
    fc.asyncProperty(fc.nat(zip.length - 1), fc.nat(255), fc.nat(zip.length), async (at, byte, length) => {
      const damaged = Buffer.from(zip);
      damaged[at] = byte;
      const result = await read(damaged.subarray(0, length), '/srv/app.zip/pkg/mod.py');
      expect(typeof result === 'string' || /missing|refused/.test(result.kind)).toBe(true);
    }),
  );
});
