import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {median, medianDeviation} from '../../../src/base/median.js';
import {referenceDeviation, referenceMedian} from '../../helpers/reference-statistics.js';

const someValues = fc.array(fc.integer({min: -1e9, max: 1e9}), {minLength: 1, maxLength: 30});

describe('median', () => {
  it('is the value in the middle, or the mean of two', () => {
    expect(median([3, 100, 1])).toBe(3);
    expect(median([10, 9, 2, 1])).toBe(5.5);
    expect(median([7])).toBe(7);
  });

  it('orders values as numbers', () => {
    expect(median([9, 10, 100])).toBe(10);
  });

  it('takes no empty samples', () => {
    expect(() => median([])).toThrow(RangeError);
    expect(() => medianDeviation([])).toThrow(RangeError);
  });

  it('is that of the reference, and leaves its input alone', () => {
    fc.assert(
      fc.property(someValues, values => {
        const before = [...values];
        expect(median(values)).toBe(referenceMedian(values));
        expect(medianDeviation(values)).toBe(referenceDeviation(values));
        expect(values).toEqual(before);
      }),
    );
  });
});

describe('medianDeviation', () => {
  it('does not see one odd value', () => {
    expect(medianDeviation([1, 1, 2, 2, 4, 6, 9])).toBe(1);
    expect(medianDeviation([5, 5, 5, 1e9])).toBe(0);
  });
});
