/** The indices of the `count` biggest values, biggest first; equals in the order of their indices. */
export function listBiggest(values: Float64Array, count: number): Uint32Array {
  const limit = count < values.length ? findLimit(values, count) : -Infinity;
  const chosen = new Uint32Array(Math.min(count, values.length));
  let length = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > limit) chosen[length++] = i;
  for (let i = 0; length < chosen.length; i++) if (values[i] === limit) chosen[length++] = i;
  return sortWithKeys(chosen, values) ?? chosen.sort((a, b) => values[b]! - values[a]! || a - b);
}

/** The biggest value that is not among the `count` biggest ones, or is equal to the last of them. */
function findLimit(values: Float64Array, count: number): number {
  if (count === 0) return Infinity;
  return values.slice().sort()[values.length - count]!;
}

/**
 * Sorts by one number that has both the value and the index, which is many times faster than with a function that compares.
 * Null where no number can have both exactly: values have to be whole, and not large.
 */
function sortWithKeys(chosen: Uint32Array, values: Float64Array): Uint32Array | null {
  const scale = values.length;
  const keys = new Float64Array(chosen.length);
  for (let i = 0; i < chosen.length; i++) {
    const index = chosen[i]!;
    const value = values[index]!;
    const key = (value + 1) * scale - index;
    if (value < 0 || !Number.isSafeInteger(value) || key > Number.MAX_SAFE_INTEGER) return null;
    keys[i] = key;
  }
  keys.sort();
  for (let i = 0; i < keys.length; i++) {
    // The remainder is exact, a quotient would not be.
    chosen[i] = (scale - (keys[keys.length - 1 - i]! % scale)) % scale;
  }
  return chosen;
}
