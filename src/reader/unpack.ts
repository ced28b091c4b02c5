import {CaptureError, type DamageCode} from '../capture/damage.js';
import {quoteArgument} from '../format/quote-argument.js';
import {
  type GzipUnpacker,
  loadUnpacker,
  OPENS_ZSTD,
  type Unpacker,
  type UnpackStream,
} from '../platform/unpackers.js';
import {type ForeignContainer, isSkippableFrame, isZstdFrame} from './container.js';
import {checkGzipTrailer, GZIP_TRAILER_BYTES, type GzipFault, skipGzipHeader} from './gzip-member.js';
import {PackedBytes} from './packed-bytes.js';
import {peek} from './peek.js';

/** Why the bytes of a compressed source end before their time. */
export interface UnpackError {
  readonly code: Extract<DamageCode, 'cut' | 'gzip' | 'zstd'>;
  /** In the compressed file: its end, or where the piece begins that could not be unpacked. */
  readonly byteOffset: number;
  readonly message: string;
}

/** Each frame takes time, even if it holds nothing. */
const MAX_FRAMES = 1 << 13;
/** So many parts of a gzip file are unpacked one by one; Node is faster at many small ones. */
const MAX_GZIP_MEMBERS = 1000;
/** Lets the reader have its turn. */
const NOTHING = new Uint8Array(0);

/** The check sum at the end is a piece of its own: where only that is wrong, nothing is lost. */
const CHECK_BYTES = {gzip: GZIP_TRAILER_BYTES, zstd: 4};

/**
 * The bytes of a source without the gzip or zstd that may be around them, in bounded memory. Ends before its
 * time with an `error`, never by an exception, where the compressed data is cut or damaged. What follows the
 * compressed data is ignored, with a note.
 */
export class Unpacking {
  /** Compressed bytes that have been unpacked; null where nothing is compressed. */
  packedBytes: number | null = null;
  /** Known at the end. */
  error: UnpackError | null = null;
  /**
   * Known at the end: what follows the compressed data is something else. Such a rest means nothing to a
   * capture that is whole; to one that is not it is damage.
   */
  ignored: UnpackError | null = null;
  readonly #path: string | null;
  #hasUnpacked = false;

  /** `path`: of the source, for advice; null where it has none. */
  constructor(path: string | null) {
    this.#path = path;
  }

  /**
   * @param isGrowing more may still arrive: everything is unpacked as soon as it is there
   * @throws CaptureError for containers that are not unpacked here
   */
  async *open(
    chunks: AsyncIterable<Uint8Array>,
    {isGrowing = false}: {readonly isGrowing?: boolean} = {},
  ): AsyncGenerator<Uint8Array> {
    const outer = await peek(chunks);
    try {
      if (outer.container === null) {
        yield* outer.read();
        return;
      }
      const {kind} = outer.container;
      if (kind === 'foreign') throw this.#refuse(outer.container);
      const packed = new PackedBytes(outer.read(), isGrowing ? 0 : CHECK_BYTES[kind]);
      const inner = await peek(this.#unpack(await this.#createUnpacker(kind), packed));
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

  /** Remarks of one sentence each, about a capture that is whole. */
  getNotes(): readonly string[] {
    if (this.ignored === null) return [];
    const {code, byteOffset} = this.ignored;
    return [`The file goes on after its ${code} data, from byte ${byteOffset} on; that part is ignored.`];
  }

  async #createUnpacker(kind: 'gzip' | 'zstd'): Promise<Unpacker> {
    const unpacker = await loadUnpacker(kind);
    if (unpacker === null) throw this.#refuse(ZSTD);
    return unpacker;
  }

  #refuse({is, command, filter}: ForeignContainer): CaptureError {
    return new CaptureError('not-a-capture', `is ${is}; ${this.#advise(command, filter)}`);
  }

  #advise(command: string, filter: string | null): string {
    if (this.#path !== null) return `unpack it first: ${command} ${quoteArgument(this.#path)}`;
    return filter === null ? 'unpack it first' : `unpack it on the way: ${filter} FILE | memray-tree-ink -`;
  }

  /** One frame, or part of a gzip file, after the other. */
  async *#unpack(unpacker: Unpacker, packed: PackedBytes): AsyncGenerator<Uint8Array> {
    const {kind} = unpacker;
    this.packedBytes = 0;
    try {
      for (let frames = 0; this.error === null && (await this.#hasFrame(kind, frames, packed)); frames++) {
        if (frames === MAX_FRAMES) {
          this.#fail(kind, packed, `The ${kind} data has more than ${MAX_FRAMES} frames`);
        } else if (unpacker.kind === 'zstd') {
          yield* this.#unpackStream(kind, unpacker.create(), packed);
        } else if (frames < MAX_GZIP_MEMBERS && unpacker.single !== null) {
          yield* this.#unpackMember(unpacker.single, packed);
        } else {
          const stream = unpacker.createGunzip();
          yield* this.#unpackStream(kind, stream, packed);
          // To other streams all parts are one. Zeros that pad the file are left.
          if (stream.endsWithPart !== true) return;
        }
        yield NOTHING;
      }
    } finally {
      this.packedBytes = packed.used;
      await packed.close();
    }
  }

  /**
   * Whether another frame follows. The first one was recognized by its beginning; whatever else follows it is
   * no part of the compressed data, as the programs of these formats have it.
   */
  async #hasFrame(kind: 'gzip' | 'zstd', frames: number, packed: PackedBytes): Promise<boolean> {
    const head = await packed.peek(4);
    if (head.length === 0) return false;
    if (frames === 0 || startsFrame(kind, head)) return true;
    const isPadding = head.subarray(0, 4).every(byte => byte === 0);
    if (!isPadding) {
      const message = `The ${kind} data is damaged (what follows is not ${kind})`;
      this.ignored = {code: kind, byteOffset: packed.used, message};
    }
    return false;
  }

