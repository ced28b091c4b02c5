// A thread of `npm run fuzz`: tries groups of inputs, tells at which one it is, and what each group has taken.
import {parentPort, workerData} from 'node:worker_threads';
import './typescript.mjs';

const {recycleCores} = await import('../__tests__/helpers/fuzzing/recycled-cores.ts');
const recycler = recycleCores();
const {readSeeds} = await import('../__tests__/helpers/fuzzing/inputs.ts');
const {createRandom} = await import('../__tests__/helpers/fuzzing/random.ts');
const {GROUP_INPUTS, Schedule} = await import('../__tests__/helpers/fuzzing/schedule.ts');
const {checkTarget, createTargetInput} = await import('../__tests__/helpers/fuzzing/targets.ts');

const {only, seed, first, runs, group: firstGroup, skipped, step, deadlineMs, progress} = workerData;
const seeds = readSeeds();
const schedule = new Schedule(only, first);
const STACK_LINES = 20;

function getUsedMs() {
  const {user, system} = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** What is wrong, null if nothing is. Where many errors are expected, their stacks would take much of the time. */
async function tryInput(target, index, stackLines = 0) {
  const random = createRandom(seed, index);
  Error.stackTraceLimit = stackLines;
  try {
    await checkTarget(target, createTargetInput(target, seeds, random), random);
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    recycler.takeBack();
  }
}

async function report(target, index, message) {
  recycler.forget();
  const again = await tryInput(target, index, STACK_LINES);
  const text = again ?? `${message}\n(not by itself: after the inputs of its group)`;
  parentPort.postMessage({type: 'find', target, index, message: text});
}

/** @param from how many inputs of the group are left out */
async function tryGroup(number, from) {
  const {target, first: start} = schedule.getGroup(number);
  const end = Math.min(start + GROUP_INPUTS, first + runs);
  const done = {type: 'done', target, inputs: 0, usedMs: 0, slowest: {ms: 0, index: 0}};
  recycler.forget();
  let before = getUsedMs();
  for (let index = start + from; index < end; index++) {
    Atomics.store(progress, 0, number);
    Atomics.store(progress, 1, index - start);
    Atomics.add(progress, 2, 1);
    const message = await tryInput(target, index);
    const now = getUsedMs();
    if (now - before > done.slowest.ms) done.slowest = {ms: now - before, index};
    done.inputs++;
    done.usedMs += now - before;
    if (message !== null) await report(target, index, message);
    before = getUsedMs();
  }
  parentPort.postMessage(done);
  return end < first + runs;
}

let isMore = true;
for (let number = firstGroup; isMore && Date.now() < deadlineMs; number += step) {
  isMore = await tryGroup(number, number === firstGroup ? skipped : 0);
}
