import {type FileHandle, open} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {CaptureError} from '../capture/damage.js';
import type {CaptureInfo} from '../heap/snapshot.js';
import {READ_AT_ONCE} from '../platform/platform.js';
import type {CaptureInput} from './capture-input.js';
import {isDetached} from './check-request.js';
import type {StreamState} from './load-messages.js';
import {SourceBytes, type SourceFailure} from './source-bytes.js';
import {explainUnfinished, explainUnfinishedFile} from './unfinished.js';
import {Unpacking} from './unpack.js';

/** Where the bytes of a capture come from. Opened once; read once, from the start to the end. */
export interface CaptureSource {
  /** Size in bytes, or null where it cannot be known. */
  readonly totalBytes: number | null;
  /**
   * The bytes in their order. An empty chunk says that there is nothing more just now. Throws CaptureError,
   * and SourceReplaced where all that was handed out is void.
   */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Set if the bytes may be unpacked on the way (gzip, zstd). */
  readonly unpacking?: Unpacking;
  /** Why there are no more chunks, where a failure has ended them. */
  getFailure?(): SourceFailure | null;
  /** Ends the source without waiting for bytes that may never come. Then `close` is due as well. */
  abandon?(): void;
  /** Says that what has arrived is a whole capture: a source that waits for more stops waiting. */
  expectEnd?(): void;
  /** Of what is still being recorded: how it goes at present. */
  getStreamState?(): StreamState;
  /** How long the recording has been going on; 0 while there is none. */
  getElapsedMs?(): number;
  /** What is waited for while the state is "missing", and how to start it: one line. */
  readonly waitingFor?: string;
  /**
   * Remarks that are known at the end only: the file changed meanwhile, or has no end mark. One line each.
   */
  getNotes(capture: CaptureInfo): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Another recording has replaced the one that was read: open the source again. */
export class SourceReplaced extends Error {}

export const CHUNK_BYTES = 1 << 20;

/** Opens a source. Throws CaptureError ("cannot-open", "not-a-file"). */
export async function openSource(input: CaptureInput): Promise<CaptureSource> {
  if (typeof input === 'string' || input instanceof URL) return openFile(input);
  if (input instanceof Uint8Array) return createSource(input.byteLength, cutBytes(input));
  return createSource(null, input);
}

async function* cutBytes(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
  if (isDetached(bytes)) throw new Error('the memory of the bytes was transferred away');
}

/**
 * Standard input: a redirected file is read as a file, a pipe or socket as a stream. A terminal is refused.
 */
export async function openStandardInput(): Promise<CaptureSource> {
  const {fstatSync, createReadStream} = await import('node:fs');
  const stat = fstatSync(0);
  if (stat.isFile())
    return createSource(stat.size, createReadStream('', {fd: 0, highWaterMark: CHUNK_BYTES}));
  if (stat.isFIFO() || stat.isSocket()) {
    // A blocking read of a pipe would keep a thread of the pool busy, and with it the exit of the process.
    const {Socket} = await import('node:net');
    return createSource(null, new Socket({fd: 0, readable: true, writable: false}));
  }
  if (stat.isCharacterDevice() && (await import('node:tty')).isatty(0)) {
    throw new CaptureError('not-a-file', 'is a terminal; pipe a capture into it');
  }
  return createSource(null, createReadStream('', {fd: 0, highWaterMark: CHUNK_BYTES}));
}

function createSource(totalBytes: number | null, chunks: AsyncIterable<Uint8Array>): CaptureSource {
  const unpacking = new Unpacking(null);
  const bytes = new SourceBytes(chunks);
  return {
    totalBytes,
    chunks: unpacking.open(bytes.read()),
    unpacking,
    getFailure: () => toFailure(bytes),
    abandon: () => bytes.abandon(),
    getNotes: async capture => [...explainUnfinished(capture), ...getUnpackNotes(unpacking, capture)],
    close: async () => {},
  };
}

/**
 * A file that cannot be read, standard input that is a directory, a connection that is reset: all are sources
 * that cannot be read.
 */
function toFailure({failure}: SourceBytes): SourceFailure | null {
  return failure !== null && isSystemError(failure.error)
    ? {...failure, error: toReadError(failure.error)}
    : failure;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function toReadError(cause: NodeJS.ErrnoException): CaptureError {
  if (cause.code === 'EISDIR') return new CaptureError('not-a-file', 'is a directory, not a file', {cause});
  return new CaptureError('cannot-open', `cannot be read (${String(cause.code ?? cause)})`, {cause});
}

async function openFile(path: string | URL): Promise<CaptureSource> {
  const file = await openRegularFile(path);
  const before = await file.stat();
  const unpacking = new Unpacking(typeof path === 'string' ? path : fileURLToPath(path));
  const bytes = new SourceBytes(readChunks(file));
  return {
    totalBytes: before.size,
    chunks: unpacking.open(bytes.read()),
    unpacking,
    getFailure: () => toFailure(bytes),
    async getNotes(capture) {
      const after = await file.stat();
      const isSame = after.size === before.size && after.mtimeMs === before.mtimeMs;
      const change = 'The file changed while it was being read; read it again.';
      return [
        ...explainUnfinishedFile(capture),
        ...getUnpackNotes(unpacking, capture),
        ...(isSame ? [] : [change]),
      ];
    },
    close: () => file.close(),
  };
}

/** What has to be said of compressed data around a capture. */
export function getUnpackNotes(unpacking: Unpacking, {damage}: CaptureInfo): readonly string[] {
  return damage === null ? unpacking.getNotes() : [];
}

/** Opens a file for reading. Throws CaptureError ("cannot-open", "not-a-file"). */
export async function openRegularFile(path: string | URL): Promise<FileHandle> {
  const file = await open(path, READ_AT_ONCE).catch(cause => {
    throw new CaptureError('cannot-open', describeOpenFailure(cause), {cause});
  });
  const stat = await file.stat();
  if (stat.isFile()) return file;
  await file.close();
  const message = stat.isDirectory() ? 'is a directory, not a file' : 'is not a regular file';
  throw new CaptureError('not-a-file', message);
}

async function* readChunks(file: FileHandle): AsyncIterable<Uint8Array> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (;;) {
    const {bytesRead} = await file.read(buffer, 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

/** Why a file cannot be opened, as the end of a sentence that begins with its name. */
export function describeOpenFailure(cause: NodeJS.ErrnoException): string {
  switch (cause.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ENXIO':
      return 'is not a regular file';
    case 'ENAMETOOLONG':
      return 'cannot be opened: the path is too long';
    case 'ELOOP':
      return 'cannot be opened: too many symbolic links';
    case 'ERR_INVALID_ARG_VALUE':
      return 'cannot be opened: the path contains a NUL character';
    case 'ERR_INVALID_URL_SCHEME':
      return 'cannot be opened: only file: URLs can';
    default:
      return `cannot be opened (${cause.code ?? cause.message})`;
  }
}
