import {type CoreExports, SLACK_BYTES} from '../core/core.js';

/**
 * LZ4 frames, fed in pieces. A frame:
 *
 *   magic u32 · FLG u8 · BD u8 · [content size u64] · [dictionary u32] · header checksum u8
 *   blocks: size u32 (top bit = stored as is) · data · [checksum u32]      size 0 = end mark
 *   [content checksum u32]
 *
 * FLG: version (2 bits) = 1 · independent · block checksums · content size · content checksum · 0 ·
 * dictionary.
 * Frames and skippable frames may follow each other; anything else after a complete frame is ignored.
 */
const MAGIC = 0x184d2204;
const SKIPPABLE_MAGIC = 0x184d2a50;
const STORED = 0x80000000;

const VERSION_MASK = 0xc0;
const VERSION_1 = 0x40;
const INDEPENDENT = 0x20;
const BLOCK_CHECKSUM = 0x10;
const CONTENT_SIZE = 0x08;
const CONTENT_CHECKSUM = 0x04;
const DICTIONARY = 0x01;

/** History that linked blocks may refer to. */
const HISTORY_BYTES = 65536;

export interface Lz4Error {
  /** Where in the file. */
  readonly byteOffset: number;
  /** What is wrong may be anywhere before `byteOffset`. */
  readonly isUpperBound?: true;
  readonly message: string;
}

interface FrameHeader {
  readonly flags: number;
  readonly maxBlockBytes: number;
  readonly contentSize: number | null;
}

/** The first four bytes of a file in LZ4 frames, or of a skippable one before them. */
export function isLz4Magic(magic: number): boolean {
  return magic === MAGIC || isSkippable(magic);
}

