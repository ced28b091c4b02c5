import {getPlatform} from '../../src/platform/platform.js';
import type {ImageFs} from '../../src/symbols/image-fs.js';

export interface MemoryFs extends ImageFs {
  /** Paths of files that are open now. */
  readonly open: ImageFs['open'];
  readonly openPaths: () => string[];
  /** All bytes that were handed out. */
  readonly bytesRead: () => number;
}

const EXT4 = 0xef53;

function missing(path: string): Error {
  return Object.assign(new Error(`ENOENT: ${path}`), {code: 'ENOENT'});
}

/** A file system of files in memory, by path. `types` are file system types (statfs) of some paths. */
export function memoryImageFs(
  files: Readonly<Record<string, Uint8Array>>,
  types: Readonly<Record<string, number>> = {},
): MemoryFs {
  const openFiles = new Map<number, string>();
  let next = 10;
  let read = 0;
  const bytesOf = (file: number): Uint8Array => {
    const path = openFiles.get(file);
    if (path === undefined) throw new Error('EBADF');
    return files[path]!;
  };
  return {
    platform: getPlatform('linux'),
    openPaths: () => [...openFiles.values()],
    bytesRead: () => read,
    realpath(path) {
      if (files[path] === undefined) throw missing(path);
      return path;
    },
    statfsType: path => types[path] ?? EXT4,
    open(path) {
      if (files[path] === undefined) throw missing(path);
      openFiles.set(next, path);
      return next++;
    },
    stat: file => ({size: bytesOf(file).length, mtimeMs: 5000, isFile: () => true}),
    read(file, buffer, offset, length, position) {
      const bytes = bytesOf(file).subarray(position, position + length);
      buffer.set(bytes, offset);
      read += bytes.length;
      return bytes.length;
    },
    close(file) {
      if (!openFiles.delete(file)) throw new Error('EBADF');
    },
  };
}
