import {promisify} from 'node:util';
import {inflateRaw} from 'node:zlib';
import {isBinary, MAX_SOURCE_BYTES, openSafely, readBytes, type SafeRead} from './read-file-safely.js';
import type {SourceFs, SourceHandle} from './source-fs.js';

const inflate = promisify(inflateRaw);

/*
 * A zip file ends with
 *   end record:  50 4b 05 06 | disk u16, disk u16, entries here u16, entries u16 | directory size u32, offset u32 | …
 * and its directory is a list of
 *   50 4b 01 02 | … | 10: method u16 | … | 20: packed size u32, 24: size u32 | 28: name u16, 30: extra u16, 32: comment u16 |
 *   … | 42: offset of the local header u32 | 46: name, extra, comment
 * The local header (50 4b 03 04) has name and extra lengths of its own at 26 and 28, and is 30 bytes long
 * without them.
 */
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const MAX_END_BYTES = 22 + 0xffff;

/** How many outer folders are tried as zip files: an app's path inside an archive is not deep. */
const MAX_OUTER = 8;

interface ZipEntry {
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  readonly headerOffset: number;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/**
 * `/srv/app.zip/pkg/mod.py`: the entry `pkg/mod.py` of `/srv/app.zip`, if that is how it is. Never throws.
 */
export async function readZipEntry(fs: SourceFs, path: string, reveal: boolean): Promise<SafeRead> {
  const parts = path.split(/[\\/]/);
  for (let count = parts.length - 1; count >= 1 && parts.length - count <= MAX_OUTER; count--) {
    const outer = path.slice(0, parts.slice(0, count).join('/').length);
    if (outer === '') break;
    const opened = await openSafely(fs, outer, reveal);
    if (opened.kind === 'missing') continue;
    // A folder: then the file is just not there.
    if (opened.kind === 'refused') return opened.reason === 'not-a-regular-file' ? {kind: 'missing'} : opened;
    const {handle, stat} = opened;
    try {
      const name = parts.slice(count).join('/');
      const bytes = await readEntry(handle, stat.size, name);
      if (bytes === null) return {kind: 'missing'};
      const entryPath = `${opened.path}/${name}`;
      if (bytes === 'too-large') return {kind: 'refused', path: entryPath, reason: 'too-large'};
      if (isBinary(bytes)) return {kind: 'refused', path: entryPath, reason: 'binary'};
      return {kind: 'bytes', path: entryPath, stat, bytes};
    } catch {
      return {kind: 'refused', path: opened.path, reason: 'unreadable'};
    } finally {
      await handle.close();
    }
  }
  return {kind: 'missing'};
}

/** Null if there is no such entry. Throws where it cannot be unpacked. */
async function readEntry(
  handle: SourceHandle,
  fileSize: number,
  name: string,
): Promise<Uint8Array | 'too-large' | null> {
  const entry = await findEntry(handle, fileSize, name);
  if (entry === null) return null;
  if (entry.packedSize > MAX_SOURCE_BYTES || entry.size > MAX_SOURCE_BYTES) return 'too-large';
  const header = await readBytes(handle, entry.headerOffset, 30);
  if (header.length < 30 || view(header).getUint32(0, true) !== LOCAL_SIGNATURE) {
    throw new Error('the entry is not where the directory says');
  }
  const lengths = view(header).getUint16(26, true) + view(header).getUint16(28, true);
  const packed = await readBytes(handle, entry.headerOffset + 30 + lengths, entry.packedSize);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw new Error(`compression method ${entry.method}`);
  return new Uint8Array(await inflate(packed, {maxOutputLength: MAX_SOURCE_BYTES}));
}

async function findEntry(handle: SourceHandle, fileSize: number, name: string): Promise<ZipEntry | null> {
  const endStart = Math.max(0, fileSize - MAX_END_BYTES);
  const end = await readBytes(handle, endStart, fileSize - endStart);
  const data = view(end);
  let at = end.length - 22;
  while (at >= 0 && data.getUint32(at, true) !== END_SIGNATURE) at--;
  if (at < 0) return null;
  const size = data.getUint32(at + 12, true);
  const offset = data.getUint32(at + 16, true);
  if (size > MAX_SOURCE_BYTES || offset + size > fileSize) return null;
  return findInDirectory(await readBytes(handle, offset, size), new TextEncoder().encode(name));
}

function findInDirectory(directory: Uint8Array, name: Uint8Array): ZipEntry | null {
  const data = view(directory);
  let at = 0;
  while (at + 46 <= directory.length && data.getUint32(at, true) === ENTRY_SIGNATURE) {
    const nameLength = data.getUint16(at + 28, true);
    if (nameLength === name.length && name.every((byte, index) => directory[at + 46 + index] === byte)) {
      return {
        method: data.getUint16(at + 10, true),
        packedSize: data.getUint32(at + 20, true),
        size: data.getUint32(at + 24, true),
        headerOffset: data.getUint32(at + 42, true),
      };
    }
    at += 46 + nameLength + data.getUint16(at + 30, true) + data.getUint16(at + 32, true);
  }
  return null;
}
