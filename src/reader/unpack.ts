import type {Transform} from 'node:stream';
import {CaptureError, type DamageCode} from '../capture/damage.js';
import {quoteArgument} from '../format/quote-argument.js';
import {type ForeignContainer, recognizeContainer} from './container.js';

/** Why the bytes of a compressed source end before their time. */
export interface UnpackError {
  readonly code: Extract<DamageCode, 'cut' | 'gzip' | 'zstd'>;
  /** In the compressed file: its end, or where the piece begins that could not be unpacked. */
  readonly byteOffset: number;
  readonly message: string;
}

/**
 * Compressed bytes go in and unpacked ones come out so many at a time. What came before damage in the same
 * piece is lost.
 */
const PIECE_BYTES = 16 << 10;
const UNPACKED_BYTES = 64 << 10;
/** Each frame takes time, even if it holds nothing. */
const MAX_FRAMES = 1 << 13;
/** Lets the reader have its turn. */
const NOTHING = new Uint8Array(0);

type UnpackStream = Transform & {
  /** Compressed bytes that were used. */
  readonly bytesWritten: number;
};

interface Unpacker {
  readonly kind: 'gzip' | 'zstd';
  create(): UnpackStream;
  /** The check sum at the end is a piece of its own: where only that is wrong, nothing is lost. */
  readonly checkBytes: number;
}

/**
 * The bytes of a source without the gzip or zstd that may be around them, in bounded memory. Ends before its
 * time with a
 * `error`, never by an exception, where the compressed data is cut or damaged.
 */
export class Unpacking {
  /** Compressed bytes that have been unpacked; null where nothing is compressed. */
  packedBytes: number | null = null;
  /** Known at the end. */
  error: UnpackError | null = null;
  readonly #path: string | null;

  /** `path`: of the source, for advice; null where it has none. */
  constructor(path: string | null) {
    this.#path = path;
  }

  /** @throws CaptureError for containers that are not unpacked here */
  async *open(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const outer = await peek(chunks);
    try {
      if (outer.container === null) {
        yield* outer.read();
        return;
      }
      const {kind} = outer.container;
      if (kind === 'foreign') throw this.#refuse(outer.container);
      const inner = await peek(this.#unpack(await this.#createUnpacker(kind), outer.read()));
      try {
        if (inner.container !== null) {
          throw this.#refuse(inner.container.kind === 'foreign' ? inner.container : TWICE);
        }
        yield* inner.read();
      } finally {
        await inner.close();
      }
    } finally {
      await outer.close();
    }
  }

  async #createUnpacker(kind: 'gzip' | 'zstd'): Promise<Unpacker> {
    const zlib = await import('node:zlib');
    const options = {chunkSize: UNPACKED_BYTES};
    if (kind === 'gzip') return {kind, create: () => zlib.createGunzip(options), checkBytes: 8};
    // Node has it since 22.15.
    if (typeof zlib.createZstdDecompress !== 'function') throw this.#refuse(ZSTD);
    return {kind, create: () => zlib.createZstdDecompress(options), checkBytes: 4};
  }

