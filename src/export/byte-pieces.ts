const PIECE_BYTES = 2 ** 18;

/** Joins small pieces of UTF-8 to large ones, so that each write is worth its cost. */
export class BytePieces {
  #bytes = Buffer.allocUnsafe(PIECE_BYTES);
  #length = 0;
  readonly #full: Uint8Array[] = [];

  add(bytes: Uint8Array): void {
    if (this.#length + bytes.length > PIECE_BYTES) this.#flush();
    if (bytes.length > PIECE_BYTES) {
      this.#full.push(bytes.slice());
      return;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  addText(text: string): void {
    // At most three bytes a character.
    if (this.#length + 3 * text.length > PIECE_BYTES) this.#flush();
    if (3 * text.length > PIECE_BYTES) this.#full.push(Buffer.from(text, 'utf8'));
    else this.#length += this.#bytes.write(text, this.#length, 'utf8');
  }

  /** The pieces that are complete. */
  takeFull(): readonly Uint8Array[] {
    return this.#full.length === 0 ? NONE : this.#full.splice(0);
  }

  /** All that is left. */
  takeRest(): readonly Uint8Array[] {
    this.#flush();
    return this.#full.splice(0);
  }

  #flush(): void {
    if (this.#length === 0) return;
    this.#full.push(this.#bytes.subarray(0, this.#length));
    this.#bytes = Buffer.allocUnsafe(PIECE_BYTES);
    this.#length = 0;
  }
}

const NONE: readonly Uint8Array[] = [];
