import {describe, expect, test} from 'vitest';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {createRandom} from '../../helpers/fuzzing/random.js';
import {parseSnapshot, toPlainLocations} from '../../helpers/read-snapshot.js';
import {replay} from '../../helpers/reference-heap.js';

const view = {kind: 'leaks'} as const;

function expectAsReplayed(records: readonly CaptureRecord[]): void {
  const snapshot = parseSnapshot(writeCapture(records), {view, biggestAllocs: 100_000}, [5000]);
  expect(snapshot.capture.damage).toBeNull();
  expect(toPlainLocations(snapshot)).toEqual(replay(records, view).locations);
}

const codes = (count: number): CaptureRecord[] =>
  Array.from({length: count}, (_, id) => ({type: 'code', id, function: `f${id}`, file: 'app.py'}));

describe('children are found again', () => {
  test.each([1, 2, 3, 7, 13, 400, 1200])('by their frames among %i', count => {
    const random = createRandom(count);
    const records: CaptureRecord[] = [{type: 'thread', id: 1}, ...codes(count)];
    // Two callers, whose children grow in turn, each child entered about three times.
    for (let i = 0; i < Math.min(3 * count, 1500); i++) {
      records.push({type: 'push', code: random.below(Math.min(count, 2))});
      records.push({type: 'push', code: random.below(count)});
      records.push({type: 'allocate', address: 16 * i, size: 1 + i}, {type: 'pop', count: 2});
    }
    expectAsReplayed(records);
  });
});

describe('stacks are what was pushed and popped', () => {
  const record = (depth: number): CaptureRecord[] => [
    {type: 'thread', id: 1},
    ...codes(5),
    ...Array.from({length: depth}, (_, i): CaptureRecord => ({type: 'push', code: i % 5})),
  ];
  const popAll = (depth: number): CaptureRecord[] =>
    Array.from({length: depth}, (_, i): CaptureRecord[] => [
      {type: 'allocate', address: 16 * i, size: 8 + i},
      {type: 'pop'},
    ]).flat();

  test.each([1, 63, 64, 65, 300])('%i deep', depth => {
    expectAsReplayed([...record(depth), ...popAll(depth)]);
  });

  test('by threads that take turns', () => {
    const random = createRandom(3);
    const depths = [0, 0, 0];
    const records: CaptureRecord[] = [{type: 'thread', id: 1}, ...codes(5)];
    for (let i = 0; i < 1500; i++) {
      const thread = random.below(3);
      records.push({type: 'thread', id: thread + 1});
      const pops = Math.min(depths[thread]!, 1 + random.below(16));
      if (pops > 0 && random.chance(0.3)) {
        records.push({type: 'pop', count: pops});
        depths[thread]! -= pops;
      } else {
        for (let left = random.below(9); left > 0; left--, depths[thread]!++) {
          records.push({type: 'push', code: random.below(5)});
        }
      }
      records.push({type: 'allocate', address: 16 * i, size: 1 + i});
    }
    expectAsReplayed(records);
  });
});
