import {describe, expect, test} from 'vitest';
import {createKeymap} from '../../../src/commands/keymap.js';
import type {View} from '../../../src/heap/snapshot.js';
import {formatSelect} from '../../../src/query/grammar/format-query.js';
import {createTreeStore, type TreeStoreOptions} from '../../../src/session/create-tree-store.js';
import {readKeptRun, writeRisingRun} from '../../helpers/lives.js';

const run = readKeptRun(writeRisingRun());
const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};
const {cells} = run.history.open();

/** What is shown of a run that cannot be read again. */
function openOnce(options: TreeStoreOptions = {isReadOnce: true}) {
  const asked: View[] = [];
  const store = createTreeStore({
    columns: 107,
    rows: 40,
    snapshot: run.snapshot,
    onRequestView: view => asked.push(view),
    ...options,
  });
  store.actions.receiveHistory(run.history);
  const keymap = createKeymap();
  return {
    store,
    press(...keys: readonly string[]) {
      for (const key of keys) store.actions.press(key, keymap);
      return store.getState();
    },
    /** Answers the newest request, if it is of a moment, with the nearest one. */
    answer() {
      const select = asked.at(-1)!;
      if (select.kind !== 'moment' || select.at.kind !== 'allocations') throw new Error('no moment');
      const snapshot = run.history.open().readNearest(select.at.count)!;
      store.actions.receive({type: 'done', progress, snapshot});
    },
    listAsked: () => asked.map(formatSelect),
    getNote: () => store.getState().keyNote,
  };
}

describe('of what cannot be read again', () => {
  test('the moments that are kept are shown, and the peak after them', () => {
    const {press, answer, listAsked, store} = openOnce();
    press('T', 'home');
    answer();
    press('right');
    answer();
    expect(store.getState().view.kind).toBe('moment');
    press('p');
    expect(listAsked().at(-1)).toBe('peak');
    expect(listAsked()[0]).toBe(`at:@${cells.highRecords[0]}`);
  });

  test('a moment that is typed is asked for: the nearest one stands for it', () => {
    const {press, listAsked} = openOnce();
    press(':', ...'at:50%', 'enter');
    expect(listAsked()).toEqual(['at:50%']);
  });

  test.each(['}', '{'])('%s says why no range is shown', key => {
    const {press, listAsked, getNote} = openOnce();
    press(key);
    expect(getNote()).toBe('Standard input cannot be read again for this');
    expect(listAsked()).toEqual([]);
  });

  test('so do the keys and the mouse that choose ranges, and what is typed', () => {
    const {press, listAsked, getNote, store} = openOnce();
    press('T');
    for (const key of ['shift+right', 'shift+left']) {
      press('down', key);
      expect([key, getNote()]).toEqual([key, 'Standard input cannot be read again for this']);
    }
    const {row} = store.getState().layout!.strip!;
    store.actions.clickAt(30, row);
    store.actions.releaseAt(60);
    expect(getNote()).toBe('Standard input cannot be read again for this');
    press('escape', ':', ...'grown:@1..@5', 'enter');
    expect(getNote()).toBe('Standard input cannot be read again for this');
    expect(listAsked().filter(select => !select.startsWith('at:@'))).toEqual([]);
  });

  test('without a history a moment says why', () => {
    const {press, store, listAsked, getNote} = openOnce();
    store.actions.receiveHistory(null);
    press(']');
    expect(getNote()).toBe('Standard input cannot be read again for this');
    expect(listAsked()).toEqual([]);
  });
});
