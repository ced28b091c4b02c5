import fc from 'fast-check';
import {expect, test} from 'vitest';
import {LruCache} from '../../../src/base/lru-cache.js';

test('drops the entry that was not used for the longest time', () => {
  const cache = new LruCache<string, number>({entries: 2});
  cache.set('a', 1);
  cache.set('b', 2);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
});

test('drops entries until the rest costs no more than the limit, but never the newest', () => {
  const cache = new LruCache<string, number>({entries: 10, cost: 5});
  cache.set('a', 1, 2);
  cache.set('b', 2, 2);
  cache.set('c', 3, 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 2, 3]);
  cache.set('d', 4, 100);
  expect(cache.size).toBe(1);
  expect(cache.get('d')).toBe(4);
});

test('behaves as a list of the most recently used keys', () => {
  const step = fc.record({key: fc.nat(5), cost: fc.option(fc.nat(4), {nil: null})});
  fc.assert(
    fc.property(fc.array(step), steps => {
      const cache = new LruCache<number, number>({entries: 3, cost: 6});
      let model: {key: number; value: number; cost: number}[] = [];
      for (const [value, {key, cost}] of steps.entries()) {
        const known = model.find(entry => entry.key === key);
        model = model.filter(entry => entry.key !== key);
        if (cost === null) {
          expect(cache.get(key)).toBe(known?.value);
          if (known !== undefined) model.push(known);
          continue;
        }
        cache.set(key, value, cost);
        model.push({key, value, cost});
        const getCost = () => model.reduce((sum, entry) => sum + entry.cost, 0);
        while (model.length > 1 && (model.length > 3 || getCost() > 6)) model.shift();
      }
      expect(cache.size).toBe(model.length);
      for (const {key, value} of model) expect(cache.get(key)).toBe(value);
    }),
  );
});
