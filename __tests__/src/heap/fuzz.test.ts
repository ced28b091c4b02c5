import {expect, test} from 'vitest';
import {checkInput} from '../../helpers/fuzzing/check-input.js';
import {createInput, listFindings, readSeeds} from '../../helpers/fuzzing/inputs.js';
import {createRandom} from '../../helpers/fuzzing/random.js';

/** The short form of `npm run fuzz`: the same inputs in every run. */
const SEED = 1;
const INPUTS = 1500;

test('random damage breaks no promise', () => {
  const seeds = readSeeds();
  for (let index = 0; index < INPUTS; index++) {
    const random = createRandom(SEED, index);
    const bytes = createInput(seeds, random);
    try {
      checkInput(bytes, random);
    } catch (cause) {
      throw new Error(`input ${index}: ${String(cause)}`, {cause});
    }
  }
  expect(seeds.small.length + seeds.large.length).toBeGreaterThan(30);
});

test('what once broke a promise does so no more', () => {
  const findings = listFindings();
  expect(findings.length).toBeGreaterThan(0);
  for (const {name, bytes} of findings) {
    // All views, cuts and pieces that these series hold.
    for (let series = 0; series < 30; series++) {
      expect(() => checkInput(bytes, createRandom(series)), name).not.toThrow();
    }
  }
});
