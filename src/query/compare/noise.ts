import {DEVIATION_SCALE, medianDeviation, medianOfSorted} from '../../base/median.js';
import {computeQValues} from './false-discovery.js';
import {areSeparated, createRankTest} from './rank-test.js';

/** Nodes of one tree that stands for several runs of a program. */
export interface RunNodes {
  /** How deep each node is; as long as there are nodes. */
  readonly depth: ArrayLike<number>;
  readonly baseRuns: number;
  readonly newRuns: number;
  /**
   * Writes the values of a node into `values`: first those of the base runs, then those of the new ones. It
   * holds zeros, which stay for the runs that do not have the node.
   */
  readonly readValues: (node: number, values: Float64Array) => void;
}

/** What differs between two sides, beyond the noise of their runs. */
export interface Changes {
  /** 1 for each node that has changed. */
  readonly isChanged: Uint8Array;
  /** The median of the new runs minus that of the base runs. */
  readonly difference: Float64Array;
  /** 1 for each node that has not changed by the test alone: every run of one side holds more than all of the other. */
  readonly isUndecided: Uint8Array;
  /** How many nodes passed the first condition, and were tested. */
  readonly tested: number;
  /** One side has too few runs for a test: changed are nodes whose ranges do not overlap. */
  readonly hasFewRuns: boolean;
}

/**
 * Which nodes have changed: those whose medians differ by more than the noise of their runs, and whose values
 * the rank test finds to be different. A node changes by its own values, whatever happens to its children.
 * Null for one run against one, which says nothing about noise.
 */
export function findChanges(nodes: RunNodes): Changes | null {
  const {baseRuns, newRuns} = nodes;
  if (baseRuns < 1 || newRuns < 1) throw new RangeError('each side needs a run');
  if (baseRuns === 1 && newRuns === 1) return null;
  const hasFewRuns = Math.min(baseRuns, newRuns) < MIN_TESTED_RUNS;
  const {difference, candidates} = findCandidates(nodes, hasFewRuns);
  const isChanged = new Uint8Array(difference.length);
  for (const node of hasFewRuns ? candidates.nodes : listDiscoveries(nodes, candidates)) isChanged[node] = 1;
  const isUndecided = new Uint8Array(difference.length);
  for (const node of candidates.separated) isUndecided[node] = 1 - isChanged[node]!;
  return {isChanged, isUndecided, tested: candidates.nodes.length, difference, hasFewRuns};
}

/** With fewer runs a side the rank test cannot find anything. */
export const MIN_TESTED_RUNS = 4;
/** The least difference of medians, in standard deviations of the noisier side, and beside that in bytes. */
const MIN_DEVIATIONS = 3;
const MIN_BYTES = 4096;
const MAX_FALSE_RATE = 0.05;

/** Nodes whose medians differ by more than the noise, and their p values; of few runs 0 or nothing. */
interface Candidates {
  readonly nodes: readonly number[];
  readonly pValues: readonly number[];
  /** Those of them whose two sides do not overlap. */
  readonly separated: readonly number[];
}

function findCandidates(
  {depth, baseRuns, newRuns, readValues}: RunNodes,
  hasFewRuns: boolean,
): {readonly difference: Float64Array; readonly candidates: Candidates} {
  const values = new Float64Array(baseRuns + newRuns);
  const [base, next] = [values.subarray(0, baseRuns), values.subarray(baseRuns)];
  const testRanks = createRankTest(baseRuns, newRuns);
  const difference = new Float64Array(depth.length);
  const [nodes, pValues, separated]: [number[], number[], number[]] = [[], [], []];
  for (let node = 0; node < depth.length; node++) {
    values.fill(0);
    readValues(node, values);
    base.sort();
    next.sort();
    difference[node] = medianOfSorted(next) - medianOfSorted(base);
    if (!exceedsNoise(difference[node]!, base, next)) continue;
    const isSeparated = areSeparated(base, next);
    if (hasFewRuns && !isSeparated) continue;
    if (isSeparated) separated.push(node);
    nodes.push(node);
    pValues.push(hasFewRuns ? 0 : testRanks(base, next));
  }
  return {difference, candidates: {nodes, pValues, separated}};
}

/** @param base,next ascending */
function exceedsNoise(difference: number, base: Float64Array, next: Float64Array): boolean {
  // Most nodes are the same in all runs: they need no deviation.
  if (Math.abs(difference) <= MIN_BYTES) return false;
  const noise = Math.max(
    medianDeviation(base, medianOfSorted(base)),
    medianDeviation(next, medianOfSorted(next)),
  );
  return Math.abs(difference) > MIN_DEVIATIONS * DEVIATION_SCALE * noise + MIN_BYTES;
}

/**
 * The candidates of each level whose p values stay small when it is considered how many were tested.
 *
 * Only the candidates of a level count as tested, not all its nodes. The smallest p value of 5 against 5 runs
 * is 2 : 252. Among more than six nodes that would never be enough for one that has changed alone: it would
 * have to be below 0.05 divided by the number of nodes. Candidates are chosen by the values that are then
 * tested, so their p values are smaller than chance would make them, and the rate of false discoveries is not
 * guaranteed. What keeps it low is the first condition: few nodes whose runs differ by noise alone pass it.
 * The test then removes those that jump between a few sizes, whose median deviation is often 0. `npm run
 * noise` measures both together.
 */
function listDiscoveries({depth}: RunNodes, {nodes, pValues}: Candidates): readonly number[] {
  const levels = Map.groupBy(nodes.keys(), index => depth[nodes[index]!]!);
  return [...levels.values()].flatMap(level => {
    const qValues = computeQValues(level.map(index => pValues[index]!));
    return level.filter((_, rank) => qValues[rank]! <= MAX_FALSE_RATE).map(index => nodes[index]!);
  });
}
