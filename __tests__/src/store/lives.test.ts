import {describe, expect, test} from 'vitest';
import {createKeymap} from '../../../src/commands/keymap.js';
import type {Snapshot, View} from '../../../src/heap/snapshot.js';
import {formatSelect} from '../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createTreeStore, type TreeStoreOptions} from '../../../src/session/create-tree-store.js';
import {areLivesPending, countShownParts, selectLives} from '../../../src/store/lives.js';
import {type KeptRun, readKeptRun, writeRisingRun} from '../../helpers/lives.js';

const run = readKeptRun(writeRisingRun());
const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};

function openStore(options: TreeStoreOptions = {}, {snapshot, history}: Partial<KeptRun> = run) {
  const asked: View[] = [];
  const store = createTreeStore({
    columns: 120,
    rows: 40,
    onRequestView: view => asked.push(view),
    ...(snapshot && {snapshot}),
    ...options,
  });
  if (history !== undefined) store.actions.receiveHistory(history);
  const keymap = createKeymap();
  return {
    store,
    press(...keys: readonly string[]) {
      for (const key of keys) store.actions.press(key, keymap);
      return store.getState();
    },
    /** Goes to the row of a function. */
    goTo(name: string) {
      store.actions.press('E', keymap);
      store.actions.press('g', keymap);
      const isThere = () => {
        const {filtered, cursorNode} = store.getState();
        return filtered.tree.getNode(cursorNode).function === name;
      };
      for (let step = 0; step < 20 && !isThere(); step++) store.actions.press('down', keymap);
      if (!isThere()) throw new Error(`no row of ${name}`);
    },
    listAsked: () => asked.map(formatSelect),
    getNote: () => store.getState().keyNote,
  };
}

const bytesAt = (count: number, name: string): number => {
  const {locations, stacks, frames, strings} = run.history.open().read(count, {kind: 'leaks'})!;
  let sum = 0;
  locations.stack.forEach((stack, index) => {
    if (strings[frames.function[stacks.frame[stack]!]!] === name) sum += locations.bytes[index]!;
  });
  return sum;
};

describe('B', () => {
  const listKept = (): readonly number[] => {
    const {records, highRecords} = run.history.open().cells;
    return [...records, ...highRecords].sort((a, b) => a - b);
  };

  test.each(['load', 'once'])('goes to the first kept moment at which %s held half of its greatest', name => {
    const {press, goTo, listAsked} = openStore();
    goTo(name);
    press('B');
    const most = Math.max(...listKept().map(count => bytesAt(count, name)));
    const expected = listKept().find(count => bytesAt(count, name) >= most / 2)!;
    expect(listAsked()).toEqual([`at:@${expected}`]);
    expect(bytesAt(expected, name)).toBeGreaterThanOrEqual(most / 2);
  });

  test('of the root is that of the whole heap, and of a table that of the row', () => {
    const {press, listAsked} = openStore();
    press('g', 'B');
    const [ofHeap] = listAsked();
    const table = openStore();
    table.press('3');
    table.goTo('main');
    table.press('B');
    expect(table.listAsked()).toEqual([ofHeap]);
  });

  test('is one step that is taken back', () => {
    const {press, goTo, store, listAsked, getNote} = openStore();
    goTo('load');
    press('B');
    const count = Number(listAsked()[0]!.slice('at:@'.length));
    const view: View = {kind: 'moment', at: {kind: 'allocations', count}};
    store.actions.receive({type: 'done', progress, snapshot: run.history.open().read(count, view)!});
    expect(press()).toMatchObject({view, query: {select: view}});
    expect(press().filtered.tree.getNode(press().cursorNode).function).toBe('load');
    press('B');
    expect(getNote()).toBe('This is when the row first held half its maximum');
    press('backspace');
    expect(listAsked().at(-1)).toBe('peak');
  });
});

describe('O', () => {
  test('shows and hides what each row held; what was computed is kept', () => {
    const {press, store} = openStore();
    expect(countShownParts(press(), 120)).toBe(0);
    expect(press('O').showsLives).toBe(true);
    expect(areLivesPending(store.getState(), 120)).toBe(true);
    const lives = selectLives(store.getState(), 120)!;
    expect(areLivesPending(store.getState(), 120)).toBe(false);
    expect(lives.parts).toBe(12);
    const {bytes, most} = lives.getLife(0)!;
    expect(most).toBe(Math.max(...bytes));
    expect(selectLives(store.getState(), 120)).toBe(lives);
    expect(press('O').showsLives).toBe(false);
    expect(selectLives(store.getState(), 120)).toBeNull();
  });

  test('is on from the start where the host says so', () => {
    const {press} = openStore({showsLives: true});
    expect(countShownParts(press(), 120)).toBe(12);
    expect(press('O').showsLives).toBe(false);
  });

  test('rows that filters join have the sums of all', () => {
    const {press, store} = openStore();
    press('O', 'E');
    const {filtered} = store.getState();
    const lives = selectLives(store.getState(), 120)!;
    const bytesOf = (node: number) => [...lives.getLife(node)!.bytes];
    const children = filtered.tree.getChildren(1).map(bytesOf);
    const whole = bytesOf(1);
    // What is gone at the peak has no row, so the rows have no more than the whole.
    whole.forEach((bytes, part) => {
      expect(children.reduce((sum, each) => sum + each[part]!, 0)).toBeLessThanOrEqual(bytes);
    });
    expect(whole).toEqual(bytesOf(0));
  });
});

