/**
 * Benjamini–Hochberg: for each p value the smallest rate of false discoveries at which it is a discovery.
 * Whoever takes all with q ≤ 0.05 is wrong, on average, about at most 5 % of what was taken.
 * @param pValues in any order
 */
export function computeQValues(pValues: ArrayLike<number>): Float64Array {
  const count = pValues.length;
  const order = Uint32Array.from({length: count}, (_, index) => index);
  order.sort((a, b) => pValues[a]! - pValues[b]!);
  const qValues = new Float64Array(count);
  let smallest = 1;
  for (let rank = count; rank > 0; rank--) {
    const index = order[rank - 1]!;
    smallest = Math.min(smallest, (pValues[index]! * count) / rank);
    qValues[index] = smallest;
  }
  return qValues;
}
