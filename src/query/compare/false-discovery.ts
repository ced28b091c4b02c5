/**
 * For each probability the least share of false discoveries among all that are at most as probable (Benjamini and
 * Hochberg, 1995): what is found at q ≤ 0.05 is wrong in at most one of twenty cases.
 */
export function computeFalseDiscovery(probabilities: readonly number[]): readonly number[] {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);
  const rates = new Array<number>(probabilities.length);
  let least = 1;
  order.forEach((index, above) => {
    const rank = probabilities.length - above;
    least = Math.min(least, (probabilities[index]! * probabilities.length) / rank);
    rates[index] = least;
  });
  return rates;
}
