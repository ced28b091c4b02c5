/** In a copy, ascending. */
export function sortNumbers(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** The value in the middle; of an even count the mean of both in the middle. Throws if there is none. */
export function median(values: ArrayLike<number>): number {
  return medianOfSorted(sortNumbers(values));
}

/** The median of what each of some items has. */
export function medianOf<T>(items: readonly T[], get: (item: T) => number): number {
  return median(items.map(get));
}

/** @param sorted ascending */
export function medianOfSorted(sorted: ArrayLike<number>): number {
  const {length} = sorted;
  if (length === 0) throw new RangeError('no median of no values');
  const middle = length >>> 1;
  return length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median absolute deviation: how far values are from their median, as a median. */
export function medianDeviation(values: ArrayLike<number>, center = median(values)): number {
  const distances = Float64Array.from(values);
  for (let index = 0; index < distances.length; index++)
    distances[index] = Math.abs(distances[index]! - center);
  return medianOfSorted(distances.sort());
}

/** Times this, a median deviation estimates the standard deviation of normally distributed values. */
export const DEVIATION_SCALE = 1.4826;
