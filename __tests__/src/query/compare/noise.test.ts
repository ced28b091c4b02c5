import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {computeDeviation, computeMedian} from '../../../../src/base/median.js';
import {computeFalseDiscovery} from '../../../../src/query/compare/false-discovery.js';
import {findChanges} from '../../../../src/query/compare/noise.js';
import {computeRankProbability} from '../../../../src/query/compare/rank-test.js';
import {computeSpread} from '../../../../src/tree/spread.js';

const of = (...values: readonly number[]) => Float64Array.from(values);

describe('median and deviation', () => {
  it('are those of the middle', () => {
    expect(computeMedian(of(9, 1, 5))).toBe(5);
    expect(computeMedian(of(9, 1, 5, 6))).toBe(5.5);
    expect(computeDeviation(of(1, 2, 3, 100), 2.5)).toBe(1);
  });
});

describe('the rank test', () => {
  /** All ways to choose the first sample, one by one. */
  function enumerate(first: readonly number[], second: readonly number[]): number {
    const values = [...first, ...second];
    const rankOf = (value: number) =>
      values.filter(other => other < value).length + (values.filter(other => other === value).length + 1) / 2;
    const ranks = values.map(rankOf);
    const mean = (first.length * (values.length + 1)) / 2;
    const sums: number[] = [];
    const choose = (at: number, left: number, sum: number): void => {
      if (left === 0) sums.push(sum);
      else if (at < values.length) {
        choose(at + 1, left - 1, sum + ranks[at]!);
        choose(at + 1, left, sum);
      }
    };
    choose(0, first.length, 0);
    const observed = ranks.slice(0, first.length).reduce((sum, rank) => sum + rank, 0);
    const isAsFar = (sum: number) => Math.abs(sum - mean) >= Math.abs(observed - mean) - 1e-9;
    return sums.filter(isAsFar).length / sums.length;
  }

  const sample = fc.array(fc.integer({min: 0, max: 6}), {minLength: 1, maxLength: 6});

  it('counts all ways to choose the first sample', () => {
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const probability = computeRankProbability(of(...first), of(...second));
        expect(probability).toBeCloseTo(enumerate(first, second), 12);
      }),
    );
  });

  // scipy.stats.mannwhitneyu(a, b, method="exact")
  it.each([
    [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 2 / 252],
    [[1, 2, 3, 4], [5, 6, 7, 8], 2 / 70],
    [[19, 22, 16, 29, 24], [20, 11, 17, 12], 0.1111111111111111],
  ])('%j and %j', (first, second, expected) => {
    expect(computeRankProbability(of(...first), of(...second))).toBeCloseTo(expected, 12);
  });
});

describe('false discoveries', () => {
  it('are corrected as by Benjamini and Hochberg', () => {
    const rates = computeFalseDiscovery([0.01, 0.02, 0.03, 0.04, 0.05]);
    for (const rate of rates) expect(rate).toBeCloseTo(0.05, 12);
    expect(computeFalseDiscovery([0.5, 0.001, 0.9])).toEqual([0.75, 0.003, 0.9]);
    expect(computeFalseDiscovery([])).toEqual([]);
  });
});

describe('changes', () => {
  /** Nodes of one level, each with its values in the bases and in what is compared. */
  function find(...rows: readonly (readonly [base: readonly number[], compared: readonly number[]])[]) {
    const nodes = {
      length: rows.length,
      depth: new Int32Array(rows.length).fill(1),
      getBase: (node: number) => of(...rows[node]![0]),
      getCompared: (node: number) => of(...rows[node]![1]),
    };
    const {isChanged, hasFewRuns} = findChanges(nodes, rows[0]![0].length, rows[0]![1].length);
    return {isChanged: [...isChanged], hasFewRuns};
  }

  const MB = 1e6;

  it('are greater than the noise of both sides', () => {
    const grown = [[1, 1, 1, 1, 1].map(n => n * MB), [3, 3, 3, 3, 3].map(n => n * MB)] as const;
    const noisy = [[1, 5, 2, 9, 4].map(n => n * MB), [5, 1, 9, 2, 7].map(n => n * MB)] as const;
    const small = [
      [0, 0, 0, 0, 0],
      [4096, 4096, 4096, 4096, 4096],
    ] as const;
    expect(find(grown, noisy, small)).toEqual({isChanged: [1, 0, 0], hasFewRuns: false});
  });

  it('are found among many nodes that do not differ', () => {
    const same = [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
    ] as const;
    const grown = [
      [0, 0, 0, 0, 0],
      [2 * MB, 2 * MB, 2 * MB, 2 * MB, 2 * MB],
    ] as const;
    const {isChanged} = find(...new Array(500).fill(same), grown);
    expect(isChanged.lastIndexOf(1)).toBe(500);
    expect(isChanged.filter(Boolean)).toHaveLength(1);
  });

  it('of few captures are ranges that do not overlap', () => {
    const apart = [[1 * MB, 1.1 * MB], [3 * MB]] as const;
    const within = [[1 * MB, 1.1 * MB], [1.05 * MB]] as const;
    expect(find(apart, within)).toEqual({isChanged: [1, 0], hasFewRuns: true});
  });
});

describe('captures that stand out', () => {
  it('hold much more than the others, and at least 1 MB more', () => {
    const values = of(10e6, 10.1e6, 9.9e6, 10e6, 25e6, 10e6, 10.2e6, 9.8e6);
    expect(computeSpread(values)).toEqual({
      median: 10e6,
      deviation: 0.1e6,
      least: 9.8e6,
      most: 25e6,
      outliers: [4],
    });
    expect(computeSpread(of(0, 0, 0, 999_999)).outliers).toEqual([]);
    expect(computeSpread(of(0, 0, 0, 1_000_000)).outliers).toEqual([3]);
  });

  it('are the same whatever the order of the captures', () => {
    const values = fc.array(fc.integer({min: 0, max: 20}), {minLength: 1, maxLength: 9});
    fc.assert(
      fc.property(values, fc.integer(), (sizes, seed) => {
        const shuffled = sizes.toSorted((a, b) => Math.sin(a * seed) - Math.sin(b * seed));
        const list = (given: readonly number[]) =>
          computeSpread(of(...given.map(size => size * 1e6))).outliers.map(index => given[index]);
        expect(list(shuffled)).toEqual(list(sizes));
      }),
    );
  });
});
