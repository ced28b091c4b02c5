import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Column, DoubleColumn, growArray, IntColumn} from '../../../src/base/column.js';

test('holds what was pushed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({min: -(2 ** 31), max: 2 ** 31 - 1}), {maxLength: 300}), numbers => {
      const column = new IntColumn();
      for (const number of numbers) column.push(number);
      expect(column.length).toBe(numbers.length);
      expect([...column.toArray()]).toEqual(numbers);
      expect([...column.values]).toEqual(numbers);
      expect(numbers.map((_, index) => column.at(index))).toEqual(numbers);
    }),
  );
});

test('holds a value set beyond its end, with zeros before it', () => {
  const column = new Column(new Uint32Array(2));
  column.push(7);
  column.set(1000, 9);
  column.set(0, 8);
  expect(column.length).toBe(1001);
  expect([...column.toArray()].filter(value => value !== 0)).toEqual([8, 9]);
});

test('reverses its end', () => {
  const column = new IntColumn();
  for (const number of [1, 2, 3, 4]) column.push(number);
  column.reverse(1);
  expect([...column.toArray()]).toEqual([1, 4, 3, 2]);
});

test('adds to doubles, beyond its end as well', () => {
  const column = new DoubleColumn();
  column.push(2 ** 53 - 2);
  column.addTo(0, 1);
  column.addTo(1, 3);
  expect([...column.values]).toEqual([2 ** 53 - 1, 3]);
});

test('hands out copies that later values do not change', () => {
  const column = new Column(new BigUint64Array(4));
  column.push(1n);
  const copy = column.toArray();
  column.set(0, 2n);
  expect([...copy]).toEqual([1n]);
});

test('a grown array has the same type, the same values and zeros after them', () => {
  expect(growArray(new Float64Array([1, 2]), 3)).toEqual(new Float64Array([1, 2, 0]));
  expect(growArray(new Uint8Array([1]), 2)).toEqual(new Uint8Array([1, 0]));
});
