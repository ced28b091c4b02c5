import {describe, expect, test} from 'vitest';
import type {View} from '../../../src/heap/snapshot.js';
import {formatThreadLabel, ThreadNames} from '../../../src/heap/thread-names.js';
import {type CaptureRecord, writeCapture} from '../../helpers/capture-writer.js';
import {parseSnapshot} from '../../helpers/read-snapshot.js';

test.each([
  [1n, '', '0x1'],
  [31n, 'worker', '0x1f (worker)'],
  [2n ** 64n - 1n, 'x', '0xffffffffffffffff (x)'],
])('label of %i', (id, name, label) => expect(formatThreadLabel(id, name)).toBe(label));

/** Allocates 100, then 100 more (the peak), frees all, allocates 1; a name before each of the steps. */
const records: CaptureRecord[] = [
  {type: 'thread', id: 1},
  {type: 'name', name: 'first'},
  {type: 'allocate', address: 8, size: 100},
  {type: 'name', name: 'second'},
  {type: 'allocate', address: 16, size: 100},
  {type: 'name', name: 'third'},
  {type: 'free', address: 8},
  {type: 'free', address: 16},
  {type: 'name', name: 'fourth'},
  {type: 'allocate', address: 8, size: 1},
  {type: 'name', name: 'fifth'},
  {type: 'trailer'},
];

describe('the last name before the last record that the view needs', () => {
  test.each<[View, string]>([
    [{kind: 'peak'}, '0x1 (second)'],
    [{kind: 'leaks'}, '0x1 (fourth)'],
    [{kind: 'temporary', threshold: 1}, '0x1 (fourth)'],
  ])('%j', (view, label) => {
    expect(parseSnapshot(writeCapture(records), {view}).threads).toEqual([{label}]);
  });
});

test('older names are dropped when a newer one is sure to count', () => {
  const names = new ThreadNames();
  for (let i = 1; i < 1000; i++) names.add(1, i, i, i);
  expect(names.get(1, 1000)).toBe(999);
  expect(names.get(1, 999)).toBe(998);
  // All others have gone.
  expect(names.get(1, 998)).toBe(0);
});

test('of names that are not needed yet only the newest is kept', () => {
  const names = new ThreadNames();
  names.add(1, 4, 4, 5);
  for (let i = 5; i < 1000; i++) names.add(1, i, i, 5);
  expect(names.get(1, 5)).toBe(4);
  expect(names.get(1, 1000)).toBe(999);
  expect(names.get(1, 999)).toBe(4);
});

test('a name that comes back before the result needs the one in between', () => {
  const names = new ThreadNames();
  names.add(1, 7, 1, 2);
  names.add(1, 8, 5, 2);
  names.add(1, 7, 6, 2);
  expect(names.get(1, 2)).toBe(7);
  expect(names.get(1, 100)).toBe(7);
});

test('a thread without a name', () => expect(new ThreadNames().get(3, 100)).toBe(0));

test('many threads', () => {
  const names = new ThreadNames();
  for (let thread = 1; thread <= 1000; thread++) names.add(thread, thread + 5, 0, 1);
  expect([1, 2, 999, 1000].map(thread => names.get(thread, 1))).toEqual([6, 7, 1004, 1005]);
});