const isSkippable = (magic: number): boolean => (magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC;

export class Lz4FrameReader {
  /** Set once: nothing after it is read. */
  error: Lz4Error | null = null;
  /** Something that is no frame follows a complete one. */
  isOver = false;
  /** Between frames, with at least one complete. */
  isBetweenFrames = false;
  readonly #core: CoreExports;
  readonly #onDecoded: () => void;
  readonly #run: Generator<void, void, void>;
  #buffer = 0;
  #bufferBytes = 0;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  #fileOffset = 0;
  /** Bytes of a block that have come so far, while the block is waited for. */
  #blockFill = 0;
  #isStored = false;
  #frame: FrameHeader | null = null;
  #decodedInFrame = 0;

  /** @param onDecoded called after every block, when its bytes are in the core's window */
  constructor(core: CoreExports, onDecoded: () => void) {
    this.#core = core;
    this.#onDecoded = onDecoded;
    core.keepHistory();
    this.#run = this.#read();
  }

  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#at = 0;
    if (!this.isOver) this.isOver = this.#run.next().done === true;
  }

  /** The input has ended. Decodes what there is of a last block, and notes the cut. */
  end(): void {
    if (this.isOver || this.isBetweenFrames) return;
    if (this.#blockFill > 0 && this.#frame !== null) {
      // What is missing is an error too, but the cut is the better reason.
      this.#decode(this.#blockFill, this.#frame);
      this.#onDecoded();
    }
    this.error = {byteOffset: this.#fileOffset, message: 'The compressed data is cut off'};
    this.isOver = true;
  }

  *#read(): Generator<void, void, void> {
    while (this.error === null) {
      const magic = yield* this.#u32();
      if (!isLz4Magic(magic)) return;
      this.isBetweenFrames = false;
      if (magic === MAGIC) yield* this.#readFrame();
      else yield* this.#skip(yield* this.#u32());
      this.isBetweenFrames = this.error === null;
    }
  }

  *#readFrame(): Generator<void, void, void> {
    const frame = yield* this.#readHeader();
    if (frame === null) return;
    this.#frame = frame;
    this.#decodedInFrame = 0;
    this.#core.startContentHash();
    for (;;) {
      const start = this.#fileOffset;
      const size = yield* this.#u32();
      if (size === 0) break;
      if (!(yield* this.#readBlock(size, start, frame))) return;
    }
    yield* this.#checkEnd(frame);
    this.#frame = null;
  }

  *#readHeader(): Generator<void, FrameHeader | null, void> {
    const start = this.#fileOffset;
    const bytes: number[] = [yield* this.#u8(), yield* this.#u8()];
    const [flags, descriptor] = bytes as [number, number];
    const extra = ((flags & CONTENT_SIZE) !== 0 ? 8 : 0) + ((flags & DICTIONARY) !== 0 ? 4 : 0);
    for (let i = 0; i < extra; i++) bytes.push(yield* this.#u8());
    const checksum = yield* this.#u8();
    const sizeCode = (descriptor >> 4) & 7;
    // Blocks of up to 4 MiB, and slack to read whole words.
    const maxBlockBytes = 2 ** (8 + 2 * sizeCode);
    const at = this.#ensureBuffer(sizeCode < 4 ? bytes.length : maxBlockBytes);
    if (at === 0) return this.#fail(start, 'There is not enough memory for an LZ4 block');
    this.#memory().set(bytes, at);
    if (
      (flags & VERSION_MASK) !== VERSION_1 ||
      (flags & 2) !== 0 ||
      sizeCode < 4 ||
      (descriptor & 0x8f) !== 0
    ) {
      return this.#fail(start, 'The LZ4 frame header is damaged');
    }
    if (((this.#core.hashBytes(at, bytes.length) >>> 8) & 255) !== checksum) {
      return this.#fail(start, 'The LZ4 frame header does not match its checksum');
    }
    if ((flags & DICTIONARY) !== 0) return this.#fail(start, 'The LZ4 frame needs a dictionary');
    const sizeBytes = new DataView(Uint8Array.from(bytes).buffer);
    const contentSize = (flags & CONTENT_SIZE) !== 0 ? Number(sizeBytes.getBigUint64(2, true)) : null;
    return {flags, maxBlockBytes, contentSize};
  }

  /** Returns whether to go on. */
  *#readBlock(size: number, start: number, frame: FrameHeader): Generator<void, boolean, void> {
    const bytes = (size & ~STORED) >>> 0;
    if (bytes > frame.maxBlockBytes) {
      this.#fail(start, 'An LZ4 block is larger than its frame allows');
      return false;
    }
    this.#isStored = size >= STORED;
    this.#blockFill = 0;
    while (this.#blockFill < bytes) {
      while (this.#at >= this.#chunk.length) yield;
      const piece = this.#chunk.subarray(this.#at, this.#at + bytes - this.#blockFill);
      this.#memory().set(piece, this.#buffer + this.#blockFill);
      this.#blockFill += piece.length;
      this.#advance(piece.length);
    }
    if ((frame.flags & BLOCK_CHECKSUM) !== 0) {
      const expected = yield* this.#u32();
      if (this.#core.hashBytes(this.#buffer, bytes) >>> 0 !== expected) {
        this.#blockFill = 0;
        this.#fail(start, 'An LZ4 block does not match its checksum');
        return false;
      }
    }
    this.#blockFill = 0;
    const isSound = this.#decode(bytes, frame);
    if (!isSound) this.#failAtOrBefore(start + 4 + this.#core.lz4ErrorAt(), 'An LZ4 block is damaged');
    this.#onDecoded();
    return isSound;
  }

  /** Decodes `bytes` of the buffer into the window; what came before an error stays there. */
  #decode(bytes: number, frame: FrameHeader): boolean {
    const core = this.#core;
    const target = core.reserveWindow(frame.maxBlockBytes) >>> 0;
    if (target === 0) return false;
    let isSound = true;
    if (this.#isStored) {
      this.#memory().copyWithin(target, this.#buffer, this.#buffer + bytes);
      core.commitWindow(bytes);
    } else {
      const linked = (frame.flags & INDEPENDENT) !== 0 ? 0 : Math.min(this.#decodedInFrame, HISTORY_BYTES);
      isSound = core.decodeBlock(this.#buffer, this.#buffer + bytes, linked, frame.maxBlockBytes) !== 0;
    }
    const decoded = (core.writePos() >>> 0) - target;
    this.#decodedInFrame += decoded;
    if ((frame.flags & CONTENT_CHECKSUM) !== 0) core.addContentHash(target, decoded);
    return isSound;
  }

  *#checkEnd(frame: FrameHeader): Generator<void, void, void> {
    const start = this.#fileOffset;
    if ((frame.flags & CONTENT_CHECKSUM) !== 0) {
      const expected = yield* this.#u32();
      if (this.#core.contentHash() >>> 0 !== expected) {
        this.#failAtOrBefore(start, 'The decompressed data does not match its checksum');
        return;
      }
    }
    if (frame.contentSize !== null && frame.contentSize !== this.#decodedInFrame) {
      this.#failAtOrBefore(start, 'The decompressed data has not the size that its frame gives');
    }
  }

  *#skip(bytes: number): Generator<void, void, void> {
    let left = bytes;
    while (left > 0) {
      while (this.#at >= this.#chunk.length) yield;
      const step = Math.min(left, this.#chunk.length - this.#at);
      left -= step;
      this.#advance(step);
    }
  }

  *#u8(): Generator<void, number, void> {
    while (this.#at >= this.#chunk.length) yield;
    const byte = this.#chunk[this.#at]!;
    this.#advance(1);
    return byte;
  }

  *#u32(): Generator<void, number, void> {
    let value = yield* this.#u8();
    for (let factor = 256; factor < 2 ** 32; factor *= 256) value += (yield* this.#u8()) * factor;
    return value;
  }

  #advance(bytes: number): void {
    this.#at += bytes;
    this.#fileOffset += bytes;
  }

  #fail(byteOffset: number, message: string): null {
    this.error = {byteOffset, message};
    return null;
  }

  #failAtOrBefore(byteOffset: number, message: string): void {
    this.error = {byteOffset, isUpperBound: true, message};
  }

  #memory(): Uint8Array {
    return new Uint8Array(this.#core.memory.buffer);
  }

  /** The buffer for compressed data, of at least `bytes`. */
  #ensureBuffer(bytes: number): number {
    if (bytes <= this.#bufferBytes) return this.#buffer;
    this.#buffer = this.#core.allocateBuffer(bytes + SLACK_BYTES) >>> 0;
    this.#bufferBytes = this.#buffer === 0 ? 0 : bytes;
    return this.#buffer;
  }
}
