/** The statistics of src/query/compare in the plainest way; shares nothing with them. */

export function referenceMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

export function referenceDeviation(values: readonly number[]): number {
  return referenceMedian(values.map(value => Math.abs(value - referenceMedian(values))));
}

/** Counts every way to divide the values among samples of these sizes. */
export function referenceRankTest(first: readonly number[], second: readonly number[]): number {
  const all = [...first, ...second];
  const ranks = all.map(value => {
    const below = all.filter(other => other < value).length;
    return below + (all.filter(other => other === value).length + 1) / 2;
  });
  const sums = listSums(ranks, first.length);
  const observed = add(ranks.slice(0, first.length));
  const lower = sums.filter(sum => sum <= observed).length / sums.length;
  const upper = sums.filter(sum => sum >= observed).length / sums.length;
  return Math.min(1, 2 * Math.min(lower, upper));
}

/** The sums of all choices of so many ranks. */
function listSums(ranks: readonly number[], chosen: number): readonly number[] {
  if (chosen === 0) return [0];
  if (ranks.length < chosen) return [];
  const [rank, ...others] = ranks;
  return [...listSums(others, chosen - 1).map(sum => sum + rank!), ...listSums(others, chosen)];
}

/** For each p value the least rate at which some threshold takes it. */
export function referenceQValues(pValues: readonly number[]): readonly number[] {
  return pValues.map(pValue => {
    const rates = pValues
      .filter(threshold => threshold >= pValue)
      .map(threshold => (threshold * pValues.length) / pValues.filter(other => other <= threshold).length);
    return Math.min(...rates);
  });
}

/** A node and its values in the runs of both sides. */
export interface ReferenceNode {
  readonly depth: number;
  readonly base: readonly number[];
  readonly next: readonly number[];
}

/** Which nodes have changed; with fewer than four runs on a side by their ranges. */
export function referenceChanges(nodes: readonly ReferenceNode[]): readonly boolean[] {
  const isCandidate = nodes.map(({base, next}) => {
    const noise = Math.max(referenceDeviation(base), referenceDeviation(next));
    return Math.abs(referenceMedian(next) - referenceMedian(base)) > 3 * 1.4826 * noise + 4096;
  });
  return nodes.map(({depth, base, next}, index) => {
    if (!isCandidate[index]) return false;
    if (base.length < 4 || next.length < 4) {
      return Math.max(...base) < Math.min(...next) || Math.max(...next) < Math.min(...base);
    }
    const level = nodes.filter((node, other) => isCandidate[other] && node.depth === depth);
    const qValues = referenceQValues(level.map(node => referenceRankTest(node.base, node.next)));
    return qValues[level.indexOf(nodes[index]!)]! <= 0.05;
  });
}

function add(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
