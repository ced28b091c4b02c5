import {expect, test} from 'vitest';
import {readSeeds} from '../helpers/fuzzing/inputs.js';
import {createRandom} from '../helpers/fuzzing/random.js';
import {
  checkTarget,
  createTargetInput,
  listTargetFindings,
  TARGET_NAMES,
  type TargetName,
} from '../helpers/fuzzing/targets.js';

/** The short form of `npm run fuzz`: the same inputs in every run. That of captures is in heap/fuzz.test.ts. */
const SEED = 1;
const INPUTS: Readonly<Record<Exclude<TargetName, 'capture'>, number>> = {
  query: 1000,
  structured: 200,
  comparison: 500,
  history: 500,
  exports: 400,
  budgets: 2000,
  frames: 300,
  images: 300,
  mangled: 5000,
  live: 1000,
  texts: 5000,
};

const seeds = readSeeds();

test.each(Object.entries(INPUTS) as [TargetName, number][])(
  'random input breaks no promise: %s',
  async (target, inputs) => {
    for (let index = 0; index < inputs; index++) {
      const random = createRandom(SEED, index);
      const input = createTargetInput(target, seeds, random);
      await checkTarget(target, input, random).catch((cause: unknown) => {
        throw new Error(`input ${index}: ${String(cause)}`, {cause});
      });
    }
  },
);

test('all targets are tried', () => {
  expect(new Set([...Object.keys(INPUTS), 'capture'])).toEqual(new Set(TARGET_NAMES));
});

test('what once broke a promise of a target does so no more', async () => {
  for (const {name, target, input} of listTargetFindings()) {
    for (let series = 0; series < 10; series++) {
      await checkTarget(target, input, createRandom(series)).catch((cause: unknown) => {
        throw new Error(`${name}: ${String(cause)}`, {cause});
      });
    }
  }
});
