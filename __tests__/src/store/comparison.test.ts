import {describe, expect, it} from 'vitest';
import {createLocationLoader} from '../../../bin/location-loader.js';
import {CaptureError} from '../../../src/capture/damage.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import {ComparedRuns} from '../../../src/heap/compared-runs.js';
import {NO_RENAMES, type Renames} from '../../../src/heap/frame-renames.js';
import type {CaptureInfo, Snapshot} from '../../../src/heap/snapshot.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {selectCutSides, selectRunNamer} from '../../../src/store/comparison.js';
import {selectMissingTree} from '../../../src/store/missing-tree.js';
import {selectNotices} from '../../../src/store/notices.js';
import {getSelectedFrame} from '../../../src/store/source-pane/selected-frame.js';
import type {CutSides} from '../../../src/store/source-pane/side-facts.js';
import {formatFacts} from '../../../src/store/source-pane/source-facts.js';
import {getSourceNote} from '../../../src/store/source-pane/source-notes.js';
import {selectStatusParts} from '../../../src/store/status.js';
import {getNextView} from '../../../src/store/view-actions.js';
import {getPresence} from '../../../src/tree/compared-nodes.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const keymap = createKeymap();
const press = (store: TreeStore, ...keys: readonly string[]): void => {
  for (const key of keys) store.actions.press(key, keymap);
};

const BEFORE = parseSnapshot('main app.py:1\n  load app.py:2 500\n  drop app.py:9 300');
const AFTER = parseSnapshot('main app.py:1\n  load app.py:2 900\n  keep app.py:9 100');

function compare(compared: Snapshot, bases: readonly Snapshot[], renames: Renames = NO_RENAMES): Snapshot {
  const runs = new ComparedRuns(renames);
  runs.add({name: 'new.bin', snapshot: compared}, false);
  for (const [index, base] of bases.entries()) runs.add({name: `base${index}.bin`, snapshot: base}, true);
  return runs.finish();
}

const withInfo = (snapshot: Snapshot, info: Partial<CaptureInfo>): Snapshot => ({
  ...snapshot,
  capture: {...snapshot.capture, ...info},
});

const progress = {bytesRead: 1, totalBytes: 2, records: 1, elapsedMs: 1};

function open(snapshot: Snapshot) {
  const asked: string[] = [];
  const store = createTreeStore({
    snapshot,
    columns: 100,
    rows: 30,
    namesOptions: true,
    onRequestView: () => asked.push('view'),
  });
  store.actions.receive({type: 'done', progress, snapshot});
  store.subscribe(createLocationLoader(store, () => asked.push('locations')));
  const note = (key: string): string | null => {
    press(store, key);
    return store.getState().keyNote;
  };
  return {store, asked, note};
}

it('what has to be said of the captures together is a notice', () => {
  const functions = [{from: 'nothing', to: 'load'}];
  const {store} = open(compare(AFTER, [BEFORE], {folders: [], functions}));
  expect(selectNotices(store.getState())).toEqual([
    {kind: 'note', text: '--map-function nothing=load: no function of the base is called nothing'},
  ]);
});

it('rows that only more runs could tell from chance are a notice', () => {
  const run = (doubled: number, jumping: number) =>
    parseSnapshot(`load app.py:1 ${doubled}\njump app.py:2 ${jumping}`);
  const runs = new ComparedRuns(NO_RENAMES);
  for (const [index, jumping] of [900_000, 900_000, 900_000, 1].entries()) {
    runs.add({name: `new${index}.bin`, snapshot: run(1_000_000 + index, jumping)}, false);
    runs.add({name: `base${index}.bin`, snapshot: run(500_000 + index, 900_001 - jumping)}, true);
  }
  const {store} = open(runs.finish());
  const list = () => selectNotices(store.getState()).map(({text}) => `${text}`);
  expect(list()).toEqual([
    expect.stringMatching(/^1 row differs in all runs, but 4 runs a side cannot tell/),
  ]);
  press(store, 'd');
  expect(list()).toEqual([]);
});

describe('keys that need a base', () => {
  it('say what there is none of', () => {
    const alone = open(AFTER);
    const sides = open(compare(AFTER, []));
    const pair = open(compare(AFTER, [BEFORE]));
    for (const key of ['d', 'V']) {
      expect(alone.note(key)).toBe('Nothing is compared: start with --diff BASE');
      expect(sides.note(key)).toBe('These captures have no base: start with --diff BASE');
    }
    expect(pair.note('V')).toBe('This row has no source file');
    expect(pair.note('w')).toBe('A comparison always shows what is below the cut');
    press(pair.store, 'down');
    expect(pair.note('V')).toBe('Both sides name the same file here');
  });
});