/** Two moments that are compared as captures are. */
function readComparedRuns(): {readonly snapshot: Snapshot} {
  const {areMoments: _, ...moments} = run.history.open().readRuns([1000, 2000])!;
  return {snapshot: moments};
}

/** Columns of native frames, of which there are none. */
function listNoNative({frames: {length}}: Snapshot): NonNullable<Snapshot['frames']['native']> {
  const none = new Int32Array(length).fill(-1);
  const columns = {image: none, directory: none, offset: new Float64Array(length).fill(-1)};
  return {
    ...columns,
    identity: Int32Array.from({length}, (_, frame) => frame),
    state: new Uint8Array(length),
  };
}

describe('the keys say why they do nothing', () => {
  const explain = (
    key: string,
    options: TreeStoreOptions = {},
    kept: Partial<KeptRun> = run,
  ): string | null => {
    const {press, getNote, listAsked} = openStore(options, kept);
    press(key);
    expect(listAsked()).toEqual([]);
    expect(press().showsLives).toBe(false);
    return getNote();
  };
  const {snapshot} = run;

  test.each(['O', 'B'])('%s', key => {
    const aggregated: Snapshot = {...snapshot, capture: {...snapshot.capture, fileFormat: 'aggregated'}};
    expect(explain(key, {}, {snapshot: aggregated})).toBe('Aggregated captures hold no sizes over time');
    expect(explain(key, {}, {snapshot})).toBe('No states over time were kept of this capture');
    const native: Snapshot = {...snapshot, frames: {...snapshot.frames, native: listNoNative(snapshot)}};
    expect(explain(key, {}, {snapshot: native})).toBe('Not available for captures with native frames');
    const {snapshot: compared} = readComparedRuns();
    expect(explain(key, {}, {snapshot: compared})).toBe('Not available while captures are compared');
    const query = {...parseQuery('size:1MB..'), biggest: null};
    expect(explain(key, {query})).toBe('Over time, only sums are known, not single blocks');
    expect(explain(key, {}, {})).toBe('No states over time were kept of this capture');
  });

  test('O on a narrow screen, where B works', () => {
    expect(explain('O', {columns: 69})).toBe('The screen is too narrow for lines over time');
    const {press, listAsked} = openStore({columns: 69});
    press('B');
    expect(listAsked()).toHaveLength(1);
  });

  test('B where the host shows only one view', () => {
    const {press, getNote} = openStore({onRequestView: undefined});
    press('B');
    expect(getNote()).toBe('Only this view was loaded');
  });

  test('B while a capture is read, when O is noted for its end', () => {
    const {press, store, getNote, listAsked} = openStore({}, {snapshot});
    store.actions.startLoad('results.bin');
    press('B');
    expect(getNote()).toBe('Not before all is read');
    expect(press('O').showsLives).toBe(true);
    expect(countShownParts(press(), 120)).toBe(0);
    store.actions.receiveHistory(run.history);
    expect(countShownParts(press(), 120)).toBe(12);
    expect(listAsked()).toEqual([]);
  });
});

describe('lines over time from the start', () => {
  const {snapshot} = run;

  test.each([
    ['a plain capture', snapshot, null],
    [
      'an aggregated one',
      {...snapshot, capture: {...snapshot.capture, fileFormat: 'aggregated' as const}},
      'Aggregated captures hold no sizes over time',
    ],
  ])('of %s: why there are none is said', (_, read, note) => {
    const store = createTreeStore({showsLives: true});
    store.actions.startLoad('results.bin');
    store.actions.receive({type: 'progress', progress, partial: read});
    store.actions.receive({type: 'done', progress, snapshot: read});
    expect(store.getState().keyNote).toBe(note);
  });

  test('O says while all is read that they come', () => {
    const store = createTreeStore();
    store.actions.startLoad('results.bin');
    store.actions.receive({type: 'progress', progress, partial: snapshot});
    store.actions.run('switchLives');
    expect(store.getState()).toMatchObject({
      showsLives: true,
      keyNote: 'Lines over time are drawn once all is read',
    });
    store.actions.receive({type: 'done', progress, snapshot});
    expect(store.getState()).toMatchObject({showsLives: true, keyNote: null});
  });
});
