// `npm run sweep`: cuts tiny captures and eight fixtures at every byte, and flips each of their bits. What breaks a
// promise is reported.
//   --step N   every N-th byte and bit (1)
import {parseArgs} from 'node:util';
import {Worker} from 'node:worker_threads';
import './typescript.mjs';

const {listSwept, sweepCuts} = await import('../__tests__/helpers/fuzzing/sweeps.ts');

const {values} = parseArgs({options: {step: {type: 'string'}}});
const step = Number(values.step ?? 1);
const sums = {cuts: 0, flips: 0};
let finds = 0;

function note(what, {name, cases, seconds, error}) {
  if (error !== undefined) finds++;
  else sums[what] += cases;
  process.stdout.write(
    error === undefined ? `${name}: ${cases} ${what} in ${seconds.toFixed(1)} s\n` : `${name}: ${error}\n`,
  );
}

function cut({name, bytes, content}) {
  const startMs = performance.now();
  try {
    const cases = sweepCuts(bytes, content, step);
    return {name, cases, seconds: (performance.now() - startMs) / 1000};
  } catch (error) {
    return {name, error: error.stack};
  }
}

const swept = listSwept();
for (const capture of swept) note('cuts', cut(capture));
const worker = new Worker(new URL('sweep-worker.mjs', import.meta.url), {workerData: {step}});
worker.on('message', result => note('flips', result));
await new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject));
process.stdout.write(`${swept.length} captures, ${sums.cuts} cuts, ${sums.flips} flips; ${finds} finds\n`);
process.exitCode = finds > 0 ? 1 : 0;
