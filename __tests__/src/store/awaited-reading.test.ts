import {describe, expect, it} from 'vitest';
import {createLocationLoader} from '../../../bin/location-loader.js';
import {CaptureError} from '../../../src/capture/damage.js';
import {selectHints} from '../../../src/commands/hints.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import {type MergePart, mergeSnapshots} from '../../../src/heap/merge-snapshots.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {formatQuery} from '../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {selectCrumbs} from '../../../src/store/crumb-line.js';
import {selectMissingTree} from '../../../src/store/missing-tree.js';
import {selectStatusParts} from '../../../src/store/status.js';
import {parseBlocks} from '../../helpers/block-snapshot.js';

// What takes another reading: the rows come with it, and nothing is read twice.

const progress = {bytesRead: 1, totalBytes: 2, records: 1, elapsedMs: 1};
const keymap = createKeymap();
const LINES = ['main>load 2*100@malloc 1*4096@mmap', 'main>save 6*10@malloc'];
const WITH_BLOCKS = parseBlocks(LINES);
const {blocks: _, ...PLAIN} = WITH_BLOCKS;
const PLAIN_BYTES = 2 * 100 + 4096 + 6 * 10;
const RUN: Snapshot = {...parseBlocks([...LINES, 'main>temp 9*1000@malloc']), view: {kind: 'allocated'}};

function open(snapshot: Snapshot = PLAIN, isReadOnce = false) {
  const asked: string[] = [];
  const effects: string[] = [];
  const store = createTreeStore({
    ...{snapshot, isReadOnce, columns: 100, rows: 30},
    onRequestView: () => effects.push('request'),
    onCancelRequest: () => effects.push('cancel'),
  });
  store.actions.receive({type: 'done', progress, snapshot});
  store.subscribe(
    createLocationLoader(store, (query, blocks) => asked.push(`${formatQuery(query)} ${blocks}`)),
  );
  return {store, asked, effects};
}

const press = (store: TreeStore, ...keys: string[]): void => {
  for (const key of keys) store.actions.press(key, keymap);
};
const read = (store: TreeStore, snapshot: Snapshot): void => {
  store.actions.startLoad('results.bin');
  store.actions.receive({type: 'done', progress, snapshot});
};
const listNames = (store: TreeStore): (string | null)[] => {
  const {rows, filtered} = store.getState();
  return [...rows].map(node => filtered.tree.getNode(node).function);
};
const readSheet = (store: TreeStore): string =>
  (store.getState().sheet ?? []).map(line => line.map(({text}) => text).join('')).join('\n');

describe('places', () => {
  it('wait for single allocations, and come with them', () => {
    const {store, asked} = open();
    press(store, '6');
    expect(selectMissingTree(store.getState())).toBe('Reading single allocations');
    expect(asked).toEqual(['places all true']);
    read(store, WITH_BLOCKS);
    expect(selectMissingTree(store.getState())).toBe('');
    expect(listNames(store)).toEqual(['<ROOT>', 'load', 'load', 'save']);
    press(store, '1', '6');
    expect(asked).toHaveLength(1);
  });

  it('are asked for again where Esc has ended the reading', () => {
    const {store, asked, effects} = open();
    press(store, '6');
    store.actions.startLoad('results.bin');
    press(store, 'escape');
    expect(effects).toEqual(['cancel']);
    expect(formatQuery(store.getState().query)).toBe('all');
    store.actions.receive({type: 'done', progress, snapshot: PLAIN});
    press(store, '6');
    expect(asked).toEqual(['places all true', 'places all true']);
  });

  it('are asked for after the statistics that were being read, and Esc leads back to what was read', () => {
    const {store, asked, effects} = open();
    press(store, '7');
    store.actions.startLoad('results.bin');
    press(store, '6');
    expect(asked).toEqual(['stats all true']);
    store.actions.receive({type: 'done', progress, snapshot: RUN});
    expect(asked).toEqual(['stats all true', 'places all true']);
    const other = open();
    press(other.store, '6');
    other.store.actions.startLoad('results.bin');
    press(other.store, '7', 's', 'escape');
    expect(other.effects).toEqual(['cancel']);
    expect(formatQuery(other.store.getState().query)).toBe('all');
    expect(effects).toEqual([]);
  });

  it('go on being read where the start waits for them', () => {
    const effects: string[] = [];
    const started = createTreeStore({
      ...{snapshot: PLAIN, columns: 100, rows: 30, query: parseQuery('places')},
      onCancelRequest: () => effects.push('cancel'),
    });
    started.actions.startLoad('results.bin');
    press(started, 's', 'escape');
    expect(formatQuery(started.getState().query)).toBe('places');
    expect(effects).toEqual([]);
  });

  it('say why they do not come, of what can be read once and of aggregated captures', () => {
    const piped = open(PLAIN, true);
    press(piped.store, '6');
    expect(selectMissingTree(piped.store.getState())).toMatch(/^Standard input can be read only once/);
    const aggregated = open({...PLAIN, capture: {...PLAIN.capture, fileFormat: 'aggregated'}});
    press(aggregated.store, '6');
    expect(selectMissingTree(aggregated.store.getState())).toMatch(
      /^An aggregated capture has no allocators/,
    );
    expect([...piped.asked, ...aggregated.asked]).toEqual([]);
  });
});

