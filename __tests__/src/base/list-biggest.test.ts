import {expect, test} from 'vitest';
import {listBiggest} from '../../../src/base/list-biggest.js';

const values = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5);

test.each([0, 1, 2, 3, 4, 5, 8, 11, 12, Infinity])('the %d biggest, equals in their order', most => {
  const sorted = [...values.keys()].sort((a, b) => values[b]! - values[a]!);
  expect([...listBiggest(values, most)]).toEqual(sorted.slice(0, most));
});

test('of nothing', () => expect([...listBiggest(new Float64Array(0), 5)]).toEqual([]));
