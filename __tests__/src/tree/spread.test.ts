import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {computeSpread} from '../../../src/tree/spread.js';

const of = (...values: readonly number[]) => Float64Array.from(values);

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
