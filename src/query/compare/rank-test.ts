/**
 * The probability that ranks differ as much as those of two samples, or more, if both are of one distribution: the exact
 * two-sided rank test of Wilcoxon, Mann and Whitney. Equal values share the mean of their ranks, so ranks are counted in
 * halves. With n and m values there are n + m over n ways to choose the first sample; they are counted by the sum of its
 * ranks, one value after the other.
 */
export function computeRankProbability(first: Float64Array, second: Float64Array): number {
  const ranks = rankValues(first, second);
  const size = first.length;
  const most = ranks.reduce((sum, rank) => sum + rank, 0);
  /** For each number of chosen values and each sum of ranks: in how many ways they can be chosen. */
  const ways = Array.from({length: size + 1}, () => new Float64Array(most + 1));
  ways[0]![0] = 1;
  for (const rank of ranks) {
    for (let count = size; count > 0; count--) {
      const [fewer, same] = [ways[count - 1]!, ways[count]!];
      for (let sum = most; sum >= rank; sum--) same[sum]! += fewer[sum - rank]!;
    }
  }
  const observed = ranks.subarray(0, size).reduce((sum, rank) => sum + rank, 0);
  const mean = (size * most) / ranks.length;
  const distance = Math.abs(observed - mean);
  let total = 0;
  let asFar = 0;
  ways[size]!.forEach((count, sum) => {
    total += count;
    // Sums are whole numbers and the mean a multiple of 1 / (n + m): no two different distances are so close.
    if (Math.abs(sum - mean) >= distance - 1e-9) asFar += count;
  });
  return asFar / total;
}

/** Twice the rank of each value among all, those of the first sample first. */
function rankValues(first: Float64Array, second: Float64Array): Int32Array {
  const values = Float64Array.of(...first, ...second);
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Int32Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    // The mean of the ranks from + 1 to `to`, twice.
    for (let at = from; at < to; at++) ranks[order[at]!] = from + 1 + to;
    from = to;
  }
  return ranks;
}
