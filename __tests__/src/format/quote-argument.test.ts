import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {expect, it} from 'vitest';
import {quoteArgument} from '../../../src/format/quote-argument.js';
import {sanitize} from '../../../src/format/sanitize.js';

it('leaves plain words as they are', () => {
  expect(quoteArgument('through:fn:load@app/x.py:3')).toBe('through:fn:load@app/x.py:3');
  expect(quoteArgument('')).toBe("''");
  expect(quoteArgument("it's here")).toBe("'it'\\''s here'");
});

it('writes what a terminal does not show as numbers', () => {
  expect(quoteArgument('a\nrm -rf \u202e\\')).toBe("$'a\\012rm -rf \\342\\200\\256\\\\'");
});

it('makes words that the shell reads as they were, and that are safe to paste', () => {
  const character = fc.oneof(
    fc.constantFrom(...'\'"\\$`!\n\r\t\u001b\u0085\u202e\u200b~*;& a1'),
    fc.string({unit: 'grapheme', minLength: 1, maxLength: 1}),
  );
  // No argument of a program holds a NUL.
  const words = fc.sample(
    fc.string({unit: character, maxLength: 8}).filter(word => !word.includes('\0')),
    {numRuns: 300, seed: 11},
  );
  for (const word of words) {
    const quoted = quoteArgument(word);
    // Only accents may be left out.
    expect(quoted).not.toMatch(/\p{Cc}/u);
    expect(sanitize(quoted).normalize('NFD').replaceAll(/\p{M}/gu, '')).toBe(
      quoted.normalize('NFD').replaceAll(/\p{M}/gu, ''),
    );
  }
  const script = `printf '%s\\0' ${words.map(quoteArgument).join(' ')}`;
  const read = execFileSync('bash', ['--norc', '--noprofile', '-c', script], {
    encoding: 'utf8',
    env: {LC_ALL: 'C.UTF-8'},
  });
  expect(read.split('\0').slice(0, -1)).toEqual(words.map(word => word.toWellFormed()));
});
