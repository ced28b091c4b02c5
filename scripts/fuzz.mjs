// `npm run fuzz`: reads random damaged captures until the time is up. None may break a promise (see
// check-input.ts), take two seconds, or make the process larger than 512 MB. What does is written to
// __tests__/fixtures/fuzz-findings, where it is tested for good.
//   --seconds N  how long (60)      --seed N   another series of inputs (random)
//   --jobs N     threads (all cores)
//   --first N --runs N              only these inputs of the series
import {mkdirSync, writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {parseArgs} from 'node:util';
import {Worker} from 'node:worker_threads';
import './typescript.mjs';

const {createInput, findingsDirectory, readSeeds} = await import('../__tests__/helpers/fuzzing/inputs.ts');
const {createRandom} = await import('../__tests__/helpers/fuzzing/random.ts');

const MAX_INPUT_MS = 2000;
const MAX_RSS_BYTES = 512e6;
const LOOK_MS = 100;

const text = {type: 'string'};
const {values} = parseArgs({options: {seconds: text, seed: text, jobs: text, first: text, runs: text}});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const first = Number(values.first ?? 0);
const end = first + Number(values.runs ?? Infinity);
const jobs = Math.min(Number(values.jobs ?? availableParallelism()), end - first);
const deadlineMs = performance.now() + 1000 * Number(values.seconds ?? (values.runs ? Infinity : 60));

const seeds = readSeeds();
const startMs = performance.now();
const finds = new Map();
let inputs = 0;
let largestRss = 0;

/** Of finds that differ in their numbers only, the first is kept. */
function noteFind(index, message) {
  const key = message.split('\n')[0].replace(/\d+/g, 'N');
  finds.set(key, (finds.get(key) ?? 0) + 1);
  if (finds.get(key) > 1) return;
  mkdirSync(findingsDirectory, {recursive: true});
  const path = `${findingsDirectory}/${seed}-${index}.bin`;
  writeFileSync(path, createInput(seeds, createRandom(seed, index)));
  process.stdout.write(`\n--seed ${seed} --first ${index} --runs 1\n${path}\n${message}\n`);
}

/**
 * Resolves when the thread has no more to do. One that hangs is ended, and another goes on after its input.
 */
function runThread(from) {
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL('fuzz-worker.mjs', import.meta.url), {
    workerData: {seed, first: from, end, step: jobs, progress},
  });
  worker.on('message', ({index, message}) => noteFind(index, message));
  worker.on('error', error => noteFind(Atomics.load(progress, 0), String(error.stack ?? error)));
  let tried = 0;
  let triedSinceMs = performance.now();
  let resumeAt = null;
  const clock = setInterval(() => {
    const nowMs = performance.now();
    if (tried !== Atomics.load(progress, 1)) triedSinceMs = nowMs;
    tried = Atomics.load(progress, 1);
    largestRss = Math.max(largestRss, process.memoryUsage().rss);
    if (nowMs > deadlineMs) worker.terminate();
    // Before the first input the thread has to start.
    if (tried === 0 || nowMs - triedSinceMs < MAX_INPUT_MS || resumeAt !== null) return;
    noteFind(Atomics.load(progress, 0), `takes more than ${MAX_INPUT_MS} ms`);
    resumeAt = Atomics.load(progress, 0) + jobs;
    worker.terminate();
  }, LOOK_MS);
  return new Promise(resolve => {
    worker.on('exit', () => {
      clearInterval(clock);
      inputs += Atomics.load(progress, 1);
      resolve(resumeAt !== null && performance.now() < deadlineMs ? runThread(resumeAt) : undefined);
    });
  });
}

process.stdout.write(`fuzzing with --seed ${seed}\n`);
await Promise.all(Array.from({length: jobs}, (_, job) => runThread(first + job)));
if (largestRss > MAX_RSS_BYTES) finds.set('too much memory', 1);
const seconds = (performance.now() - startMs) / 1000;
process.stdout.write(
  `${inputs} inputs in ${seconds.toFixed(1)} s (${Math.round(inputs / seconds)} a second), at most ` +
    `${Math.round(largestRss / 1e6)} MB; ${finds.size} finds\n`,
);
for (const [message, count] of finds) process.stdout.write(`${count} × ${message}\n`);
process.exitCode = finds.size > 0 ? 1 : 0;
