import {expect, test} from 'vitest';
import {describeHiddenShare} from '../../../src/tree/hidden-share.js';

const PEAK = {
  view: {kind: 'peak'},
  shownBytes: 7_158_000,
  elided: {locations: 1300, allocations: 1300, bytes: 24_623_000},
  shownLocations: 200,
} as const;

test('says how little of the peak is shown, the longest text first', () => {
  expect(describeHiddenShare(PEAK)).toEqual([
    '23 % of the peak; 24.623MB in 1,300 smaller locations hidden; -b 1500 shows all',
    '23 % of the peak; 24.623MB hidden; -b 1500 shows all',
    'only 23 % of the peak; -b 1500 shows all',
    '23 % of the peak; 24.623MB hidden',
    'only 23 % of the peak shown',
    'only 23 % of the peak',
    '23 % of the peak',
  ]);
});

test('is silent where nothing is hidden, even of a negative total', () => {
  const elided = {locations: 0, allocations: 0, bytes: 0};
  for (const shownBytes of [-5, 0, 5]) expect(describeHiddenShare({...PEAK, shownBytes, elided})).toEqual([]);
});

test('names what was measured', () => {
  const [leaks] = describeHiddenShare({...PEAK, view: {kind: 'leaks'}});
  expect(leaks).toMatch(/^23 % of the leaks; /);
  const [present] = describeHiddenShare({...PEAK, view: {kind: 'leaks'}, isRecording: true});
  expect(present).toMatch(/^23 % of what is allocated now; /);
  const [temporary] = describeHiddenShare({...PEAK, view: {kind: 'temporary', threshold: 1}});
  expect(temporary).toMatch(/^23 % of the temporary allocations; /);
});

test('is silent where half or more is shown', () => {
  const describe = (shownBytes: number, bytes: number) =>
    describeHiddenShare({...PEAK, shownBytes, elided: {locations: 1, allocations: 1, bytes}});
  expect(describe(5, 5)).toEqual([]);
  expect(describe(0, 0)).toEqual([]);
  expect(describe(-3, 0)).toEqual([]);
  expect(describe(5, 6)[0]).toBe('45 % of the peak; 6.000B in 1 smaller location hidden; -b 201 shows all');
});
