const BLOCK_BYTES = 1 << 20;

/**
 * Bytes in the order in which they were added, in blocks, so that many small pieces take no more memory than
 * a few large ones.
 */
export class ByteBlocks {
  length = 0;
  #blocks: Uint8Array[] = [];

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const used = this.length % BLOCK_BYTES;
      if (used === 0) this.#blocks.push(new Uint8Array(BLOCK_BYTES));
      const piece = bytes.subarray(at, at + BLOCK_BYTES - used);
      this.#blocks.at(-1)!.set(piece, used);
      this.length += piece.length;
      at += piece.length;
    }
  }

  *list(): Generator<Uint8Array> {
    for (const [index, block] of this.#blocks.entries()) {
      yield block.subarray(0, Math.min(BLOCK_BYTES, this.length - index * BLOCK_BYTES));
    }
  }

  clear(): void {
    this.#blocks = [];
    this.length = 0;
  }
}
