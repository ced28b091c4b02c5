/**
 * Binary search: of the indices from `from` up to `to`, the first that is not before what is looked for; `to`
 * if all are. No index that is before may follow one that is not.
 */
export function partitionPoint(from: number, to: number, isBefore: (index: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Binary search in numbers sorted in ascending order: the last index from `from` up to `to` whose number is
 * not above `value`; from − 1 if all are.
 */
export function lastNotAbove(sorted: Float64Array, from: number, to: number, value: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
