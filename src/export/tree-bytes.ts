/**
 * A call tree as few bytes, for the page: written here, read again in the browser.
 *   length of the JSON, JSON of `PageHead`, frames (function, file, line, flags), nodes in preorder
 * The numbers of each side of a comparison stand in the order of `SUM_NAMES`.
 * All other numbers are unsigned, 7 bits a byte, the lowest ones first; the highest bit says that more follow.
 */

/** Some lines of a source file. */
export interface PageExcerpt {
  /** Number of the first one, 1-based. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/** What stands before the columns. */
export interface PageHead {
  readonly rootName: string;
  /** Siblings are in an order of the view, not by size. */
  readonly isOrdered: boolean;
  /** How much Python mapped at once for small objects; null where that is not known. */
  readonly arenaBytes: number | null;
  readonly frameCount: number;
  readonly nodeCount: number;
  /**
   * Of how many sides a comparison nodes have numbers: 1 without a base, 2 with one; 0 of a capture by itself. A
   * capture has own numbers only, of which totals are sums. Sides have totals too, since medians do not add up and some
   * nodes are left out, and all of their numbers are twice what they are, since medians may end in a half.
   */
  readonly sideCount: number;
  /**
   * What the captures are called that are compared without a base; empty of all others. After its other numbers each
   * node has the bytes in each of them, after a 1; after a 0 the bytes that all of them have.
   */
  readonly captures: readonly string[];
  readonly strings: readonly string[];
  /** For each string that is a file its module; "" for others. */
  readonly modules: readonly string[];
  /** The source of frames, by their numbers: empty unless it was asked for. */
  readonly excerpts: readonly (readonly [number, PageExcerpt])[];
}

/** Writes numbers from 0 to 2 ** 53. */
export class NumberWriter {
  #bytes = new Uint8Array(2 ** 16);
  #length = 0;

  add(number: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow();
    let rest = number;
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  read(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

export class NumberReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  next(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.#at++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }
}
