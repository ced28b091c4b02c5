import fc from 'fast-check';
import {expect, test} from 'vitest';
import {listBiggest} from '../../../src/base/list-biggest.js';

const values = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5);

test.each([0, 1, 2, 3, 4, 5, 8, 11, 12, Infinity])('the %d biggest, equals in their order', most => {
  const sorted = [...values.keys()].sort((a, b) => values[b]! - values[a]!);
  expect([...listBiggest(values, most)]).toEqual(sorted.slice(0, most));
});

test('of nothing', () => expect([...listBiggest(new Float64Array(0), 5)]).toEqual([]));

test('of any values, whole or not, small or large, below zero or not', () => {
  const value = fc.oneof(
    fc.nat(5),
    fc.integer({min: -3, max: 3}),
    fc.maxSafeNat(),
    fc.double({noNaN: true}),
    fc.constantFrom(2 ** 50, 2 ** 53, 2 ** 60, Infinity),
  );
  fc.assert(
    fc.property(fc.array(value), list => {
      const among = Float64Array.from(list);
      const sorted = [...among.keys()].sort((a, b) => compare(among[b]!, among[a]!));
      expect([...listBiggest(among, list.length)]).toEqual(sorted);
    }),
  );
});

/** Also of infinite values, whose difference is not a number. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
