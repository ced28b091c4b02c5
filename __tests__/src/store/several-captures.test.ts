import {describe, expect, test} from 'vitest';
import type {Damage} from '../../../src/capture/damage.js';
import {type MergePart, mergeSnapshots} from '../../../src/heap/merge-snapshots.js';
import {DEFAULT_QUERY} from '../../../src/query/tree-query.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {selectNotices} from '../../../src/store/notices.js';
import {selectCapture} from '../../../src/store/selected-capture.js';
import {selectStatusParts} from '../../../src/store/status.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const damage: Damage = {code: 'cut', byteOffset: 100, recordIndex: 3, message: 'The capture is cut off'};
const sound = parseSnapshot('main app.py:1 300', {capture: {pid: 1, notes: ['A remark.']}});
const cut = parseSnapshot('main app.py:1 200', {capture: {pid: 2, damage}});
const parts: readonly MergePart[] = [
  {name: 'a.bin', snapshot: sound},
  {name: 'b.bin', snapshot: cut},
  {name: 'nope', failure: {code: 'cannot-open', message: 'no such file'}},
];
const open = (isMerged: boolean) => {
  const store = createTreeStore({snapshot: mergeSnapshots(parts, {isMerged, biggestAllocs: 200})});
  store.actions.setViewport(60, 20);
  return store;
};

test('what is wrong with each is reported, the worst first', () => {
  expect(selectNotices(open(false).getState())).toEqual([
    {kind: 'error', text: 'nope: no such file'},
    {kind: 'damage', text: 'b.bin: Capture is cut off at byte 100 (record 3). Shown: everything before it.'},
    {kind: 'note', text: 'a.bin: A remark.'},
  ]);
});

test('the status counts those that could be read, once all are', () => {
  const store = createTreeStore({name: '3 captures'});
  const getTexts = () => selectStatusParts(store.getState()).map(({text}) => text);
  const progress = {bytesRead: 1, totalBytes: null, records: 1, elapsedMs: 1};
  const snapshot = mergeSnapshots(parts, {isMerged: false, biggestAllocs: 200});
  store.actions.startLoad('3 captures');
  store.actions.receive({type: 'progress', progress, partial: snapshot});
  expect(getTexts()).toContain('3 captures');
  store.actions.receive({type: 'done', progress, snapshot});
  expect(getTexts()).toContain('2 of 3 captures');
});

test('what is to be said of many is said once', () => {
  const children = Array.from({length: 8}, (_, index) => ({
    name: `results.bin.${index}`,
    snapshot: parseSnapshot('main app.py:1 300', {capture: {notes: index < 2 ? ['A.', 'B.'] : ['B.']}}),
  }));
  const snapshot = mergeSnapshots(children, {isMerged: false, biggestAllocs: 200});
  expect(selectNotices(createTreeStore({snapshot}).getState()).map(({text}) => text)).toEqual([
    'results.bin.0, results.bin.1: A.',
    'results.bin.0 and 7 more: B.',
  ]);
});

test('a view that needs more of one of them than was loaded says so, although all together have more', () => {
  const elided = {locations: 5, allocations: 5, bytes: 50};
  const partly = parseSnapshot('main app.py:1 90, 80', {capture: {pid: 3}, elided});
  const several = [
    ...parts.slice(0, 1),
    {name: 'c.bin', snapshot: partly},
    {name: 'd.bin', snapshot: partly},
  ];
  const snapshot = mergeSnapshots(several, {isMerged: false, biggestAllocs: 2});
  const getTexts = (biggest: number) =>
    selectNotices(createTreeStore({snapshot, query: {...DEFAULT_QUERY, biggest}}).getState()).map(
      ({text}) => text,
    );
  expect(snapshot.locations.length).toBe(5);
  expect(getTexts(2)).toEqual(['a.bin: A remark.']);
  expect(getTexts(4)).toContain(
    'This view shows only the 2 largest locations of each capture; the others are not loaded',
  );
});

describe('the selected capture', () => {
  test('is all of them for the root, its own for a process, none for a function', () => {
    const store = open(false);
    const pids = [selectCapture(store.getState())?.parts?.length];
    for (let row = 1; row <= 3; row++) {
      store.actions.run('moveDown');
      store.actions.run('openChain');
      pids.push(selectCapture(store.getState())?.pid);
    }
    expect(pids).toEqual([3, 1, undefined, 2]);
  });

  test('is none below the root of one tree', () => {
    const store = open(true);
    store.actions.run('moveDown');
    expect(selectCapture(store.getState())).toBe(null);
  });
});
