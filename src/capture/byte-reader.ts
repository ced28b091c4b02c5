import {concatBytes} from '../base/bytes.js';

/**
 * A parser that can be stopped anywhere: a generator that yields whenever it needs bytes that have not come
 * yet, and is resumed when there are more. Never resumed if the input ends: its record is then incomplete.
 */
export type Parsing<T> = Generator<void, T, void>;

/** Longest name that is kept, in bytes; the rest is skipped. */
const MAX_NAME_BYTES = 64 * 1024;

/** Thrown by parsers for a value that cannot be. */
export class InvalidDataError extends Error {
  readonly tooLarge: boolean;
  constructor(message: string, tooLarge = false) {
    super(message);
    this.tooLarge = tooLarge;
  }
}

const NO_BYTES = new Uint8Array(0);

/**
 * A cursor over the bytes that are there. Its owner sets `bytes`, `pos` and `end` before it resumes a parser,
 * and takes over `pos` afterwards.
 */
export class ByteReader {
  pos = 0;
  end = 0;
  readonly #getBytes: () => Uint8Array;
  #bytes: Uint8Array = NO_BYTES;
  readonly #decoder = new TextDecoder('utf-8', {ignoreBOM: true});
  #view: DataView = new DataView(NO_BYTES.buffer);

  /**
   * @param getBytes the same bytes again, for an owner whose memory may move: a WebAssembly memory detaches
   * all views of it whenever it grows
   */
  constructor(getBytes: () => Uint8Array = () => NO_BYTES) {
    this.#getBytes = getBytes;
  }

  /** Read this anew after every call into the core: such a call may make its memory grow. */
  get bytes(): Uint8Array {
    // A detached array has no length.
    if (this.#bytes.length === 0) this.#bytes = this.#getBytes();
    return this.#bytes;
  }

  set bytes(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** All of `bytes`; to be read anew in the same way. */
  get view(): DataView {
    const {buffer, byteOffset} = this.bytes;
    const isSame = this.#view.buffer === buffer && this.#view.byteOffset === byteOffset;
    if (!isSame) this.#view = new DataView(buffer, byteOffset);
    return this.#view;
  }

  /** A varint of up to 7 bytes; −1, with nothing taken, if it is longer or not there as a whole. */
  wholeVarint(): number {
    const {bytes, end} = this;
    let value = 0;
    let scale = 1;
    for (let at = this.pos; at < end && scale < 2 ** 49; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * scale;
      if (byte >= 0x80) continue;
      this.pos = at;
      return value;
    }
    return -1;
  }

  *u8(): Parsing<number> {
    while (this.pos >= this.end) yield;
    return this.bytes[this.pos++]!;
  }

  *u32(): Parsing<number> {
    while (this.end - this.pos < 4) yield;
    this.pos += 4;
    return this.view.getUint32(this.pos - 4, true);
  }

  *u64(): Parsing<bigint> {
    while (this.end - this.pos < 8) yield;
    this.pos += 8;
    return this.view.getBigUint64(this.pos - 8, true);
  }

  /** Up to 10 bytes of 7 bits; the value is taken modulo 2^64. Throws InvalidDataError at an 11th byte. */
  *varint(): Parsing<bigint> {
    let low = 0;
    let high = 0n;
    for (let i = 0; i < 10; i++) {
      while (this.pos >= this.end) yield;
      const byte = this.bytes[this.pos++]!;
      // The first seven groups fit a double exactly.
      if (i < 7) low += (byte & 0x7f) * 2 ** (7 * i);
      else high |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) return BigInt.asUintN(64, BigInt(low) | high);
    }
    throw new InvalidDataError('a number has more than ten bytes');
  }

  /** Zig-zag: 0, 1, 2, 3 are 0, −1, 1, −2. */
  *signedVarint(): Parsing<bigint> {
    const value = yield* this.varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  /** Text up to NUL; beyond `keepBytes` it is skipped and replaced by "…". */
  *text(keepBytes = MAX_NAME_BYTES, limitBytes = Number.POSITIVE_INFINITY): Parsing<string> {
    const pieces: Uint8Array[] = [];
    let kept = 0;
    let total = 0;
    for (;;) {
      while (this.pos >= this.end) yield;
      const zero = this.bytes.subarray(0, this.end).indexOf(0, this.pos);
      const stopAt = zero < 0 ? this.end : zero;
      total += stopAt - this.pos;
      if (total > limitBytes) throw new InvalidDataError(`a text is longer than ${limitBytes} bytes`);
      if (kept < keepBytes && stopAt > this.pos) {
        // One byte more than is kept shows that something was cut.
        const piece = this.bytes.slice(this.pos, Math.min(stopAt, this.pos + keepBytes + 1 - kept));
        pieces.push(piece);
        kept += piece.length;
      }
      this.pos = zero < 0 ? stopAt : zero + 1;
      if (zero >= 0) return this.#decode(pieces, kept, total, keepBytes);
    }
  }

  #decode(pieces: readonly Uint8Array[], kept: number, total: number, keepBytes: number): string {
    const all = pieces.length === 1 ? pieces[0]! : concatBytes(pieces);
    if (total <= keepBytes) return this.#decoder.decode(all);
    // Not in the middle of a character: UTF-8 continuation bytes are 10xxxxxx.
    let end = Math.min(kept, keepBytes);
    while (end > keepBytes - 4 && (all[end]! & 0xc0) === 0x80) end--;
    return `${this.#decoder.decode(all.subarray(0, end))}…`;
  }

  /**
   * Hands out exactly `count` bytes in pieces, as they come; each is valid until the next one is asked for.
   */
  *take(count: number, put: (piece: Uint8Array, at: number) => void): Parsing<void> {
    for (let have = 0; have < count; ) {
      while (this.pos >= this.end) yield;
      const piece = this.bytes.subarray(this.pos, Math.min(this.end, this.pos + count - have));
      this.pos += piece.length;
      put(piece, have);
      have += piece.length;
    }
  }
}
