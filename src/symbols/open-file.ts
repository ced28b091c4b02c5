import {isRemotePath, refuseFileSystem, refusePath} from '../platform/untrusted-path.js';
import {InvalidSymbolFileError} from './errors.js';
import type {ImageFs} from './image-fs.js';

/** Of a file; anything larger is no library. */
const MAX_FILE_BYTES = 4 * 1024 ** 3;
/** Of one read: no unit, table or compressed section of a library is larger. */
const MAX_READ_BYTES = 256 * 1024 ** 2;

/** An open regular file, read by position. */
export interface ByteFile {
  /** Links resolved. */
  readonly path: string;
  readonly size: number;
  readonly modifiedTimeMs: number;
  /** Throws InvalidSymbolFileError if the file does not hold all of it. */
  read(position: number, length: number): Uint8Array;
  close(): void;
}

/**
 * Opens a file that an untrusted capture or image named; null if it is not there or may not be read. All is
 * decided on the real path and the open file. `isAskedFor`: the user named the folder, so file systems that
 * may be slow are allowed.
 */
export function openFile(fs: ImageFs, path: string, isAskedFor: boolean): ByteFile | null {
  if (path === '' || path.includes('\0') || isRemotePath(path)) return null;
  if (refusePath(fs.platform, path) !== null) return null;
  let file: number;
  let realPath: string;
  try {
    realPath = fs.realpath(path);
    if (refusePath(fs.platform, realPath) !== null) return null;
    if (refuseFileSystem(fs.statfsType(realPath), isAskedFor) !== null) return null;
    file = fs.open(realPath);
  } catch {
    return null;
  }
  try {
    const {size, mtimeMs, isFile} = describe(fs, file);
    if (isFile && size <= MAX_FILE_BYTES) return toByteFile(fs, file, realPath, size, mtimeMs);
  } catch {
    // Closed below, like a file that is refused.
  }
  closeQuietly(fs, file);
  return null;
}

function describe(fs: ImageFs, file: number) {
  const stat = fs.stat(file);
  return {size: stat.size, mtimeMs: stat.mtimeMs, isFile: stat.isFile()};
}

function closeQuietly(fs: ImageFs, file: number): void {
  try {
    fs.close(file);
  } catch {
    // It is of no use any more either way.
  }
}

function toByteFile(fs: ImageFs, file: number, path: string, size: number, modifiedTimeMs: number): ByteFile {
  return {
    path,
    size,
    modifiedTimeMs,
    read(position, length) {
      if (!(position >= 0 && length >= 0 && position + length <= size))
        throw new InvalidSymbolFileError('Beyond the end of the file');
      if (length > MAX_READ_BYTES) throw new InvalidSymbolFileError('Too much at once');
      const bytes = new Uint8Array(length);
      for (let filled = 0; filled < length; ) {
        const count = readOrFail(fs, file, bytes, filled, position);
        filled += count;
      }
      return bytes;
    },
    close: () => closeQuietly(fs, file),
  };
}

function readOrFail(fs: ImageFs, file: number, bytes: Uint8Array, filled: number, position: number): number {
  let count = 0;
  try {
    count = fs.read(file, bytes, filled, bytes.length - filled, position + filled);
  } catch {
    // A disk that fails is reported like a file that was cut meanwhile.
  }
  if (count <= 0) throw new InvalidSymbolFileError('The file ends early');
  return count;
}
