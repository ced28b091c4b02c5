import {concatBytes} from '../base/bytes.js';

/**
 * Compressed bytes are unpacked so many at a time. What came before damage in the same piece is lost.
 */
const PIECE_BYTES = 16 << 10;

/** Compressed bytes in pieces; what is not used can be put back. */
export class PackedBytes {
  /** How many bytes were taken and not put back. */
  used = 0;
  readonly #pieces: AsyncGenerator<Uint8Array, void, undefined>;
  #back: Uint8Array[] = [];

  /** @param endBytes the last so many bytes are a piece of their own */
  constructor(chunks: AsyncIterable<Uint8Array>, endBytes: number) {
    this.#pieces = cutPieces(chunks, endBytes);
  }

  /** Valid until the next one is asked for, unless it is put back. Null at the end. */
  async next(): Promise<Uint8Array | null> {
    const piece = this.#back.pop() ?? (await this.#pieces.next()).value ?? null;
    this.used += piece?.length ?? 0;
    return piece;
  }

  putBack(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.used -= piece.length;
    this.#back.push(piece);
  }

  /** A copy of the next `count` bytes, or of those that are left. */
  async take(count: number): Promise<Uint8Array> {
    const taken = new Uint8Array(count);
    let have = 0;
    while (have < count) {
      const piece = await this.next();
      if (piece === null) break;
      const part = piece.subarray(0, count - have);
      taken.set(part, have);
      have += part.length;
      this.putBack(piece.subarray(part.length));
    }
    return taken.subarray(0, have);
  }

  /** At least `count` of the next bytes, or all that are left; they are not used by that. */
  async peek(count: number): Promise<Uint8Array> {
    let bytes: Uint8Array = new Uint8Array(0);
    for (let piece = await this.next(); piece !== null; piece = await this.next()) {
      bytes = bytes.length === 0 ? piece : concatBytes([bytes, piece]);
      if (bytes.length >= count) break;
    }
    this.putBack(bytes);
    return bytes;
  }

  /** Skips all up to and with the next byte of that value. False if there is none. */
  async skipPast(byte: number): Promise<boolean> {
    for (let piece = await this.next(); piece !== null; piece = await this.next()) {
      const at = piece.indexOf(byte);
      if (at < 0) continue;
      this.putBack(piece.subarray(at + 1));
      return true;
    }
    return false;
  }

  async close(): Promise<void> {
    await this.#pieces.return();
  }
}

/** Pieces of at most PIECE_BYTES; the last `endBytes` of all are one. */
async function* cutPieces(
  chunks: AsyncIterable<Uint8Array>,
  endBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let kept: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = concatBytes([kept, chunk]);
    const end = Math.max(0, bytes.length - endBytes);
    for (let at = 0; at < end; at += PIECE_BYTES) yield bytes.subarray(at, Math.min(end, at + PIECE_BYTES));
    kept = bytes.subarray(end);
  }
  if (kept.length > 0) yield kept;
}
