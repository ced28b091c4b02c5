import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {sortNumbers} from '../../../../src/base/median.js';
import {areSeparated, createRankTest} from '../../../../src/query/compare/rank-test.js';
import {referenceRankTest} from '../../../helpers/reference-statistics.js';

function testRanks(first: readonly number[], second: readonly number[]): number {
  return createRankTest(first.length, second.length)(sortNumbers(first), sortNumbers(second));
}

const range = (count: number, step: number, from: number): readonly number[] =>
  Array.from({length: count}, (_, index) => from + index * step);

/** `top` decides how many values are equal. */
const samples = (top: number) => {
  const sample = fc.array(fc.integer({min: 0, max: top}), {minLength: 1, maxLength: 6});
  return fc.tuple(sample, sample);
};

describe('createRankTest', () => {
  it.each([
    [range(5, 1, 1), range(5, 1, 6), 2 / 252],
    [[19, 22, 16, 29, 24], [20, 11, 17, 12], 0.1111111111111111],
    [[1, 3, 5, 7], [2, 4, 6, 8], 0.6857142857142857],
    [[1.5, 2.5, 9, 12, 3, 4, 20], [1, 10, 11, 13, 14, 15, 16, 17], 0.1892773892773893],
    [range(40, 2, 0), range(40, 2, 21), 0.0003503282572655932],
    [range(40, 2, 0), range(40, 2, 41.5), 2.2766697912011246e-10],
  ])('gives the exact p value of scipy.stats.mannwhitneyu: %#', (first, second, expected) => {
    const pValue = testRanks(first, second);
    expect(Math.abs(pValue / expected - 1)).toBeLessThan(1e-10);
  });

  it.each([1, 3, 8, 1000])('counts as the reference does: values up to %d', top => {
    fc.assert(
      fc.property(samples(top), ([first, second]) => {
        const expected = referenceRankTest(first, second);
        expect(testRanks(first, second)).toBeCloseTo(expected, 12);
        expect(testRanks(second, first)).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('keeps the samples of one test apart', () => {
    const test = createRankTest(3, 3);
    const sample = fc.array(fc.integer({min: 0, max: 4}), {minLength: 3, maxLength: 3});
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const pValue = test(sortNumbers(first), sortNumbers(second));
        expect(pValue).toBeCloseTo(referenceRankTest(first, second), 12);
      }),
    );
  });

  it('finds nothing where all values are equal', () => {
    expect(testRanks([4, 4, 4, 4], [4, 4, 4, 4])).toBe(1);
    const many = new Array<number>(60).fill(4);
    expect(testRanks(many, many)).toBe(1);
  });

  it('approximates large samples as scipy does', () => {
    const first = Array.from({length: 60}, (_, index) => (index * 7) % 50);
    const second = Array.from({length: 50}, (_, index) => ((index * 11) % 50) + 8);
    expect(Math.abs(testRanks(first, second) / 0.004956873549055891 - 1)).toBeLessThan(1e-6);
  });

  it('has a p value for thousands of values that do not overlap', () => {
    expect(testRanks(range(2000, 1, 0), range(2000, 1, 5000))).toBe(0);
    expect(testRanks(range(100, 1, 0), range(100, 1, 100))).toBeCloseTo(2 / 9.05e58, 60);
  });
});

describe('areSeparated', () => {
  it('is true where one sample is below the other', () => {
    expect(areSeparated([1, 2], [3])).toBe(true);
    expect(areSeparated([3], [1, 2])).toBe(true);
  });

  it('is false where they touch', () => {
    expect(areSeparated([1, 2], [2, 3])).toBe(false);
    expect(areSeparated([2], [1, 3])).toBe(false);
  });
});
