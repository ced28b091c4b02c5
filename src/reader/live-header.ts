import {ByteReader} from '../capture/byte-reader.js';
import {CaptureError} from '../capture/damage.js';
import {MAGIC, parseHeader} from '../capture/header.js';

/** memray sends its whole header at once. */
const MAX_SILENCE_MS = 10_000;
const MAX_HEADER_MS = 30_000;
/** More than any header has; from there on the parser decides. */
const MAX_HEADER_BYTES = 2 ** 20;

/**
 * Checks the first bytes of a live run until its header is complete: that they are memray's, and come in
 * time.
 */
export class LiveHeader {
  isComplete = false;
  byteCount = 0;
  readonly #reader = new ByteReader();
  readonly #parsing = parseHeader(this.#reader);

  /** Takes time in proportion to the bytes, whatever their pieces. Throws CaptureError. */
  add(piece: Uint8Array): void {
    if (this.isComplete) return;
    this.#checkMagic(piece);
    this.byteCount += piece.length;
    const reader = this.#reader;
    // The parser leaves at most a part of a number unread.
    reader.bytes = Buffer.concat([reader.bytes.subarray(reader.pos), piece]);
    reader.pos = 0;
    reader.end = reader.bytes.length;
    this.isComplete = this.byteCount >= MAX_HEADER_BYTES || this.#parse();
  }

  /**
   * @param silentMs since the last bytes came, or since the connection was made
   * @param totalMs since the connection was made
   * @throws CaptureError where the header should have come by now
   */
  checkTime(silentMs: number, totalMs: number): void {
    if (this.isComplete) return;
    if (silentMs >= MAX_SILENCE_MS && this.byteCount === 0) {
      const message =
        'is open, but has sent nothing for 10 seconds; is it memray run --live-remote that listens there?';
      throw new CaptureError('not-a-capture', message);
    }
    if (silentMs >= MAX_SILENCE_MS) {
      throw new CaptureError('header-cut', 'has sent nothing for 10 seconds after a part of its header');
    }
    if (totalMs >= MAX_HEADER_MS) {
      throw new CaptureError('header-cut', 'has sent only a part of its header in 30 seconds');
    }
  }

  #checkMagic(piece: Uint8Array): void {
    const expected = MAGIC.subarray(this.byteCount, this.byteCount + piece.length);
    if (expected.some((byte, index) => byte !== piece[index])) {
      throw new CaptureError('not-a-capture', 'a program that is not memray answers there; check the port');
    }
  }

  #parse(): boolean {
    try {
      return this.#parsing.next().done === true;
    } catch {
      // The parser of the capture reports what is wrong with it.
      return true;
    }
  }
}
