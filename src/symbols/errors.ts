/**
 * Debug information or an ELF file that does not hold what it says; caught inside this folder, never seen
 * outside.
 */
export class InvalidSymbolFileError extends Error {}

/** The bytes at hand end too early; more of the file may help. */
export class TruncatedError extends InvalidSymbolFileError {}

/** What reading so many bytes costs beside parsing them is one step. */
export const BYTES_PER_STEP = 16;

/** Counts work, so that no file can keep us busy for long. A step is about 20–50 ns. */
export class Budget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  /** Throws InvalidSymbolFileError when all is spent. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new InvalidSymbolFileError('Too much work');
  }

  get isSpent(): boolean {
    return this.#left < 0;
  }
}

/** The result, or what stands for it where a file is bad – or asks for more memory than a buffer may have. */
export function orElse<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidSymbolFileError || error instanceof RangeError) return otherwise;
    throw error;
  }
}