it('key 9 says why the root has no table of lines', () => {
  expect(open(AFTER).note('9')).toBe('The root has no file: select a row below it');
});

describe('the cut of a comparison', () => {
  // The base has more locations than what is compared with it.
  const LARGE = parseSnapshot('main app.py:1\n  load app.py:2 500\n  drop app.py:9 300\n  more app.py:5 200');
  const biggestAfter = (store: TreeStore, ...keys: readonly string[]) => {
    press(store, ...keys);
    return store.getState().query.biggest;
  };
  const openAll = () => open(compare(parseSnapshot('main app.py:1 100'), [LARGE]));

  it('moves as far as the larger side reaches, and then shows all', () => {
    const {store, note} = openAll();
    expect(note('+')).toBe('All locations are shown');
    expect(biggestAfter(store, '-')).toBe(2);
    expect(biggestAfter(store, '-')).toBe(1);
    expect(biggestAfter(store, '+')).toBe(2);
    expect(biggestAfter(store, '+')).toBe(Infinity);
    expect(note('+')).toBe('All locations are shown');
  });

  it('is a reason for rows that only one side has', () => {
    const {store} = openAll();
    expect(selectCutSides(store.getState())).toEqual({base: false, compared: false});
    press(store, '-');
    expect(selectCutSides(store.getState())).toEqual({base: true, compared: false});
    const {filtered} = store.getState();
    const say = (cutSides: CutSides) => {
      const node = [...filtered.tree.firstChild.keys()].find(
        at => getPresence(filtered.tree, at) === 'gone',
      )!;
      const facts = formatFacts(filtered.tree, node, {moduleOf: String, ascii: true, cutSides});
      return facts.map(({text}) => `${text}`).find(text => text.startsWith('Size'));
    };
    expect(say({base: true, compared: false})).toMatch(/ of the base, gone\)$/);
    expect(say({base: false, compared: true})).toMatch(/ of the base, gone, or below the cut now\)$/);
  });
});

describe('what needs a base', () => {
  const note = (written: string, snapshot: Snapshot) => {
    const {store} = open(snapshot);
    press(store, ':', ...written, 'enter');
    return selectNotices(store.getState()).map(({text}) => `${text}`);
  };

  it.each([
    ['diff:grown', compare(AFTER, []), 'diff:grown: these captures have no base'],
    ['diff:grown', AFTER, 'diff:grown: nothing is compared'],
    ['normalize', compare(AFTER, []), 'normalize: these captures have no base'],
  ])('%s says that it has no effect without one', (written, snapshot, reason) => {
    expect(note(written, snapshot)).toEqual([
      `${reason}, so it has no effect; --diff BASE compares with one`,
    ]);
  });

  it.each([
    ['diff:grown', compare(AFTER, [BEFORE])],
    ['diff:absolute', compare(AFTER, [])],
  ])('%s says nothing where it has one', (written, snapshot) => {
    expect(note(written, snapshot)).toEqual([]);
  });
});

describe('the status line', () => {
  const texts = (snapshot: Snapshot, name: string, keys: readonly string[] = []) => {
    const store = createTreeStore({snapshot, name, columns: 80, rows: 24});
    press(store, ...keys);
    return selectStatusParts(store.getState()).map(({text, short}) => `${short ?? text}`);
  };

  it('tells captures of the same name apart by their folders', () => {
    const runs = new ComparedRuns(NO_RENAMES);
    runs.add({name: '/runs/new/1.bin', snapshot: AFTER}, false);
    runs.add({name: '/runs/base/1.bin', snapshot: BEFORE}, true);
    expect(texts(runs.finish(), '/runs/new/1.bin').slice(1, 3)).toEqual(['new/1.bin', 'vs base/1.bin']);
    expect(texts(compare(AFTER, [BEFORE]), '/runs/new.bin').slice(1, 3)).toEqual(['new.bin', 'vs base0.bin']);
  });

  it('has names for the captures that tell them apart', () => {
    const runs = new ComparedRuns(NO_RENAMES);
    for (const name of ['/a/new/1.bin', '/a/new/2.bin']) runs.add({name, snapshot: AFTER}, false);
    runs.add({name: '/a/base/1.bin', snapshot: BEFORE}, true);
    const nameRun = selectRunNamer(open(runs.finish()).store.getState());
    expect([0, 1, 2].map(nameRun)).toEqual(['new/1.bin', '2.bin', 'base/1.bin']);
  });

  it('says that the peak is a median, also while single allocations are read', () => {
    const runs = new ComparedRuns(NO_RENAMES);
    for (const name of ['a.bin', 'b.bin']) runs.add({name, snapshot: AFTER}, false);
    const snapshot = runs.finish();
    for (const keys of [[], ['6']]) {
      expect(texts(snapshot, '2 captures', keys).filter(text => text.includes('peak '))).toEqual([
        'median peak 1.000kB',
      ]);
    }
  });

  it('says what the base is scaled to', () => {
    const keys = [':', ...'normalize', 'enter'];
    expect(texts(compare(AFTER, [BEFORE]), 'new.bin', keys)).toContain('base scaled');
    expect(texts(compare(AFTER, [BEFORE]), 'new.bin').join()).not.toContain('scaled');
  });
});

