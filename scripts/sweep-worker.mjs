// A thread of `npm run sweep` for the flips: it uses cores again (recycled-cores.ts), which the cuts cannot.
import {parentPort, workerData} from 'node:worker_threads';
import './typescript.mjs';

const {recycleCores} = await import('../__tests__/helpers/fuzzing/recycled-cores.ts');
const recycler = recycleCores();
const {listSwept, sweepFlips} = await import('../__tests__/helpers/fuzzing/sweeps.ts');
/** As in a group of the fuzzer. */
const REUSES = 64;

let uses = 0;
function takeBack() {
  recycler.takeBack();
  if (++uses % REUSES === 0) recycler.forget();
}

for (const {name, bytes} of listSwept()) {
  const startMs = performance.now();
  try {
    const cases = sweepFlips(bytes, workerData.step, takeBack);
    parentPort.postMessage({name, cases, seconds: (performance.now() - startMs) / 1000});
  } catch (error) {
    parentPort.postMessage({name, error: error.stack});
  }
}