describe('several captures, one of them aggregated', () => {
  const SUMS: Snapshot = {...PLAIN, capture: {...PLAIN.capture, pid: 2, fileFormat: 'aggregated'}};
  const parts = [
    {name: 'a.bin', snapshot: PLAIN},
    {name: 'sums.bin', snapshot: SUMS},
  ];
  const merge = (list: readonly MergePart[]): Snapshot =>
    mergeSnapshots(list, {isMerged: false, biggestAllocs: Infinity});

  it.each([
    ['last', parts],
    ['first', parts.toReversed()],
  ])('say why there are no places and no statistics, and stay in the tree (%s)', (_where, list) => {
    const {store, asked} = open(merge(list));
    const before = store.getState().base.bytes[0];
    for (const key of ['6', '7']) {
      press(store, key);
      expect(selectMissingTree(store.getState())).toMatch(
        /^One of the captures, sums\.bin, is aggregated: it has no allocators and/,
      );
    }
    press(store, '1');
    expect(store.getState().base.bytes[0]).toBe(before);
    expect(asked).toEqual([]);
  });

  it('have statistics of their sums where all are', () => {
    const {store, asked} = open(merge([{name: 'b.bin', snapshot: SUMS}, parts[1]!]));
    press(store, '7');
    expect(asked).toEqual(['stats all true']);
    read(store, {...merge([{name: 'b.bin', snapshot: SUMS}, parts[1]!]), view: {kind: 'allocated'}});
    expect(readSheet(store)).toContain('Places by bytes at the peak');
  });

  it('are all read again for a tree where a view of blocks has left one out', () => {
    const {message} = new CaptureError('no-blocks', 'is aggregated');
    const failed = {name: 'sums.bin', failure: {code: 'no-blocks', message}} as const;
    const {store, asked} = open(merge([{name: 'a.bin', snapshot: WITH_BLOCKS}, failed]));
    press(store, '6');
    expect(listNames(store)).toContain('load');
    press(store, '1');
    expect(asked).toEqual(['all false']);
    read(store, merge(parts));
    expect(store.getState().base.bytes[0]).toBe(2 * PLAIN_BYTES);
  });
});

describe('statistics', () => {
  it('are of the whole run, which is read once and stays beside the selection', () => {
    const {store, asked} = open();
    press(store, '7');
    expect(asked).toEqual(['stats all true']);
    read(store, RUN);
    expect(readSheet(store)).toMatch(/Allocated in all +13\.356kB/);
    press(store, '1');
    expect(store.getState().view).toEqual({kind: 'peak'});
    expect(listNames(store)).toContain('save');
    expect(listNames(store)).not.toContain('temp');
    press(store, '7');
    expect(readSheet(store)).toContain('temp');
    expect(asked).toHaveLength(1);
  });

  it('come to another view without disturbing it', () => {
    const {store} = open();
    press(store, '7');
    store.actions.startLoad('results.bin');
    press(store, '1');
    store.actions.receive({type: 'done', progress, snapshot: RUN});
    expect(store.getState().sheet).toBeNull();
    expect(listNames(store)).toContain('load');
  });

  it('scroll no further than they go', () => {
    const {store} = open();
    press(store, '7');
    read(store, RUN);
    const {length} = store.getState().sheet!;
    press(store, 'down', 'down');
    expect(store.getState().sheetRow).toBe(2);
    press(store, 'end', 'down');
    const last = store.getState().sheetRow;
    expect(last).toBeGreaterThan(2);
    expect(last).toBeLessThan(length);
    press(store, 'up');
    expect(store.getState().sheetRow).toBe(last - 1);
    press(store, '1', '7');
    expect(store.getState().sheetRow).toBe(0);
  });
});

