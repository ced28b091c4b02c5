import {type FileHandle, open} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {CaptureError} from '../capture/damage.js';
import type {CaptureInfo} from '../heap/snapshot.js';
import {READ_AT_ONCE} from '../platform/platform.js';
import type {CaptureInput} from './capture-input.js';
import {checkChunks} from './check-request.js';
import type {StreamState} from './load-messages.js';
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
  if (input instanceof Uint8Array) return createSource(input.byteLength, [input]);
  return createSource(null, input);
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

function createSource(
  totalBytes: number | null,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): CaptureSource {
  const unpacking = new Unpacking(null);
  return {
    totalBytes,
    chunks: unpacking.open(withReadErrors(checkChunks(chunks))),
    unpacking,
    getNotes: async capture => explainUnfinished(capture),
    close: async () => {},
  };
}

/**
 * A stream that fails (standard input that is a directory, a connection that is reset) is a source that
 * cannot be read.
 */
async function* withReadErrors(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of chunks) yield chunk;
  } catch (error) {
    throw isSystemError(error) ? toReadError(error) : error;
  }
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
  return {
    totalBytes: before.size,
    chunks: unpacking.open(readChunks(file)),
    unpacking,
    async getNotes(capture) {
      const after = await file.stat();
      const isSame = after.size === before.size && after.mtimeMs === before.mtimeMs;
      const change = 'The file changed while it was being read; read it again.';
      return [...explainUnfinishedFile(capture), ...(isSame ? [] : [change])];
    },
    close: () => file.close(),
  };
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
    const {bytesRead} = await file.read(buffer, 0, CHUNK_BYTES, null).catch(cause => {
      throw toReadError(cause);
    });
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

function describeOpenFailure(cause: NodeJS.ErrnoException): string {
  switch (cause.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ENXIO':
      return 'is not a regular file';
    default:
      return `cannot be opened (${cause.code ?? cause.message})`;
  }
}
