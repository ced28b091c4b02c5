import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {fixturesDirectory} from '../../helpers/captures.js';
import {decodeLz4} from '../../helpers/decode-lz4.js';
import {sweepCuts, sweepFlips} from '../../helpers/fuzzing/sweeps.js';
import {createTinyCaptures} from '../../helpers/fuzzing/tiny-captures.js';

const tiny = createTinyCaptures();

describe.each(tiny)('$name', ({bytes, content}) => {
  test('cut at any byte it shows what the whole had shown there', () => {
    expect(sweepCuts(bytes, content)).toBe(bytes.length + 1);
  });

  // Every fifth is each bit of some byte; `npm run sweep` flips all.
  test('with a bit flipped it breaks no promise', () => {
    expect(sweepFlips(bytes, 5)).toBe(Math.ceil((8 * bytes.length) / 5));
  });
});

test('a real capture cut at any byte shows what the whole had shown there', () => {
  const bytes = readFileSync(`${fixturesDirectory}/api.bin`);
  expect(sweepCuts(bytes, decodeLz4(bytes))).toBe(bytes.length + 1);
});
