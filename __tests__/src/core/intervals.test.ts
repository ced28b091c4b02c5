import {describe, expect, test} from 'vitest';
import {createCore} from '../../../src/core/core.js';
import {allocators, type CaptureRecord, writeCapture, writeHeader} from '../../helpers/capture-writer.js';
import {createRandom, type Random} from '../../helpers/fuzzing/random.js';
import {type Range, rangeShapes, SPAN_BYTES} from '../../helpers/mapped-ranges.js';
import {RangeTrial} from '../../helpers/range-trial.js';

const start: CaptureRecord[] = [{type: 'thread', id: 1}];

/** Maps more than it unmaps, then about as much, then less, then all that is left in a few large pieces. */
function addRandomSteps(
  trial: RangeTrial,
  shape: (random: Random, step: number) => Range,
  random: Random,
): void {
  let step = 0;
  for (const chance of [0.95, 0.5, 0.05]) {
    for (let left = 2000; left > 0; left--, step++) {
      if (random.chance(chance)) trial.map(shape(random, step));
      else trial.unmap(shape(random, random.below(step + 1)));
      if (left % 500 === 1) trial.check();
    }
  }
  for (let at = 0; at < SPAN_BYTES; at += SPAN_BYTES / 8) trial.unmap([at, SPAN_BYTES / 8]);
  trial.unmap([0, SPAN_BYTES - 8]);
  trial.unmap([SPAN_BYTES - 8, 7]);
  trial.check();
}

describe.each(Object.entries(rangeShapes))('ranges %s', (_, shape) => {
  test.each([1, 2, 3])('are what a list of them would be, seed %i', seed => {
    const trial = new RangeTrial();
    addRandomSteps(trial, shape, createRandom(seed));
    trial.run();
  });
});

test('tens of thousands of ranges are what a list of them would be', () => {
  const trial = new RangeTrial();
  const random = createRandom(5);
  const mapped: Range[] = [];
  for (let i = 0; i < 20_000; i++) {
    const range: Range = [4096 * random.below(2 ** 19), 1 + random.below(20_000)];
    mapped.push(range);
    trial.map(range);
  }
  trial.check();
  for (let left = mapped.length; left > 0; left--) {
    const [range] = mapped.splice(random.below(left), 1);
    if (random.chance(0.9)) trial.unmap(range!);
    if (left % 5000 === 1) trial.check();
  }
  trial.run();
});

/**
 * How much memory is in use after each round, which maps ranges at these addresses and unmaps them in the
 * same order.
 */
function measureRounds(rounds: readonly (readonly number[])[]): number[] {
  const core = createCore();
  core.initRecords(12, 0, 1);
  return rounds.map(addresses => {
    const record = (allocator: number): CaptureRecord[] =>
      addresses.map(address => ({type: 'allocate', address, size: 16, allocator}));
    const records = [...start, ...record(allocators.mmap), ...record(allocators.munmap)];
    const bytes = writeCapture(records).subarray(writeHeader().length);
    const target = core.reserveWindow(bytes.length);
    new Uint8Array(core.memory.buffer).set(bytes, target);
    core.commitWindow(bytes.length);
    const before = core.allocationRecords();
    core.readRecords();
    expect(core.allocationRecords()).toBe(before + 2 * addresses.length);
    return core.memoryInUse();
  });
}

describe('the memory of ranges that are gone is used again', () => {
  const random = createRandom(6);
  const addresses = Array.from({length: 5000}, () => 16 * random.below(2 ** 20));

  test('whatever the order', () => {
    const orders = [
      addresses,
      addresses.toSorted((a, b) => a - b),
      addresses.toSorted((a, b) => b - a),
      addresses.map(address => address % 4096),
    ];
    const inUse = measureRounds([...orders, ...orders]);
    expect(new Set(inUse.slice(orders.length - 1)).size).toBe(1);
  });

  test('by each of many rounds', () => {
    const inUse = measureRounds(Array.from({length: 100}, () => addresses.slice(0, 100)));
    expect(new Set(inUse).size).toBe(1);
  });
});
