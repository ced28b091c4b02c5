// A thread of `npm run fuzz`: tries every `step`-th input from `first` on, and reports which one it is at.
import {parentPort, workerData} from 'node:worker_threads';
import './typescript.mjs';

const {readSeeds} = await import('../__tests__/helpers/fuzzing/inputs.ts');
const {createRandom} = await import('../__tests__/helpers/fuzzing/random.ts');
const {checkTarget, createTargetInput} = await import('../__tests__/helpers/fuzzing/targets.ts');

const {target, seed, first, end, step, progress} = workerData;
const seeds = readSeeds();
for (let index = first; index < end; index += step) {
  const random = createRandom(seed, index);
  const input = createTargetInput(target, seeds, random);
  Atomics.store(progress, 0, index);
  Atomics.add(progress, 1, 1);
  try {
    await checkTarget(target, input, random);
  } catch (error) {
    parentPort.postMessage({index, message: error instanceof Error ? error.stack : String(error)});
  }
}
