import {expect, test, vi} from 'vitest';
import {NumberMap} from '../../../src/base/number-map.js';

test('keeps a value for each key, the latest one', () => {
  const map = new NumberMap();
  const expected = new Map<number, number>();
  for (let i = 0; i < 5000; i++) {
    // Small and large keys, multiples of large powers of two among them.
    const key = i % 3 === 0 ? i : i % 3 === 1 ? i * 2 ** 32 : i * 2 ** 40 + 7;
    map.set(key, i - 100);
    expected.set(key, i - 100);
  }
  map.set(0, 77);
  expected.set(0, 77);
  for (const [key, value] of expected) expect(map.get(key)).toBe(value);
  expect(map.get(1)).toBeUndefined();
  expect(map.get(2 ** 52)).toBeUndefined();
});

test('each map has a seed of its own, which no file can know', () => {
  const random = vi.spyOn(Math, 'random');
  for (const map of [new NumberMap(), new NumberMap()]) map.set(1, 2);
  expect(random).toHaveBeenCalledTimes(2);
  random.mockRestore();
});
