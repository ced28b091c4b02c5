import {LruCache} from '../base/lru-cache.js';
import {type Budget, BYTES_PER_STEP, InvalidSymbolFileError, TruncatedError} from './errors.js';
import type {ByteFile} from './open-file.js';

/** The bytes of a section, of which only those are read that are asked for. */
export interface Section {
  readonly size: number;
  /** Exactly these bytes. Throws InvalidSymbolFileError if the section does not hold all of them. */
  read(offset: number, length: number): Uint8Array;
  /**
   * Some bytes from there on: at least WINDOW_BYTES of them, or all to the section's end. Throws beyond it.
   */
  window(offset: number): Uint8Array;
}

/** What a window holds at least. */
const WINDOW_BYTES = 4096;
/**
 * How sections are read: what is read from the beginning to the end in large pages, what is read here and
 * there in small ones.
 */
export const pageBytes = {sequential: 65_536, scattered: 1024} as const;
/** Of all pages of a section. */
const KEPT_BYTES = 2 * 1024 * 1024;
/** The longest name or path that is taken for one. */
const MAX_STRING_BYTES = 65_536;

function checkRange(size: number, offset: number, length: number): void {
  if (!(offset >= 0 && length >= 0 && offset + length <= size))
    throw new InvalidSymbolFileError('Beyond a section');
}

export function sectionOfBytes(bytes: Uint8Array): Section {
  return {
    size: bytes.length,
    read(offset, length) {
      checkRange(bytes.length, offset, length);
      return bytes.subarray(offset, offset + length);
    },
    window(offset) {
      checkRange(bytes.length, offset, 1);
      return bytes.subarray(offset);
    },
  };
}

/** Keeps a few pages, each with so much of the next one that a window never has to be put together. */
class FileSection implements Section {
  readonly size: number;
  readonly #file: ByteFile;
  readonly #start: number;
  readonly #pageBytes: number;
  readonly #pages: LruCache<number, Uint8Array>;

  constructor(file: ByteFile, start: number, size: number, bytesOfPage: number) {
    this.#file = file;
    this.#start = start;
    this.size = size;
    this.#pageBytes = bytesOfPage;
    this.#pages = new LruCache({entries: Math.floor(KEPT_BYTES / (bytesOfPage + WINDOW_BYTES))});
  }

  read(offset: number, length: number): Uint8Array {
    checkRange(this.size, offset, length);
    return this.#file.read(this.#start + offset, length);
  }

  window(offset: number): Uint8Array {
    checkRange(this.size, offset, 1);
    const page = Math.floor(offset / this.#pageBytes);
    const from = page * this.#pageBytes;
    let bytes = this.#pages.get(page);
    if (bytes === undefined) {
      bytes = this.read(from, Math.min(this.#pageBytes + WINDOW_BYTES, this.size - from));
      this.#pages.set(page, bytes);
    }
    return bytes.subarray(offset - from);
  }
}

/** @param bytesOfPage one of `pageBytes` */
export function sectionOfFile(
  file: ByteFile,
  start: number,
  size: number,
  bytesOfPage: number = pageBytes.sequential,
): Section {
  checkRange(file.size, start, size);
  return new FileSection(file, start, size, bytesOfPage);
}

/** Names are nearly always ASCII; what is not UTF-8 gets replacement characters. */
const decoder = new TextDecoder('utf-8');

/** The zero-terminated string at an offset. Throws InvalidSymbolFileError if there is none. */
export function readString(section: Section, offset: number): string {
  let bytes = section.window(offset);
  let end = bytes.indexOf(0);
  if (end < 0) {
    bytes = section.read(offset, Math.min(MAX_STRING_BYTES, section.size - offset));
    end = bytes.indexOf(0);
    if (end < 0) throw new InvalidSymbolFileError('A name without an end');
  }
  return decoder.decode(bytes.subarray(0, end));
}

/** Nothing that is parsed in one piece is longer. */
const MAX_PIECE_BYTES = 16 * 1024 * 1024;

/**
 * Parses what begins at an offset and whose length is known only when it has been parsed: with a window
 * first, then with more and more of the section. Throws InvalidSymbolFileError.
 */
export function parseGrowing<T>(
  section: Section,
  offset: number,
  budget: Budget,
  parse: (bytes: Uint8Array) => T,
): T {
  let bytes = section.window(offset);
  for (;;) {
    try {
      return parse(bytes);
    } catch (error) {
      if (!(error instanceof TruncatedError)) throw error;
      const maxBytes = Math.min(MAX_PIECE_BYTES, section.size - offset);
      // Not TruncatedError: that would make whoever called for this parse more as well.
      if (bytes.length >= maxBytes) throw new InvalidSymbolFileError('A piece without an end');
      bytes = section.read(offset, Math.min(maxBytes, bytes.length * 8));
      budget.spend(bytes.length / BYTES_PER_STEP);
    }
  }
}
