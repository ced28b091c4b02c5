import {encodeText} from '../base/bytes.js';
import type {CoreExports} from '../core/core.js';

/** A power of two. */
const CACHE_SLOTS = 1024;

/** Texts that the core keeps, each under a number from 1 on; decoded when they are asked for. */
export class KeptTexts {
  readonly #core: CoreExports;
  readonly #decoder = new TextDecoder('utf-8', {ignoreBOM: true});
  /**
   * The texts that were asked for lately, by their numbers modulo the size: most functions share their file
   * with others.
   */
  readonly #cachedIds = new Uint32Array(CACHE_SLOTS);
  readonly #cached = new Array<string>(CACHE_SLOTS).fill('');

  constructor(core: CoreExports) {
    this.#core = core;
  }

  /** Of number 0: "". */
  get(id: number): string {
    if (id === 0) return '';
    const slot = id & (CACHE_SLOTS - 1);
    if (this.#cachedIds[slot] !== id) {
      const at = this.#core.textAt(id) >>> 0;
      const byteCount = this.#core.textBytes(id);
      const bytes = new Uint8Array(this.#core.memory.buffer, at, byteCount);
      this.#cached[slot] = this.#decoder.decode(bytes);
      this.#cachedIds[slot] = id;
    }
    return this.#cached[slot]!;
  }

  /** In UTF-8, or whatever the capture has instead. */
  getByteLength(id: number): number {
    return id === 0 ? 0 : this.#core.textBytes(id);
  }

  /** The number of a text; 0 when the core's memory has ended. */
  keep(text: string): number {
    const bytes = encodeText(text);
    return this.putInScratch([bytes]) === 0 ? 0 : this.#core.keepText(bytes.length);
  }

  /**
   * Puts bytes where the core takes definitions and texts from, one piece after the other, and leaves room
   * for more. Returns where they are; 0 when the core's memory has ended.
   */
  putInScratch(pieces: readonly Uint8Array[], moreBytes = 0): number {
    const length = pieces.reduce((sum, piece) => sum + piece.length, moreBytes);
    const start = this.#core.reserveScratch(length) >>> 0;
    let at = start;
    if (start === 0) return 0;
    for (const piece of pieces) {
      this.putAt(at, piece);
      at += piece.length;
    }
    return start;
  }

  /** Puts more bytes where room was left for them. */
  putAt(at: number, piece: Uint8Array): void {
    new Uint8Array(this.#core.memory.buffer).set(piece, at);
  }
}
