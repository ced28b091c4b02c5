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
  for (let i = 0; i < 1000; i++) names.add(1, `name ${i}`, i, i);
  expect(names.get(1, 1000)).toBe('name 999');
  expect(names.get(1, 999)).toBe('name 998');
  // All others have gone.
  expect(names.get(1, 998)).toBe('');
});

test('of names that are not needed yet only the newest is kept', () => {
  const names = new ThreadNames();
  names.add(1, 'needed', 4, 5);
  for (let i = 5; i < 1000; i++) names.add(1, `name ${i}`, i, 5);
  expect(names.get(1, 5)).toBe('needed');
  expect(names.get(1, 1000)).toBe('name 999');
  expect(names.get(1, 999)).toBe('needed');
});

test('a thread without a name', () => expect(new ThreadNames().get(3, 100)).toBe(''));
