/**
 * Binary search: of the places from `from` up to `to`, the first that is not before what is looked for; `to` if all are.
 * No place that is before may follow one that is not.
 */
export function partitionPoint(from: number, to: number, isBefore: (place: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
