import {describe, expect, test} from 'vitest';
import {Budget, InvalidSymbolFileError} from '../../../src/symbols/errors.js';
import {sortAsLibbacktrace} from '../../../src/symbols/quick-sort.js';
import {createRandom} from '../../helpers/fuzzing/random.js';

function sort(values: readonly number[], budget = new Budget(1_000_000)): number[] {
  const order = Int32Array.from(values.keys());
  sortAsLibbacktrace(order, 0, order.length, (a, b) => values[a]! - values[b]!, budget);
  return [...order];
}

describe('the sort of libbacktrace', () => {
  test('sorts', () => {
    const random = createRandom(5);
    for (let length = 0; length < 60; length++) {
      const values = Array.from({length}, () => random.below(20));
      const sorted = sort(values).map(i => values[i]!);
      expect(sorted).toEqual([...values].sort((a, b) => a - b));
    }
  });

  test('leaves equal elements in the order that its pivots make', () => {
    expect(sort([1, 1])).toEqual([1, 0]);
    expect(sort([1, 1, 1])).toEqual([1, 2, 0]);
    expect(sort([2, 1, 1, 1])).toEqual([2, 1, 3, 0]);
  });

  test('sorts a part only', () => {
    const order = Int32Array.from([3, 2, 1, 0]);
    sortAsLibbacktrace(order, 1, 3, (a, b) => a - b, new Budget(100));
    expect([...order]).toEqual([3, 1, 2, 0]);
  });

  test('gives up where equal elements make it slow', () => {
    expect(() => sort(Array<number>(2000).fill(1), new Budget(100_000))).toThrow(InvalidSymbolFileError);
  });
});