describe('the status', () => {
  const readStatus = (store: TreeStore): string =>
    selectStatusParts(store.getState())
      .map(({text}) => text)
      .join(' · ');

  it('says of statistics that they are of the whole run, of an aggregated capture that they are of the peak', () => {
    const {store} = open();
    press(store, '7');
    read(store, RUN);
    expect(readStatus(store)).toMatch(/^whole run · .* · shown 13\.356kB$/);
    const capture = {...PLAIN.capture, fileFormat: 'aggregated'} as const;
    const sums = open({...PLAIN, capture});
    press(sums.store, '7');
    read(sums.store, {...PLAIN, capture, view: {kind: 'allocated'}});
    expect(readStatus(sums.store)).toMatch(/^peak · .* · shown 4\.356kB$/);
    expect(selectCrumbs(sums.store.getState())?.crumbs.map(({text}) => text)).toEqual(['peak', 'stats']);
  });

  it('speaks of nothing shown or hidden where a view cannot be had', () => {
    const {store} = open({...PLAIN, capture: {...PLAIN.capture, fileFormat: 'aggregated'}});
    press(store, '6');
    expect(readStatus(store)).not.toMatch(/shown|hidden/);
    const hints = selectHints(store.getState()).map(({command}) => command);
    expect(hints).not.toContain('toggleImportSystem');
    expect(hints).not.toContain('startSearch');
  });
});

describe('the cursor', () => {
  const getCursor = (store: TreeStore): string => {
    const {filtered, cursorNode, base, isOpen} = store.getState();
    const {function: name, line} = filtered.tree.getNode(cursorNode);
    return `${name}:${line} ${[...isOpen].filter(Boolean).length}/${base.length}`;
  };

  it.each(['1', 'backspace'])(
    'comes back to its row from statistics, whose reading was awaited (%s)',
    key => {
      const {store} = open();
      press(store, 'down', 'down', 'down');
      const before = getCursor(store);
      expect(before).toMatch(/^save/);
      press(store, '7');
      read(store, RUN);
      press(store, key);
      expect(getCursor(store)).toBe(before);
    },
  );

  it('goes through statistics to the same frame of another shape', () => {
    const {store} = open(WITH_BLOCKS);
    press(store, 'down', 'down', 'down', '3');
    expect(getCursor(store)).toMatch(/^save/);
    press(store, '7');
    read(store, RUN);
    press(store, '6');
    expect(getCursor(store)).toMatch(/^save/);
  });

  it('comes back from imports, which have no row of its frame', () => {
    const {store} = open();
    press(store, 'down', 'down', 'down');
    const before = getCursor(store);
    press(store, '8');
    expect(store.getState().cursor).toBe(0);
    press(store, '1');
    expect(getCursor(store)).toBe(before);
  });

  it('is on the same frame of places that were awaited, and of the tree after them', () => {
    const {store} = open();
    press(store, 'down', 'down', 'down', '6');
    read(store, WITH_BLOCKS);
    expect(getCursor(store)).toMatch(/^save/);
    press(store, '1');
    expect(getCursor(store)).toMatch(/^save/);
  });

  it('stays on the root where that was selected', () => {
    const {store} = open(WITH_BLOCKS);
    press(store, 'down', 'down', 'g', '7', '6');
    expect(store.getState().cursor).toBe(0);
  });
});

describe('the facts of a row', () => {
  it('wait for single allocations, follow the cursor, and go away with Esc', () => {
    const {store, asked} = open();
    press(store, 'down', 'down', 'H');
    expect(readSheet(store)).toContain('Reading single allocations');
    expect(asked).toEqual(['all true']);
    read(store, WITH_BLOCKS);
    expect(readSheet(store)).toMatch(/^load .*\n\nBlocks\n {2}Bytes +4\.296kB/);
    press(store, 'shift+down');
    expect(readSheet(store)).toMatch(/^save /);
    press(store, 'escape');
    expect(store.getState().sheet).toBeNull();
    expect(asked).toHaveLength(1);
  });
});
