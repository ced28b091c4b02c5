import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseCliOptions} from '../../bin/cli-options.js';
import {OPTIONS} from '../../bin/cli-table.js';
import {toCommand} from '../../bin/cli-values.js';
import {readPlainArguments} from '../../bin/plain-arguments.js';

const words = fc.oneof(
  fc.constantFrom(...Object.keys(OPTIONS).map(name => `--${name}`)),
  fc.constantFrom(
    '-b',
    '-o',
    '-f',
    '-V',
    '-h',
    '-fo',
    '-',
    '--',
    '-b5',
    '--depth=3',
    '-o=x',
    '--json=true',
    '--path-map=a=b',
  ),
  fc.constantFrom(
    'results.bin',
    'tree',
    'table',
    'true',
    'out.json',
    '10',
    '-1',
    '0x10',
    'a=b',
    'always',
    '',
    '"quoted"',
    "'",
    '--nothing',
    'é 名',
  ),
);

describe('a plain command line', () => {
  test('means what yargs says it means', () => {
    let plainLines = 0;
    const property = fc.property(fc.array(words, {maxLength: 6}), argv => {
      const values = readPlainArguments(argv);
      if (values === null) return;
      plainLines++;
      expect(toCommand(values)).toEqual(parseCliOptions(argv));
    });
    fc.assert(property, {seed: 7, numRuns: 4000});
    // The property must not be about nothing.
    expect(plainLines).toBeGreaterThan(500);
  });

  test.each([
    'results.bin',
    'tree results.bin',
    '-',
    '--json --whole-peak -b 10 results.bin',
    '--temporary-allocation-threshold=5 results.bin -o out.json',
    '--path-map /app=src --path-map /lib=lib results.bin',
  ])('is read without yargs: %s', line => {
    expect(readPlainArguments(line.split(' '))).not.toBeNull();
  });

  test.each([
    '-fo x results.bin',
    '-b5 results.bin',
    '-b',
    '-b -3 results.bin',
    '--nothing',
    '--json=true',
    '-- results.bin',
  ])('is left to yargs where it is not so plain: %s', line => {
    expect(readPlainArguments(line.split(' '))).toBeNull();
  });
});
