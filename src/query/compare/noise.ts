import {computeDeviation, computeMedian, TO_DEVIATION} from '../../base/median.js';
import {computeFalseDiscovery} from './false-discovery.js';
import {computeRankProbability} from './rank-test.js';

/** The values of the nodes of a tree in several captures. */
export interface SampledNodes {
  readonly length: number;
  readonly depth: Int32Array;
  /** The values of a node in the bases, and in what is compared with them. Valid until the next call. */
  getBase(node: number): Float64Array;
  getCompared(node: number): Float64Array;
}

export interface ChangedNodes {
  /** 1 for nodes that differ by more than noise. */
  readonly isChanged: Uint8Array;
  /** There are too few captures for a test: nodes differ if the two sides do not overlap. */
  readonly hasFewRuns: boolean;
}

const DEVIATIONS = 3;
const LEAST_BYTES = 4096;
/** From so many captures of each side on the rank test can find anything at all. */
const LEAST_RUNS = 4;
const MAX_FALSE = 0.05;

/**
 * Which nodes differ by more than the captures of one side differ among themselves: the difference of the medians is
 * greater than three standard deviations of the noisier side (estimated by the median absolute deviation) and 4 KiB.
 * With four captures a side or more, a rank test has to agree. As many nodes of a level are tested, its result is
 * corrected (`false-discovery.ts`), over the nodes of a level that pass the first condition: with 5 + 5 captures the
 * test gives 2/252 at least, so over hundreds of nodes that do not differ nothing could ever be found.
 * With fewer captures, the ranges of both sides must not overlap.
 */
export function findChanges(nodes: SampledNodes, bases: number, compared: number): ChangedNodes {
  const hasFewRuns = Math.min(bases, compared) < LEAST_RUNS;
  const isChanged = new Uint8Array(nodes.length);
  const candidates: number[] = [];
  for (let node = 0; node < nodes.length; node++) if (isBeyondNoise(nodes, node)) candidates.push(node);
  if (hasFewRuns) {
    for (const node of candidates)
      if (areApart(nodes.getBase(node), nodes.getCompared(node))) isChanged[node] = 1;
    return {isChanged, hasFewRuns};
  }
  for (const level of groupByDepth(candidates, nodes.depth)) {
    const probabilities = level.map(node =>
      computeRankProbability(nodes.getBase(node).slice(), nodes.getCompared(node)),
    );
    computeFalseDiscovery(probabilities).forEach((rate, index) => {
      if (rate <= MAX_FALSE) isChanged[level[index]!] = 1;
    });
  }
  return {isChanged, hasFewRuns};
}

function isBeyondNoise(nodes: SampledNodes, node: number): boolean {
  const [base, compared] = [nodes.getBase(node).slice(), nodes.getCompared(node).slice()];
  const [baseMedian, comparedMedian] = [computeMedian(base), computeMedian(compared)];
  const difference = Math.abs(comparedMedian - baseMedian);
  // Most nodes are the same in all captures.
  if (difference <= LEAST_BYTES) return false;
  const noise = Math.max(computeDeviation(base, baseMedian), computeDeviation(compared, comparedMedian));
  return difference > DEVIATIONS * TO_DEVIATION * noise + LEAST_BYTES;
}

function areApart(a: Float64Array, b: Float64Array): boolean {
  return Math.min(...a) > Math.max(...b) || Math.min(...b) > Math.max(...a);
}

function groupByDepth(nodes: readonly number[], depth: Int32Array): Iterable<readonly number[]> {
  const levels = new Map<number, number[]>();
  for (const node of nodes) {
    const level = levels.get(depth[node]!) ?? [];
    levels.set(depth[node]!, level);
    level.push(node);
  }
  return levels.values();
}
