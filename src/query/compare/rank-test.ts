import {LruCache} from '../../base/lru-cache.js';
import {complementaryError} from './complementary-error.js';

/** Two-sided p value of two samples, both ascending. */
export type RankTest = (first: ArrayLike<number>, second: ArrayLike<number>) => number;

/**
 * The rank test of Mann and Whitney for samples of these sizes: how likely ranks at least as uneven are if
 * both samples come from one distribution. Equal values share the mean of their ranks. Exact up to 40 against
 * 40 values; beyond that exact for samples that do not overlap, and approximated by the normal distribution
 * for all others.
 *
 * It is twice the smaller tail: with ties, ranks are not distributed symmetrically, and so neither tail
 * counts for less.
 */
export function createRankTest(firstCount: number, secondCount: number): RankTest {
  const isExact = firstCount * secondCount <= MAX_EXACT_PAIRS;
  const separated = Math.min(1, 2 / countSubsets(firstCount + secondCount, firstCount));
  // What the p values depend on is how many values are equal, not the values themselves.
  const known = new LruCache<string, Float64Array>({entries: 4096, cost: MAX_KNOWN_SUMS});
  return (first, second) => {
    if (areSeparated(first, second)) return separated;
    const ranks = rankBoth(first, second);
    if (!isExact) return approximate(ranks);
    const key = ranks.ties.join();
    let pValues = known.get(key);
    if (pValues === undefined) {
      pValues = computePValues(ranks);
      known.set(key, pValues, pValues.length);
    }
    return pValues[ranks.sum]!;
  };
}

/** The sizes of two samples, multiplied. */
const MAX_EXACT_PAIRS = 40 * 40;
/** 16 MB of numbers. */
const MAX_KNOWN_SUMS = 2 ** 21;

/** Whether all values of one sample are below all of the other. @param first,second ascending */
export function areSeparated(first: ArrayLike<number>, second: ArrayLike<number>): boolean {
  return first[first.length - 1]! < second[0]! || second[second.length - 1]! < first[0]!;
}

/** Ranks of both samples together. All are doubled, so that the mean rank of equal values is an integer. */
interface Ranks {
  /** How many values are equal, from the smallest values to the largest; all 1 where no two are equal. */
  readonly ties: readonly number[];
  /** How many values the smaller sample has. */
  readonly smaller: number;
  readonly total: number;
  /** Doubled ranks of the smaller sample, added up. */
  readonly sum: number;
}

function rankBoth(first: ArrayLike<number>, second: ArrayLike<number>): Ranks {
  const [small, large] = first.length <= second.length ? [first, second] : [second, first];
  const total = small.length + large.length;
  const ties: number[] = [];
  let [inSmall, inLarge, sum] = [0, 0, 0];
  while (inSmall + inLarge < total) {
    const before = inSmall + inLarge;
    const value = Math.min(small[inSmall] ?? Infinity, large[inLarge] ?? Infinity);
    const smallBefore = inSmall;
    while (inSmall < small.length && small[inSmall] === value) inSmall++;
    while (inLarge < large.length && large[inLarge] === value) inLarge++;
    const tied = inSmall + inLarge - before;
    sum += (inSmall - smallBefore) * doubledRank(before, tied);
    ties.push(tied);
  }
  return {ties, smaller: small.length, total, sum};
}

/** Of values that are equal: ranks count from 1. */
function doubledRank(before: number, tied: number): number {
  return 2 * before + tied + 1;
}

/** The p value of each sum of doubled ranks. */
function computePValues(ranks: Ranks): Float64Array {
  const counts = countSums(ranks);
  const all = countSubsets(ranks.total, ranks.smaller);
  const pValues = new Float64Array(counts.length);
  for (let sum = 0, below = 0; sum < counts.length; sum++) {
    below += counts[sum]!;
    pValues[sum] = below;
  }
  // Each tail is added up from its own end: 1 minus the other one would lose the digits of a small tail.
  for (let sum = counts.length - 1, above = 0; sum >= 0; sum--) {
    above += counts[sum]!;
    pValues[sum] = Math.min(1, (2 * Math.min(pValues[sum]!, above)) / all);
  }
  return pValues;
}

/** In how many ways the smaller sample can have each sum of doubled ranks. */
function countSums({ties, smaller, total}: Ranks): Float64Array {
  const ranks = listRanks(ties, total);
  // Sums of the first ranks: `before[n]` is the least sum of n ranks.
  const before = new Float64Array(total + 1);
  for (let index = 0; index < total; index++) before[index + 1] = before[index]! + ranks[index]!;
  const width = before[total]! - before[total - smaller]! + 1;
  // A row for each number of values chosen so far.
  const counts = new Float64Array((smaller + 1) * width);
  counts[0] = 1;
  for (let seen = 0; seen < total; seen++) {
    const rank = ranks[seen]!;
    // With fewer than `least` the values that are left would not be enough.
    const least = Math.max(1, smaller - (total - seen - 1));
    for (let chosen = Math.min(seen + 1, smaller); chosen >= least; chosen--) {
      const [from, to] = [(chosen - 1) * width, chosen * width + rank];
      const largest = before[seen]! - before[seen - chosen + 1]!;
      for (let sum = before[chosen - 1]!; sum <= largest; sum++) counts[to + sum]! += counts[from + sum]!;
    }
  }
  return counts.slice(smaller * width);
}

/** The doubled ranks of all values, ascending. */
function listRanks(ties: readonly number[], total: number): Float64Array {
  const ranks = new Float64Array(total);
  let seen = 0;
  for (const tied of ties) {
    ranks.fill(doubledRank(seen, tied), seen, seen + tied);
    seen += tied;
  }
  return ranks;
}

/** The binomial coefficient; Infinity where a number cannot hold it. */
function countSubsets(total: number, chosen: number): number {
  let subsets = 1;
  for (let index = 1; index <= Math.min(chosen, total - chosen); index++)
    subsets = (subsets * (total - index + 1)) / index;
  return Math.round(subsets);
}

/** By the normal distribution, with correction for ties and for continuity. */
function approximate({ties, smaller, total, sum}: Ranks): number {
  const tied = ties.reduce((cubes, count) => cubes + count ** 3 - count, 0);
  const pairs = smaller * (total - smaller);
  const variance = (pairs / 12) * (total + 1 - tied / (total * (total - 1)));
  const distance = Math.abs(sum / 2 - (smaller * (total + 1)) / 2) - 0.5;
  return variance === 0 || distance <= 0 ? 1 : complementaryError(distance / Math.sqrt(2 * variance));
}
