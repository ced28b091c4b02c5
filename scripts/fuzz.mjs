// `npm run fuzz`: tries random damaged input, all targets in turns (__tests__/helpers/fuzzing/targets.ts), until the time
// is up or so many inputs are tried. None may break a promise, take two seconds of a core, or make the process larger
// than 512 MB. What does is written to __tests__/fixtures/fuzz-findings, where it is tested for good.
//   --seconds N    how long (60)              --inputs N   how many at most
//   --target NAME  only this one              --seed N     another series of inputs (random)
//   --jobs N       threads (all cores)        --first N --runs N   with --target: only these inputs of the series
import {mkdirSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {parseArgs} from 'node:util';
import {Worker} from 'node:worker_threads';
import './typescript.mjs';

const {findingsDirectory, readSeeds} = await import('../__tests__/helpers/fuzzing/inputs.ts');
const {createRandom} = await import('../__tests__/helpers/fuzzing/random.ts');
const {GROUP_INPUTS, Schedule} = await import('../__tests__/helpers/fuzzing/schedule.ts');
const {createTargetInput, saveFinding, TARGET_NAMES} = await import(
  '../__tests__/helpers/fuzzing/targets.ts'
);

const MAX_INPUT_MS = 2000;
const MAX_RSS_BYTES = 512e6;
const LOOK_MS = 100;
const NOTE_MS = 60_000;

const text = {type: 'string'};
const {values} = parseArgs({
  options: {target: text, seconds: text, inputs: text, seed: text, jobs: text, first: text, runs: text},
});
const only = values.target ?? null;
if (only !== null && !TARGET_NAMES.includes(only))
  throw new Error(`--target is one of ${TARGET_NAMES.join(', ')}`);
if (only === null && (values.first ?? values.runs) !== undefined)
  throw new Error('--first and --runs need --target');
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const first = Number(values.first ?? 0);
const runs = Number(values.runs ?? Infinity);
const jobs = Math.min(Number(values.jobs ?? availableParallelism()), Math.ceil(runs / GROUP_INPUTS));
const isCounted = values.runs !== undefined || values.inputs !== undefined;
const seconds = Number(values.seconds ?? (isCounted ? Infinity : 60));
const maxInputs = Number(values.inputs ?? Infinity);

const startMs = Date.now();
let deadlineMs = startMs + 1000 * seconds;
const seeds = readSeeds();
const schedule = new Schedule(only, first);
const finds = new Map();
const totals = new Map();
let inputs = 0;
let largestRss = 0;

/** Of finds that differ in their numbers only, the first is kept. */
function noteFind(target, index, message) {
  const key = `${target}: ${message.split('\n')[0].replace(/\d+/g, 'N')}`;
  finds.set(key, (finds.get(key) ?? 0) + 1);
  if (finds.get(key) > 1) return;
  mkdirSync(findingsDirectory, {recursive: true});
  const input = createTargetInput(target, seeds, createRandom(seed, index));
  const path = saveFinding(target, `${seed}-${index}`, input);
  process.stdout.write(
    `\n--target ${target} --seed ${seed} --first ${index} --runs 1\n${path}\n${message}\n`,
  );
}

function noteDone({target, inputs: count, usedMs, slowest}) {
  const total = totals.get(target) ?? {inputs: 0, usedMs: 0, slowest: {ms: 0, index: 0}};
  totals.set(target, {
    inputs: total.inputs + count,
    usedMs: total.usedMs + usedMs,
    slowest: slowest.ms > total.slowest.ms ? slowest : total.slowest,
  });
  inputs += count;
  if (inputs >= maxInputs) deadlineMs = 0;
  if (slowest.ms > MAX_INPUT_MS) noteFind(target, slowest.index, `takes ${Math.round(slowest.ms)} ms`);
}

/** How long a thread has had a core. Others may use them as well; one that does not even answer counts as hung. */
async function getUsedMs(worker) {
  const late = new Promise(resolve => setTimeout(() => resolve(null), MAX_INPUT_MS).unref());
  const usage = await Promise.race([worker.cpuUsage().catch(() => null), late]);
  return usage === null ? Infinity : (usage.user + usage.system) / 1000;
}

/** Resolves when the thread has no more to do. One that hangs is ended, and another goes on after its input. */
function runThread(group, skipped) {
  const progress = new Int32Array(new SharedArrayBuffer(12));
  const step = jobs;
  const worker = new Worker(new URL('fuzz-worker.mjs', import.meta.url), {
    resourceLimits: {maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 96},
    workerData: {only, seed, first, runs, group, skipped, step, deadlineMs, progress},
  });
  const where = () => {
    const {target, first: start} = schedule.getGroup(Atomics.load(progress, 0));
    return {target, index: start + Atomics.load(progress, 1)};
  };
  let resume = null;
  const failed = message => {
    if (resume !== null) return;
    const {target, index} = where();
    noteFind(target, index, message);
    noteDone({target, inputs: Atomics.load(progress, 1) + 1, usedMs: 0, slowest: {ms: 0, index}});
    resume = [Atomics.load(progress, 0), Atomics.load(progress, 1) + 1];
  };
  worker.on('message', message => {
    if (message.type === 'done') noteDone(message);
    else noteFind(message.target, message.index, message.message);
  });
  worker.on('error', error => failed(String(error.stack ?? error)));
  let tried = 0;
  let triedSinceMs = performance.now();
  let usageBefore = 0;
  const clock = setInterval(async () => {
    largestRss = Math.max(largestRss, process.memoryUsage().rss);
    if (deadlineMs === 0) worker.terminate();
    const isNext = tried !== Atomics.load(progress, 2);
    // Before the first input the thread has to start.
    if (!isNext && (tried === 0 || performance.now() - triedSinceMs < MAX_INPUT_MS)) return;
    const usedMs = await getUsedMs(worker);
    if (isNext || tried !== Atomics.load(progress, 2)) {
      tried = Atomics.load(progress, 2);
      triedSinceMs = performance.now();
      usageBefore = usedMs;
    } else if (resume === null && usedMs - usageBefore >= MAX_INPUT_MS) {
      failed(`takes more than ${MAX_INPUT_MS} ms`);
      worker.terminate();
    }
  }, LOOK_MS);
  return new Promise(resolve => {
    worker.on('exit', () => {
      clearInterval(clock);
      resolve(resume !== null && Date.now() < deadlineMs ? runThread(...resume) : undefined);
    });
  });
}

function describeTotals() {
  const took = (Date.now() - startMs) / 1000;
  const rate = Math.round(inputs / took);
  return `${inputs} inputs in ${took.toFixed(0)} s (${rate} a second), at most ${Math.round(largestRss / 1e6)} MB`;
}

process.stdout.write(`fuzzing ${only ?? TARGET_NAMES.join(', ')} with --seed ${seed}\n`);
const notes = setInterval(() => process.stdout.write(`${describeTotals()}\n`), NOTE_MS);
await Promise.all(Array.from({length: jobs}, (_, job) => runThread(job, 0)));
clearInterval(notes);
for (const [target, {inputs: count, usedMs, slowest}] of totals) {
  const rate = Math.round(count / (usedMs / 1000));
  process.stdout.write(
    `${target}: ${count} inputs, ${rate} in a second of a core; ` +
      `the slowest (${slowest.index}) took ${Math.round(slowest.ms)} ms\n`,
  );
}
if (largestRss > MAX_RSS_BYTES) finds.set('too much memory', 1);
process.stdout.write(`${describeTotals()}; ${finds.size} finds\n`);
for (const [message, count] of finds) process.stdout.write(`${count} × ${message}\n`);
process.exitCode = finds.size > 0 ? 1 : 0;