describe('an aggregated side', () => {
  const SUMS = withInfo(BEFORE, {fileFormat: 'aggregated'});

  it.each([
    ['the base', compare(AFTER, [SUMS])],
    ['what is compared', compare(SUMS, [AFTER])],
    ['all bases', compare(AFTER, [SUMS, SUMS])],
  ])('has no temporary allocations, and v leaves them out (%s)', (_, snapshot) => {
    expect(getNextView(open(snapshot).store.getState())).toEqual({kind: 'leaks'});
    const leaks = open({...snapshot, view: {kind: 'leaks'}}).store;
    expect(getNextView(leaks.getState())).toEqual({kind: 'peak'});
  });

  it('that has others besides has them', () => {
    const leaks = open({...compare(AFTER, [SUMS, BEFORE]), view: {kind: 'leaks'}}).store;
    expect(getNextView(leaks.getState())).toMatchObject({kind: 'temporary'});
  });

  it('has no single allocations, whatever failed before', () => {
    const {store, asked} = open(compare(AFTER, [SUMS]));
    store.actions.startLoad('new.bin');
    const {code, message} = new CaptureError('no-temporary-allocations', 'keeps no temporary allocations');
    store.actions.receive({type: 'failed', code, message});
    press(store, '6');
    expect(selectMissingTree(store.getState())).toMatch(
      /^One of the captures, base0\.bin, is aggregated: it has no allocators and/,
    );
    expect(asked).toEqual([]);
  });
});

describe('the share of a difference', () => {
  it('is one of the base, whatever sizes are shares of', () => {
    const {store} = open(compare(AFTER, [BEFORE]));
    const says = (text: string) => selectStatusParts(store.getState()).some(part => part.text === text);
    press(store, 'd', '%', '%');
    expect(says('% of parent')).toBe(true);
    press(store, 'd');
    expect(says('% of parent')).toBe(false);
  });
});

describe('the source', () => {
  const OLD = parseSnapshot('main /v1/app.py:1\n  load /v1/app.py:2 500\n  drop /v1/app.py:9 300');
  const NEW = parseSnapshot('main /v2/app.py:1\n  load /v2/app.py:2 900\n  keep /v2/app.py:9 100');
  const snapshot = compare(NEW, [OLD], {folders: [{from: '/v1', to: '/v2'}], functions: []});

  function select(store: TreeStore, name: string): void {
    press(store, 'home');
    const {filtered} = store.getState();
    while (filtered.tree.getNode(store.getState().cursorNode).function !== name) press(store, 'down');
  }

  it('is that of the base for rows that are gone, until V has chosen a side', () => {
    const {store} = open(snapshot);
    const read = (name: string) => {
      select(store, name);
      const {file, side} = getSelectedFrame(store.getState())!;
      return `${file} ${side}`;
    };
    expect(['load', 'keep', 'drop'].map(read)).toEqual([
      '/v2/app.py compared',
      '/v2/app.py compared',
      '/v1/app.py base',
    ]);
    press(store, 'V');
    expect(['load', 'drop'].map(read)).toEqual(['/v2/app.py compared', '/v2/app.py compared']);
    press(store, 'V');
    expect(['load', 'drop'].map(read)).toEqual(['/v1/app.py base', '/v1/app.py base']);
  });

  it('says that a row stands for all lines of a function', () => {
    const lines = ['', 'def load():', '  pass'];
    const result = {kind: 'text', path: '/v2/app.py', lines, firstLine: 1, totalLines: 3} as const;
    const excerpt = {file: '/v2/app.py', line: 0, functionName: 'load', result} as never;
    expect(getSourceNote(excerpt, false)).toBe('all lines of this function');
    expect(getSourceNote(excerpt)).toBe('the line is not known; this is the definition');
  });

  it('belongs to no side where both name the same file', () => {
    const {store} = open(compare(AFTER, [BEFORE]));
    select(store, 'drop');
    expect(getSelectedFrame(store.getState())).not.toHaveProperty('side');
  });
});
