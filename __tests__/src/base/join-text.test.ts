import {expect, test} from 'vitest';
import {joinText} from '../../../src/base/join-text.js';

test('pieces become one string', () => {
  expect(joinText(['ab', '', 'c'], 'shorten it', 3)).toBe('abc');
  expect(joinText([], 'shorten it')).toBe('');
});

test('more than a string can hold is refused before all of it is made', () => {
  let made = 0;
  function* generate(): Generator<string> {
    for (;;) {
      made++;
      yield 'ab';
    }
  }
  expect(() => joinText(generate(), 'shorten it', 9)).toThrow(
    new RangeError('the result is longer than a string can be (9 characters); shorten it'),
  );
  expect(made).toBe(5);
});

test('the limit is that of strings unless it is given', () => {
  const piece = 'x'.repeat(2 ** 20);
  function* generate(): Generator<string> {
    for (let i = 0; i <= 2 ** 9; i++) yield piece;
  }
  expect(() => joinText(generate(), 'shorten it')).toThrow(/^the result is longer than a string can be/);
});