  async *#unpackMember(
    {createInflate, crc32}: NonNullable<GzipUnpacker['single']>,
    packed: PackedBytes,
  ): AsyncGenerator<Uint8Array> {
    const start = packed.used;
    const headerFault = await skipGzipHeader(packed);
    if (headerFault !== null) {
      this.#failGzip(headerFault, packed, start);
      return;
    }
    let crc = 0;
    let byteCount = 0;
    for await (const piece of this.#unpackStream('gzip', createInflate(), packed)) {
      crc = crc32(piece, crc);
      byteCount += piece.length;
      yield piece;
    }
    if (this.error !== null) return;
    const end = packed.used;
    const fault = checkGzipTrailer(await packed.take(GZIP_TRAILER_BYTES), crc, byteCount);
    if (fault !== null) this.#failGzip(fault, packed, end);
  }

  /** Unpacks what the stream takes; the rest stays in `packed`. */
  async *#unpackStream(
    kind: 'gzip' | 'zstd',
    stream: UnpackStream,
    packed: PackedBytes,
  ): AsyncGenerator<Uint8Array> {
    const feeding = this.#feed(stream, packed).catch((error: Error) => void stream.destroy(error));
    try {
      for await (const piece of stream) {
        this.#hasUnpacked = true;
        yield piece;
      }
    } catch (error) {
      await feeding;
      this.#noteStreamError(error, kind, packed);
    } finally {
      stream.destroy();
      await feeding;
    }
  }

  /** Ends when the stream does. */
  async #feed(stream: UnpackStream, packed: PackedBytes): Promise<void> {
    const closed = new Promise<void>(resolve => void stream.once('close', resolve));
    for (let piece = await packed.next(); piece !== null; piece = await packed.next()) {
      const next = piece;
      const before = stream.bytesWritten;
      // Errors are events of the stream as well, and are handled there.
      const written = new Promise<void>(resolve => void stream.write(next, () => resolve()));
      await Promise.race([written, closed]);
      if (stream.errored !== null) {
        packed.putBack(next);
        return;
      }
      const used = stream.bytesWritten - before;
      packed.putBack(next.subarray(used));
      this.packedBytes = packed.used;
      if (stream.destroyed) return;
      if (used < next.length) break;
    }
    stream.end();
  }

  #noteStreamError(error: unknown, kind: 'gzip' | 'zstd', packed: PackedBytes): void {
    const {code = '', message} = error as Error & {code?: string};
    if (code === 'Z_BUF_ERROR') {
      this.#fail('cut', packed, `The ${kind} data is cut off`);
    } else if (code === 'ZSTD_error_frameParameter_windowTooLarge') {
      if (!this.#hasUnpacked) throw this.#refuse(LONG_ZSTD);
      this.#fail(
        kind,
        packed,
        'The zstd data needs more than 128 MiB from here on (zstd -d --long=31 unpacks it)',
      );
    } else if (/^(?:Z|ZSTD)_/.test(code)) {
      this.#fail(kind, packed, `The ${kind} data is damaged (${message})`);
    } else {
      throw error;
    }
  }

  /** @param byteOffset where the damage begins, unless the data just ends too early */
  #failGzip(fault: GzipFault, packed: PackedBytes, byteOffset: number): void {
    if (fault === 'cut') this.#fail('cut', packed, 'The gzip data is cut off');
    else this.error = {code: 'gzip', byteOffset, message: `The gzip data is damaged (${fault.reason})`};
  }

  #fail(code: UnpackError['code'], {used}: PackedBytes, message: string): void {
    this.error = {code, byteOffset: used, message};
  }
}

/** Whether these bytes are the beginning of another frame, as far as there are any. */
function startsFrame(kind: 'gzip' | 'zstd', head: Uint8Array): boolean {
  if (kind === 'gzip') return head[0] === 0x1f && (head[1] ?? 0x8b) === 0x8b;
  return head.length < 4 || isZstdFrame(head) || isSkippableFrame(head);
}

const TWICE: ForeignContainer = {
  kind: 'foreign',
  is: 'compressed twice',
  command: 'gzip -dk',
  filter: 'gzip -dc',
};

const ZSTD: ForeignContainer = {
  kind: 'foreign',
  is: `compressed with zstd, ${OPENS_ZSTD}`,
  command: 'zstd -d',
  filter: 'zstd -dc',
};

const LONG_ZSTD: ForeignContainer = {
  kind: 'foreign',
  is: 'compressed with zstd and a window of more than 128 MiB',
  command: 'zstd -dk --long=31',
  filter: 'zstd -dc --long=31',
};
