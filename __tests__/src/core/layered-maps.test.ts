import {describe, expect, test} from 'vitest';
import {createCore} from '../../../src/core/core.js';
import {allocators, type CaptureRecord, writeCapture, writeHeader} from '../../helpers/capture-writer.js';
import {createRandom} from '../../helpers/fuzzing/random.js';
import type {Range} from '../../helpers/mapped-ranges.js';
import {RangeTrial} from '../../helpers/range-trial.js';

/** So many maps above each other, and holes in all of them until they are kept as layers. */
function stackMaps(trial: RangeTrial): void {
  for (let i = 0; i < 60; i++) trial.map([2 ** 22 - 512 * i, 2 ** 22 + 1024 * i]);
  for (let i = 0; i < 30; i++) trial.unmap([2 ** 22 + 2 ** 16 * i, 4096]);
  trial.check();
}

describe.each([1, 3, Infinity])('maps above each other, of %d functions', functions => {
  test('with holes are what a list of their pieces would be', () => {
    const trial = new RangeTrial(functions);
    stackMaps(trial);
    trial.run();
  });

  test.each([1, 2, 3, 4, 5, 6])(
    'that come and go are what a list of their pieces would be, seed %i',
    seed => {
      const random = createRandom(seed);
      const trial = new RangeTrial(functions);
      stackMaps(trial);
      const pickRange = (): Range => [
        8 * random.below(2 ** 20),
        8 * random.below(2 ** (3 + random.below(18))),
      ];
      for (let round = 0; round < 12; round++) {
        // Rounds in which the heap grows, and others in which it falls.
        const chance = [0.8, 0.5, 0.3][random.below(3)]!;
        for (let left = 60; left > 0; left--) {
          if (random.chance(chance)) trial.map(pickRange());
          else trial.unmap(pickRange());
        }
        trial.check();
      }
      trial.run();
      trial.runBlocks();
    },
  );

  test('that fit onto each other are what a list of their pieces would be', () => {
    const random = createRandom(7);
    const trial = new RangeTrial(functions);
    stackMaps(trial);
    const pickRange = (): Range => [2 ** 22 + 4096 * random.below(64), 4096 * random.below(12)];
    for (let left = 600; left > 0; left--) {
      if (random.chance(0.6)) trial.map(pickRange());
      else trial.unmap(pickRange());
      if (left % 60 === 0) trial.check();
    }
    trial.run();
    trial.runBlocks();
  });
});

test('a peak that has passed is kept while all that it held goes away in small steps', () => {
  const trial = new RangeTrial();
  stackMaps(trial);
  trial.map([2 ** 24, 2 ** 24]);
  for (let i = 0; i < 6000; i++) {
    trial.unmap([2 ** 24 + 1024 * i, 1024]);
    if (i % 2000 === 0) trial.check();
  }
  for (let i = 0; i < 100; i++) trial.unmap([65_536 * i, 65_536]);
  trial.check();
  trial.run();
});

/** What one more round of the same records costs: bytes of memory in use after each. */
function measureRounds(rounds: number, records: readonly CaptureRecord[]): number[] {
  const core = createCore();
  core.initRecords(12, 0, 1);
  const start: CaptureRecord[] = [{type: 'thread', id: 1}];
  return Array.from({length: rounds}, () => {
    const bytes = writeCapture([...start, ...records]).subarray(writeHeader().length);
    const target = core.reserveWindow(bytes.length);
    new Uint8Array(core.memory.buffer).set(bytes, target);
    core.commitWindow(bytes.length);
    const before = core.recordCount();
    core.readRecords();
    expect(core.recordCount()).toBe(before + 1 + records.length);
    return core.memoryInUse();
  });
}

const map = (address: number, size: number): CaptureRecord => ({
  type: 'allocate',
  address,
  size,
  allocator: allocators.mmap,
});
const unmap = (address: number, size: number): CaptureRecord => ({
  type: 'allocate',
  address,
  size,
  allocator: allocators.munmap,
});

test('holes in many maps take memory for the holes and the maps, not for all pieces', () => {
  const maps = Array.from({length: 2000}, (_, i) => map(2 ** 30 + 8 * i, 2 ** 30 - 16 * i));
  const holes = Array.from({length: 2000}, (_, i) => unmap(2 ** 30 + 65_536 * (i + 1), 4096));
  const [inUse] = measureRounds(1, [...maps, ...holes]);
  expect(inUse).toBeLessThan(8e6);
});

test('the memory of maps that are gone is used again', () => {
  const random = createRandom(8);
  const records = Array.from({length: 4000}, () => {
    const address = 8 * random.below(2 ** 20);
    const size = 8 * random.below(2 ** 14);
    return random.chance(0.5) ? map(address, size) : unmap(address, size);
  });
  const inUse = measureRounds(60, [...records, unmap(0, 2 ** 24)]);
  expect(new Set(inUse.slice(20)).size).toBe(1);
});