  #refuse({is, command, filter}: ForeignContainer): CaptureError {
    return new CaptureError('not-a-capture', `is ${is}; ${this.#advise(command, filter)}`);
  }

  #advise(command: string, filter: string | null): string {
    if (this.#path !== null) return `unpack it first: ${command} ${quoteArgument(this.#path)}`;
    return filter === null ? 'unpack it first' : `unpack it on the way: ${filter} FILE | memray-tree-ink -`;
  }

  /**
   * One frame after the other. For Node all parts of a gzip file are one; it leaves only zeros that pad the
   * file.
   */
  async *#unpack(unpacker: Unpacker, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.packedBytes = 0;
    const pieces = cutPieces(packed, unpacker.checkBytes);
    try {
      let rest = await nextPiece(pieces);
      for (let frames = 0; rest !== null && this.error === null; frames++) {
        if (frames === MAX_FRAMES) {
          const message = `The ${unpacker.kind} data has more than ${MAX_FRAMES} frames`;
          this.error = {code: unpacker.kind, byteOffset: this.packedBytes, message};
          return;
        }
        rest = yield* this.#unpackFrame(unpacker, rest, pieces);
        if (unpacker.kind === 'gzip') return;
        yield NOTHING;
      }
    } finally {
      await pieces.return(undefined);
    }
  }

  /** Returns what follows the frame; null at the end. */
  async *#unpackFrame(
    {kind, create}: Unpacker,
    first: Uint8Array,
    pieces: AsyncIterator<Uint8Array>,
  ): AsyncGenerator<Uint8Array, Uint8Array | null> {
    const stream = create();
    const feeding = this.#feed(stream, first, pieces).catch((error: Error) => {
      stream.destroy(error);
      return null;
    });
    try {
      for await (const piece of stream) yield piece;
    } catch (error) {
      this.error = this.#toError(error, kind);
    } finally {
      stream.destroy();
      await feeding;
    }
    return feeding;
  }

  /** Returns what follows the frame; null at the end, or if the stream is closed. */
  async #feed(
    stream: UnpackStream,
    first: Uint8Array,
    pieces: AsyncIterator<Uint8Array>,
  ): Promise<Uint8Array | null> {
    const closed = new Promise<void>(resolve => void stream.once('close', resolve));
    for (let piece: Uint8Array | null = first; piece !== null; piece = await nextPiece(pieces)) {
      const next = piece;
      const before = stream.bytesWritten;
      // Errors are events of the stream as well, and are handled there.
      const written = new Promise<void>(resolve => void stream.write(next, () => resolve()));
      await Promise.race([written, closed]);
      if (stream.destroyed || stream.errored !== null) return null;
      const used = stream.bytesWritten - before;
      this.packedBytes! += used;
      if (used < next.length) {
        stream.end();
        return next.subarray(used);
      }
    }
    stream.end();
    return null;
  }

  #toError(error: unknown, kind: 'gzip' | 'zstd'): UnpackError {
    const {code = '', message} = error as NodeJS.ErrnoException;
    const byteOffset = this.packedBytes ?? 0;
    if (code === 'Z_BUF_ERROR') return {code: 'cut', byteOffset, message: `The ${kind} data is cut off`};
    if (!/^(?:Z|ZSTD)_/.test(code)) throw error;
    return {code: kind, byteOffset, message: `The ${kind} data is damaged (${message})`};
  }
}

const TWICE: ForeignContainer = {
  kind: 'foreign',
  is: 'compressed twice',
  command: 'gzip -dk',
  filter: 'gzip -dc',
};

const ZSTD: ForeignContainer = {
  kind: 'foreign',
  is: 'compressed with zstd, which is opened with Node 22.15 or newer only',
  command: 'zstd -d',
  filter: 'zstd -dc',
};

/**
 * What a source is the beginning of, and all of its bytes. To be closed at the end, whether they were read or
 * not.
 */
async function peek(chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  let container = recognizeContainer(head);
  while (container === undefined) {
    const next = await iterator.next();
    if (next.done === true) {
      container = recognizeContainer(head, true) ?? null;
    } else {
      // The source may use the same memory for its next chunk.
      head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
      container = recognizeContainer(head);
      if (container === undefined) head = Uint8Array.from(head);
    }
  }
  return {
    container,
    async *read(): AsyncGenerator<Uint8Array> {
      if (head.length > 0) yield head;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value;
    },
    close: async () => void (await iterator.return?.()),
  };
}

/** Pieces of at most PIECE_BYTES; the last `endBytes` of all are one. */
async function* cutPieces(
  chunks: AsyncIterable<Uint8Array>,
  endBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let kept: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([kept, chunk]);
    const end = Math.max(0, bytes.length - endBytes);
    for (let at = 0; at < end; at += PIECE_BYTES) yield bytes.subarray(at, Math.min(end, at + PIECE_BYTES));
    kept = bytes.subarray(end);
  }
  if (kept.length > 0) yield kept;
}

async function nextPiece(pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array | null> {
  const {done, value} = await pieces.next();
  return done === true ? null : value;
}
