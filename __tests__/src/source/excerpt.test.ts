import fc from 'fast-check';
import {expect, test} from 'vitest';
import {computeExcerpt} from '../../../src/source/excerpt.js';

test.each([
  ['in the middle', [100, 50, 9], {first: 46, count: 9}],
  ['at the top', [100, 2, 9], {first: 0, count: 9}],
  ['at the end', [100, 99, 9], {first: 91, count: 9}],
  ['a short file', [5, 4, 9], {first: 0, count: 5}],
  ['no line', [100, -1, 9], {first: 0, count: 9}],
  ['no file', [0, 3, 9], {first: 0, count: 0}],
  ['no room', [100, 50, 0], {first: 51, count: 0}],
] as const)('%s', (_, [total, selected, height], excerpt) => {
  expect(computeExcerpt(total, selected, height)).toEqual(excerpt);
});

test('an excerpt lies within the file, and holds the selected line', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(199), fc.integer({min: 1, max: 60}), (total, at, height) => {
      const {first, count} = computeExcerpt(total, at, height);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(first + count).toBeLessThanOrEqual(total);
      expect(count).toBe(Math.min(total, height));
      if (at < total) expect(at >= first && at < first + count).toBe(true);
    }),
  );
});
