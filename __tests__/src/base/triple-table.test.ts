import {expect, test} from 'vitest';
import {TripleTable} from '../../../src/base/triple-table.js';

test('equal triples have the same number, numbers run in the order in which they come', () => {
  const table = new TripleTable();
  const known = new Map<string, number>();
  for (let i = 0; i < 5000; i++) {
    const triple = [i % 7, (i * 31) % 100, i % 3 === 0 ? 2 ** 40 + (i % 50) : i % 50] as const;
    const key = triple.join(':');
    expect(table.get(...triple)).toBe(known.get(key) ?? -1);
    const number = table.add(...triple);
    expect(number).toBe(known.get(key) ?? known.size);
    known.set(key, number);
    expect([table.firstAt(number), table.secondAt(number), table.thirdAt(number)]).toEqual(triple);
  }
  expect(table.length).toBe(known.size);
});

test('numbers that are equal in their lower 32 bits are distinguished', () => {
  const table = new TripleTable();
  expect([0, 2 ** 32, 2 ** 52].map(value => table.add(value, value, value))).toEqual([0, 1, 2]);
  expect(table.get(2 ** 52, 2 ** 52, 0)).toBe(-1);
});
