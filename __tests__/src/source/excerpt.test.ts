import fc from 'fast-check';
import {expect, test} from 'vitest';
import {computeExcerpt} from '../../../src/source/excerpt.js';

test.each([
  ['in the middle', [100, 50, 9, 0], {first: 46, count: 9}],
  ['at the top', [100, 2, 9, 0], {first: 0, count: 9}],
  ['at the end', [100, 99, 9, 0], {first: 91, count: 9}],
  ['scrolled', [100, 50, 9, 3], {first: 49, count: 9}],
  ['scrolled beyond the end', [100, 50, 9, 1e9], {first: 91, count: 9}],
  ['a short file', [5, 4, 9, 0], {first: 0, count: 5}],
  ['no line', [100, -1, 9, 0], {first: 0, count: 9}],
  ['no file', [0, 3, 9, 0], {first: 0, count: 0}],
  ['no room', [100, 50, 0, 0], {first: 51, count: 0}],
] as const)('%s', (_, [total, selected, height, scroll], excerpt) => {
  expect(computeExcerpt(total, selected, height, scroll)).toEqual(excerpt);
});

test('an excerpt lies within the file, and holds the selected line unless scrolled', () => {
  fc.assert(
    fc.property(
      fc.nat(200),
      fc.nat(199),
      fc.integer({min: 1, max: 60}),
      fc.integer(),
      (total, at, height, scroll) => {
        const {first, count} = computeExcerpt(total, at, height, scroll);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(first + count).toBeLessThanOrEqual(total);
        expect(count).toBe(Math.min(total, height));
        const still = computeExcerpt(total, at, height);
        if (at < total) expect(at >= still.first && at < still.first + still.count).toBe(true);
      },
    ),
  );
});
