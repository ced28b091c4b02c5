/** Thrown when a result would take more of V8's heap than there is room for. */
class HeapBudgetExceeded extends Error {}

/** What an entry of an array, the header of a string and its slots in tables take at most, in bytes. */
const BYTES_PER_STRING = 64;
/** A thread is an object, and its label is a key in tables as well. */
const BYTES_PER_THREAD = 300;
/** Its entries in lists while the tree is built; its columns are not on the heap. */
export const BYTES_PER_LOCATION = 64;

/**
 * Counts what a result takes of V8's heap. V8 ends the process when its heap is full, which cannot be caught:
 * so it is counted beforehand.
 */
export class HeapBudget {
  #leftBytes: number;

  constructor(bytes: number) {
    this.#leftBytes = bytes;
  }

  spend(bytes: number): void {
    this.#leftBytes -= bytes;
    if (this.#leftBytes < 0) throw new HeapBudgetExceeded('the result takes too much memory');
  }

  /** @param textBytes how long it is in UTF-8 */
  spendString(text: string, textBytes: number): void {
    // A string with any letter beyond Latin-1 has two bytes for each.
    this.spend(BYTES_PER_STRING + (text.length === textBytes ? 1 : 2) * text.length);
  }

  spendThread(label: string): void {
    this.spend(BYTES_PER_THREAD + 2 * label.length);
  }
}

/** Makes a result if there is room for all of it, else null. @param make throws what `HeapBudget` throws where there is not enough */
export function makeIfRoom<T>(budgetBytes: number, make: (budget: HeapBudget) => T): T | null {
  try {
    return make(new HeapBudget(budgetBytes));
  } catch (error) {
    if (!(error instanceof HeapBudgetExceeded)) throw error;
    return null;
  }
}

/**
 * Makes a result of up to `maxLocations` locations, or of as many of the biggest as there is room for.
 * @param make throws what `HeapBudget` throws where there is not enough
 */
export function makeWithin<T>(
  budgetBytes: number,
  maxLocations: number,
  make: (maxLocations: number, budget: HeapBudget) => T,
): T {
  for (
    let count = Math.min(maxLocations, Math.floor(budgetBytes / BYTES_PER_LOCATION));
    ;
    count = Math.floor(count / 2)
  ) {
    try {
      return make(count, new HeapBudget(budgetBytes));
    } catch (error) {
      if (!(error instanceof HeapBudgetExceeded) || count === 0) throw error;
    }
  }
}
