import {dirname} from 'node:path';
import {refuseFileSystem, refusePath} from '../platform/untrusted-path.js';
import {isSourceName} from './language.js';
import type {SourceFs, SourceHandle, SourceStat} from './source-fs.js';
import type {RefusalReason} from './source-result.js';

/** At most this much of a file is read; what is longer is shown up to there. */
export const MAX_SOURCE_BYTES = 8 * 1024 * 1024;
const BINARY_PROBE_BYTES = 8192;
const WORLD_READABLE = 0o004;
const WORLD_SEARCHABLE = 0o001;

export type SafeRead =
  | {readonly kind: 'bytes'; readonly path: string; readonly stat: SourceStat; readonly bytes: Uint8Array}
  | {readonly kind: 'missing'}
  | {readonly kind: 'refused'; readonly path: string; readonly reason: RefusalReason};

export type OpenedFile =
  | {readonly kind: 'open'; readonly path: string; readonly stat: SourceStat; readonly handle: SourceHandle}
  | Exclude<SafeRead, {kind: 'bytes'}>;

function getErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Codes that say that no file has this name, rather than that a file is there and fails. */
const MISSING: ReadonlySet<string> = new Set([
  'ENOENT',
  'ENOTDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'EINVAL',
  'ERR_INVALID_ARG_VALUE',
]);

/**
 * Opens a file that an untrusted capture named. All is decided on the real path and the open file, links
 * resolved; the refusals that `reveal` lifts are 'private' and 'user-file-system'. The caller closes the
 * handle.
 */
export async function openSafely(fs: SourceFs, path: string, reveal: boolean): Promise<OpenedFile> {
  const refusal = refusePath(fs.platform, path);
  if (refusal !== null) return {kind: 'refused', path, reason: refusal};
  let realPath = path;
  try {
    realPath = await fs.realpath(path);
    const realRefusal =
      refusePath(fs.platform, realPath) ?? refuseFileSystem((await fs.statfs(realPath)).type, reveal);
    if (realRefusal !== null) return {kind: 'refused', path: realPath, reason: realRefusal};
    const handle = await fs.open(realPath);
    const stat = await closeOnError(handle, handle.stat());
    const reason = await closeOnError(handle, refuseByStat(fs, realPath, stat, reveal));
    if (reason === null) return {kind: 'open', path: realPath, stat, handle};
    await handle.close();
    return {kind: 'refused', path: realPath, reason};
  } catch (error) {
    const code = getErrorCode(error);
    if (MISSING.has(code)) return {kind: 'missing'};
    // A socket cannot be opened at all (ENXIO); Windows refuses folders so (EISDIR).
    const reason = code === 'ENXIO' || code === 'EISDIR' ? 'not-a-regular-file' : 'unreadable';
    return {kind: 'refused', path: realPath, reason};
  }
}

async function refuseByStat(
  fs: SourceFs,
  realPath: string,
  stat: SourceStat,
  reveal: boolean,
): Promise<RefusalReason | null> {
  if (!stat.isFile()) return 'not-a-regular-file';
  if (reveal || isSourceName(realPath)) return null;
  return (await isForAll(fs, realPath, stat)) ? null : 'private';
}

/** Whether everybody can read a file: it and each of its folders lets them. Where no modes say so, nobody can. */
async function isForAll(fs: SourceFs, realPath: string, {mode}: SourceStat): Promise<boolean> {
  if (!fs.platform.hasFileModes || (mode & WORLD_READABLE) === 0) return false;
  for (let path = realPath; path !== dirname(path); path = dirname(path)) {
    if (((await fs.getMode(dirname(path))) & WORLD_SEARCHABLE) === 0) return false;
  }
  return true;
}

async function closeOnError<T>(handle: SourceHandle, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Reads `length` bytes at `position`, or as many as there are. */
export async function readBytes(handle: SourceHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const {bytesRead} = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Does it look like anything but text? */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, BINARY_PROBE_BYTES).includes(0);
}

/** The first `MAX_SOURCE_BYTES` of a file that an untrusted capture named. Never throws. */
export async function readFileSafely(fs: SourceFs, path: string, reveal: boolean): Promise<SafeRead> {
  const opened = await openSafely(fs, path, reveal);
  if (opened.kind !== 'open') return opened;
  const {handle, stat} = opened;
  try {
    const probe = await readBytes(handle, 0, Math.min(stat.size, BINARY_PROBE_BYTES));
    if (isBinary(probe)) return {kind: 'refused', path: opened.path, reason: 'binary'};
    const bytes = await readBytes(handle, 0, Math.min(stat.size, MAX_SOURCE_BYTES));
    return {kind: 'bytes', path: opened.path, stat, bytes};
  } catch {
    return {kind: 'refused', path: opened.path, reason: 'unreadable'};
  } finally {
    await handle.close();
  }
}
