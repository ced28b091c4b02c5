// `npm run fuzz`: tries random damaged input until the time is up, target after target: captures, queries, comparisons,
// histories, exports, budget files (__tests__/helpers/fuzzing/targets.ts). None may break a promise, take two seconds,
// or make the process larger than 512 MB. What does is written to __tests__/fixtures/fuzz-findings, where it is tested
// for good.
//   --target NAME   only this one            --seed N   another series of inputs (random)
//   --seconds N     how long in all (60)     --jobs N   threads (all cores)
//   --first N --runs N   only these inputs of the series
import {mkdirSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {parseArgs} from 'node:util';
import {Worker} from 'node:worker_threads';
import './typescript.mjs';

const {findingsDirectory, readSeeds} = await import('../__tests__/helpers/fuzzing/inputs.ts');
const {createRandom} = await import('../__tests__/helpers/fuzzing/random.ts');
const {createTargetInput, saveFinding, TARGET_NAMES} = await import(
  '../__tests__/helpers/fuzzing/targets.ts'
);

const MAX_INPUT_MS = 2000;
const MAX_RSS_BYTES = 512e6;
const LOOK_MS = 100;

const text = {type: 'string'};
const {values} = parseArgs({
  options: {target: text, seconds: text, seed: text, jobs: text, first: text, runs: text},
});
const targets = values.target === undefined ? TARGET_NAMES : [values.target];
if (targets.some(target => !TARGET_NAMES.includes(target)))
  throw new Error(`--target is one of ${TARGET_NAMES.join(', ')}`);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const first = Number(values.first ?? 0);
const end = first + Number(values.runs ?? Infinity);
const jobs = Math.min(Number(values.jobs ?? availableParallelism()), end - first);
const seconds = Number(values.seconds ?? (values.runs ? Infinity : 60));

const seeds = readSeeds();
const finds = new Map();

/** Of finds that differ in their numbers only, the first is kept. */
function noteFind(target, index, message) {
  const key = `${target}: ${message.split('\n')[0].replace(/\d+/g, 'N')}`;
  finds.set(key, (finds.get(key) ?? 0) + 1);
  if (finds.get(key) > 1) return;
  mkdirSync(findingsDirectory, {recursive: true});
  const path = saveFinding(
    target,
    `${seed}-${index}`,
    createTargetInput(target, seeds, createRandom(seed, index)),
  );
  process.stdout.write(
    `\n--target ${target} --seed ${seed} --first ${index} --runs 1\n${path}\n${message}\n`,
  );
}

/** How long a thread has had a core. Others may use them as well; one that does not even answer counts as hung. */
async function getUsedMs(worker) {
  const late = new Promise(resolve => setTimeout(() => resolve(null), MAX_INPUT_MS).unref());
  const usage = await Promise.race([worker.cpuUsage().catch(() => null), late]);
  return usage === null ? Infinity : (usage.user + usage.system) / 1000;
}

/**
 * Resolves when the thread has no more to do. One that hangs is ended, and another goes on after its input.
 * @param run the target, when its time is up, and what is counted of it
 */
function runThread(run, from) {
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL('fuzz-worker.mjs', import.meta.url), {
    resourceLimits: {maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16},
    workerData: {target: run.target, seed, first: from, end, step: jobs, progress},
  });
  worker.on('message', ({index, message}) => noteFind(run.target, index, message));
  worker.on('error', error => noteFind(run.target, Atomics.load(progress, 0), String(error.stack ?? error)));
  let tried = 0;
  let triedSinceMs = performance.now();
  let usageBefore = 0;
  let resumeAt = null;
  const clock = setInterval(async () => {
    run.largestRss = Math.max(run.largestRss, process.memoryUsage().rss);
    if (performance.now() > run.deadlineMs) worker.terminate();
    const isNext = tried !== Atomics.load(progress, 1);
    // Before the first input the thread has to start.
    if (!isNext && (tried === 0 || performance.now() - triedSinceMs < MAX_INPUT_MS)) return;
    const usedMs = await getUsedMs(worker);
    if (isNext || tried !== Atomics.load(progress, 1)) {
      tried = Atomics.load(progress, 1);
      triedSinceMs = performance.now();
      usageBefore = usedMs;
    } else if (resumeAt === null && usedMs - usageBefore >= MAX_INPUT_MS) {
      noteFind(run.target, Atomics.load(progress, 0), `takes more than ${MAX_INPUT_MS} ms`);
      resumeAt = Atomics.load(progress, 0) + jobs;
      worker.terminate();
    }
  }, LOOK_MS);
  return new Promise(resolve => {
    worker.on('exit', () => {
      clearInterval(clock);
      run.inputs += Atomics.load(progress, 1);
      resolve(resumeAt !== null && performance.now() < run.deadlineMs ? runThread(run, resumeAt) : undefined);
    });
  });
}

async function runTarget(target) {
  const startMs = performance.now();
  const deadlineMs = startMs + (1000 * seconds) / targets.length;
  const run = {target, deadlineMs, inputs: 0, largestRss: 0};
  const findsBefore = finds.size;
  await Promise.all(Array.from({length: jobs}, (_, job) => runThread(run, first + job)));
  if (run.largestRss > MAX_RSS_BYTES) finds.set(`${target}: too much memory`, 1);
  const took = (performance.now() - startMs) / 1000;
  process.stdout.write(
    `${target}: ${run.inputs} inputs in ${took.toFixed(1)} s (${Math.round(run.inputs / took)} a second), ` +
      `at most ${Math.round(run.largestRss / 1e6)} MB; ${finds.size - findsBefore} finds\n`,
  );
}

process.stdout.write(`fuzzing ${targets.join(', ')} with --seed ${seed}\n`);
for (const target of targets) await runTarget(target);
for (const [message, count] of finds) process.stdout.write(`${count} × ${message}\n`);
process.exitCode = finds.size > 0 ? 1 : 0;
