import fc from 'fast-check';
import {expect, test} from 'vitest';
import {StringTable} from '../../../src/base/string-table.js';

test('gives equal strings one number, in the order in which they come', () => {
  const table = new StringTable();
  expect(['b', 'a', 'b', '', '1', '"1', 'a'].map(text => table.add(text))).toEqual([0, 1, 0, 2, 3, 4, 1]);
  expect(table.strings).toEqual(['b', 'a', '', '1', '"1']);
  expect(table.characters).toBe(5);
  expect(['a', 'c', '"1', '""1'].map(text => table.find(text))).toEqual([1, -1, 4, -1]);
});

test('a number leads back to its string', () => {
  const text = fc.oneof(fc.string(), fc.nat().map(String), fc.constantFrom('__proto__', 'constructor'));
  fc.assert(
    fc.property(fc.array(text), texts => {
      const table = new StringTable();
      const numbers = texts.map(given => table.add(given));
      expect(numbers.map(number => table.strings[number])).toEqual(texts);
      expect(table.strings.length).toBe(new Set(texts).size);
    }),
  );
});
