import {CaptureError} from '../capture/damage.js';
import type {CaptureInfo} from '../heap/snapshot.js';
import type {StreamState} from './load-messages.js';
import {SourceBytes, type SourceFailure} from './source-bytes.js';
import {explainUnfinished} from './unfinished.js';
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

/** What is not a file of this machine: bytes, a stream. */
export function createSource(totalBytes: number | null, chunks: AsyncIterable<Uint8Array>): CaptureSource {
  const unpacking = new Unpacking(null);
  const bytes = new SourceBytes(chunks);
  return {
    totalBytes,
    chunks: unpacking.open(bytes.read()),
    unpacking,
    getFailure: () => toSourceFailure(bytes),
    abandon: () => bytes.abandon(),
    getNotes: async capture => [...explainUnfinished(capture), ...getUnpackNotes(unpacking, capture)],
    close: async () => {},
  };
}

/**
 * A file that cannot be read, standard input that is a directory, a connection that is reset: all are sources
 * that cannot be read.
 */
export function toSourceFailure({failure}: SourceBytes): SourceFailure | null {
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

/** What has to be said of compressed data around a capture. */
export function getUnpackNotes(unpacking: Unpacking, {damage}: CaptureInfo): readonly string[] {
  return damage === null ? unpacking.getNotes() : [];
}
