import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {computeQValues} from '../../../../src/query/compare/false-discovery.js';
import {referenceQValues} from '../../../helpers/reference-statistics.js';

describe('computeQValues', () => {
  it('gives what scipy.stats.false_discovery_control gives', () => {
    const qValues = [...computeQValues([0.01, 0.04, 0.03, 0.5, 0.005, 0.04])];
    const expected = [0.03, 0.048, 0.048, 0.5, 0.03, 0.048];
    expect(qValues.map(q => q.toPrecision(12))).toEqual(expected.map(q => q.toPrecision(12)));
  });

  it('leaves a single p value as it is', () => {
    expect([...computeQValues([0.02])]).toEqual([0.02]);
    expect([...computeQValues([])]).toEqual([]);
  });

  it('is the least rate at which the reference takes a p value', () => {
    const somePValues = fc.array(
      fc.integer({min: 1, max: 100}).map(value => value / 100),
      {maxLength: 20},
    );
    fc.assert(
      fc.property(somePValues, pValues => {
        const qValues = computeQValues(pValues);
        referenceQValues(pValues).forEach((expected, index) => {
          expect(qValues[index]).toBeCloseTo(expected, 12);
        });
      }),
    );
  });
});
