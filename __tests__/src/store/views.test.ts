import {describe, expect, test} from 'vitest';
import {getHintText, selectHints} from '../../../src/commands/hints.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import type {Snapshot, View} from '../../../src/heap/snapshot.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {DEFAULT_QUERY} from '../../../src/query/tree-query.js';
import type {LoadProgress, StreamState} from '../../../src/reader/load-messages.js';
import {createTreeStore, type TreeStoreOptions} from '../../../src/session/create-tree-store.js';
import {selectMissingTree} from '../../../src/store/missing-tree.js';
import {selectProgress, selectStatusParts} from '../../../src/store/status.js';
import {printRows} from '../../helpers/print-rows.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const LEAKS: View = {kind: 'leaks'};
const PEAK_TREE = parseSnapshot('main app.py:1\n  load app.py:10 300\n  build app.py:20 100');
const ALIVE_TREE: Snapshot = {...parseSnapshot('main app.py:1\n  build app.py:20 100'), view: LEAKS};

const recording = {elapsedMs: 7900, allocationRecords: 5, heapBytes: 1500, growthPerSecond: 2};

const progressOf = (stream?: StreamState): LoadProgress => ({
  bytesRead: 1500,
  totalBytes: null,
  records: 7,
  elapsedMs: 100,
  ...(stream && {stream}),
  ...(stream && stream !== 'missing' && {recording}),
});

function createFollowing(options?: TreeStoreOptions) {
  const asked: View[] = [];
  const store = createTreeStore(options ?? {onRequestView: view => asked.push(view)});
  store.actions.setViewport(60, 20);
  store.actions.startLoad('results.bin');
  const receive = (partial: Snapshot | null, stream?: StreamState) =>
    store.actions.receive({type: 'progress', progress: progressOf(stream), partial});
  const hasHint = () => selectHints(store.getState()).some(({command}) => command === 'switchView');
  const getViewText = () => selectStatusParts(store.getState())[0]!.text;
  return {store, asked, receive, hasHint, getViewText};
}

test('the hint of the other view has its name: allocated now, or leaks once the recording is over', () => {
  const {store, receive} = createFollowing();
  const getHint = () => {
    const hint = selectHints(store.getState()).find(({command}) => command === 'switchView');
    return hint && getHintText('switchView', hint.variant);
  };
  receive(PEAK_TREE, 'growing');
  expect(getHint()).toBe('Allocated now');
  const finish = (snapshot: Snapshot) =>
    store.actions.receive({type: 'done', progress: progressOf('growing'), snapshot});
  finish(PEAK_TREE);
  expect(getHint()).toBe('Leaks');
  finish(ALIVE_TREE);
  expect(getHint()).toBe('Peak');
});

describe('while a capture is followed', () => {
  test('the status says how it goes', () => {
    const {store, receive} = createFollowing();
    const texts = (['missing', 'quiet', 'growing', 'deleted'] as const).map(stream => {
      receive(null, stream);
      return selectProgress(store.getState());
    });
    expect(texts).toEqual([
      {share: null, text: 'waiting for the recording to begin'},
      {share: null, text: 'recording 0:07, nothing new  5 records  heap 1.500kB'},
      {share: null, text: 'recording 0:07  5 records  heap 1.500kB +2.000B/s'},
      {share: null, text: 'recording 0:07, file deleted  5 records  heap 1.500kB'},
    ]);
  });

  test('the panes say what they wait for', () => {
    const {store, receive} = createFollowing();
    const texts = (['missing', 'connected', 'growing'] as const).map(stream => {
      receive(null, stream);
      return selectMissingTree(store.getState());
    });
    expect(texts).toEqual([
      'Waiting for results.bin',
      'Connected to results.bin, which has sent nothing yet',
      'Reading the capture',
    ]);
  });

  test('what it waits for is said until it is there', () => {
    const store = createTreeStore({columns: 80, rows: 24});
    store.actions.startLoad('port 4321');
    const getNotices = () => store.getState().layout!.noticeRows.map(({text}) => text);
    const waiting = {...progressOf('missing'), waitingFor: 'Waiting for a program.'};
    store.actions.receive({type: 'progress', progress: waiting, partial: null});
    expect(getNotices()).toEqual(['Waiting for a program.']);
    expect(selectProgress(store.getState())).toEqual({share: null, text: 'waiting'});
    store.actions.receive({type: 'progress', progress: progressOf('growing'), partial: null});
    expect(getNotices()).toEqual([]);
  });

  test('v asks for the other view, and what was not freed is alive', () => {
    const {store, asked, receive, hasHint, getViewText} = createFollowing();
    receive(PEAK_TREE, 'growing');
    expect(hasHint()).toBe(true);
    expect(getViewText()).toBe('peak');
    store.actions.run('switchView');
    expect(asked).toEqual([LEAKS]);
    receive(ALIVE_TREE, 'growing');
    expect(getViewText()).toBe('allocated now');
    store.actions.run('switchView');
    expect(asked).toEqual([LEAKS, {kind: 'peak'}]);
  });

  test('an aggregated capture has one view only', () => {
    const {store, asked, receive, hasHint} = createFollowing();
    receive({...PEAK_TREE, capture: {...PEAK_TREE.capture, fileFormat: 'aggregated'}}, 'growing');
    store.actions.run('switchView');
    expect({asked, hint: hasHint()}).toEqual({asked: [], hint: false});
  });

  test('both views can be asked for at the end as well', () => {
    const {store, asked, receive, getViewText} = createFollowing();
    receive(ALIVE_TREE, 'growing');
    store.actions.run('moveDown');
    const finish = (snapshot: Snapshot) =>
      store.actions.receive({type: 'done', progress: progressOf('growing'), snapshot});
    finish(ALIVE_TREE);
    expect(getViewText()).toBe('leaks');
    store.actions.run('switchView');
    expect(asked).toEqual([{kind: 'peak'}]);
    finish(PEAK_TREE);
    expect(getViewText()).toBe('peak');
    expect(printRows(store.getState())).toMatchInlineSnapshot(`
      "  - <ROOT> 400
      >   - main 400
              load 300
              build 100"
    `);
    store.actions.run('switchView');
    expect(asked).toEqual([{kind: 'peak'}, LEAKS]);
  });
});

describe('what v asks the host for', () => {
  const TEMPORARY: View = {kind: 'temporary', threshold: 1};
  const open = (options: TreeStoreOptions = {}) => {
    const asked: View[] = [];
    const store = createTreeStore({namesOptions: true, onRequestView: view => asked.push(view), ...options});
    store.actions.startLoad('results.bin');
    return {store, asked, press: () => store.actions.run('switchView')};
  };
  const partial = (snapshot: Snapshot) =>
    ({type: 'progress', progress: progressOf(), partial: snapshot}) as const;
  const done = (snapshot: Snapshot) => ({type: 'done', progress: progressOf(), snapshot}) as const;

  test('goes on from what was asked for, whether it has come or not', () => {
    const {store, asked, press} = open();
    store.actions.receive(partial(PEAK_TREE));
    press();
    press();
    press();
    expect(asked).toEqual([LEAKS, TEMPORARY, {kind: 'peak'}]);
  });

  test('may be asked for before anything has come', () => {
    const {store, asked, press} = open();
    press();
    expect(asked).toEqual([LEAKS]);
    expect(store.getState().keyNote).toBeNull();
  });

  test('passes over what could not be read', () => {
    const {store, asked, press} = open();
    store.actions.receive(done(ALIVE_TREE));
    press();
    store.actions.receive({type: 'failed', code: 'cannot-open', message: 'no such file'});
    press();
    expect(asked).toEqual([TEMPORARY, {kind: 'peak'}]);
    store.actions.receive(done(PEAK_TREE));
    press();
    store.actions.receive(done(ALIVE_TREE));
    press();
    expect(asked.slice(2)).toEqual([LEAKS, TEMPORARY]);
  });

  test('is only what one reading holds, where the source cannot be read again', () => {
    const {store, asked, press} = open({isReadOnce: true});
    store.actions.receive(done(PEAK_TREE));
    press();
    store.actions.receive(done(ALIVE_TREE));
    press();
    expect(asked).toEqual([LEAKS, {kind: 'peak'}]);
    const keymap = createKeymap();
    for (const key of [':', ...'temporary:1', 'enter']) store.actions.press(key, keymap);
    expect(asked).toHaveLength(2);
    expect(store.getState().keyNote).toBe(
      'Standard input cannot be read again; start with --view temporary:1',
    );
  });

  test('Esc takes back as long as it has not come', () => {
    let cancelled = 0;
    const {store, press} = open({onCancelRequest: () => cancelled++});
    store.actions.receive(done(PEAK_TREE));
    store.actions.run('cancel');
    expect(cancelled).toBe(0);
    press();
    expect(store.getState().askedView).toEqual(LEAKS);
    store.actions.run('cancel');
    expect(cancelled).toBe(1);
    expect(store.getState().askedView).toBeNull();
    store.actions.run('cancel');
    expect(cancelled).toBe(1);
  });

  test('former options: one after the reading, one while a recording is read', () => {
    const asked: string[] = [];
    const store = createTreeStore({
      onSelectView: view => asked.push(`select ${view.kind}`),
      onSwitchView: view => asked.push(`switch ${view.kind}`),
    });
    store.actions.startLoad('results.bin');
    const press = () => store.actions.run('switchView');
    store.actions.receive({type: 'progress', progress: progressOf('growing'), partial: PEAK_TREE});
    press();
    store.actions.receive({type: 'progress', progress: progressOf('growing'), partial: ALIVE_TREE});
    press();
    store.actions.receive(partial(PEAK_TREE));
    press();
    store.actions.receive(done(PEAK_TREE));
    press();
    store.actions.receive(done(ALIVE_TREE));
    press();
    expect(asked).toEqual(['switch leaks', 'switch peak', 'select leaks', 'select temporary']);
  });
});

describe('what v showed before', () => {
  const TEMPORARY: View = {kind: 'temporary', threshold: 1};
  const PEAK: View = {kind: 'peak'};
  const open = (options: TreeStoreOptions = {}) => {
    const asked: (View | 'cancel')[] = [];
    const store = createTreeStore({
      onRequestView: view => asked.push(view),
      onCancelRequest: () => asked.push('cancel'),
      ...options,
    });
    store.actions.startLoad('results.bin');
    const keymap = createKeymap();
    const press = (...keys: string[]) => {
      for (const key of keys) store.actions.press(key, keymap);
    };
    const finish = (view: View) => {
      const snapshot = view.kind === 'leaks' ? ALIVE_TREE : {...PEAK_TREE, view};
      store.actions.receive({type: 'done', progress: progressOf(), snapshot});
    };
    const getQueries = () => store.getState().past.map(({query, select}) => `${query.sort} ${select?.kind}`);
    return {store, asked, press, finish, getQueries};
  };
  const fail = {type: 'failed', code: 'cannot-open', message: 'no such file'} as const;

  test('comes back by Backspace, a step at a time, and again by Ctrl+R', () => {
    const {store, asked, press, finish} = open();
    finish(PEAK);
    press('v');
    finish(LEAKS);
    press('v');
    finish(TEMPORARY);
    press('backspace');
    finish(LEAKS);
    press('backspace');
    finish(PEAK);
    press('backspace');
    expect(store.getState().keyNote).toBe('There is no step to take back');
    press('ctrl+r');
    finish(LEAKS);
    expect(asked).toEqual([LEAKS, TEMPORARY, LEAKS, PEAK, LEAKS]);
  });

  test('does not count as navigation: the tree is that of the start each time', () => {
    const {store, press, finish} = open();
    finish(PEAK);
    press('s', 'v');
    finish(LEAKS);
    expect(printRows(store.getState())).toMatchInlineSnapshot(`
      "> - <ROOT> 100
          - main 100
              build 100"
    `);
    expect(store.getState().hasUserNavigated).toBe(false);
    press('backspace');
    finish(PEAK);
    expect(printRows(store.getState())).toMatchInlineSnapshot(`
      "> - <ROOT> 400
          - main 400
              load 300
              build 100"
    `);
    press('backspace');
    expect(store.getState()).toMatchObject({past: [], query: {sort: 'total', select: PEAK}});
  });

  test('is there for results that come while a capture is read, too', () => {
    const {store, asked, press, finish, getQueries} = open();
    press('s', 'v', 's');
    store.actions.receive({type: 'progress', progress: progressOf(), partial: ALIVE_TREE});
    finish(LEAKS);
    expect(getQueries()).toEqual(['total undefined', 'own peak', 'own undefined']);
    press('backspace', 'backspace');
    expect(asked).toEqual([LEAKS, PEAK]);
  });

  test.each([
    ['is cancelled', 'escape'],
    ['fails', null],
  ])('is no step where what was asked for %s; other steps stay', (_, key) => {
    const {store, press, finish, getQueries} = open();
    finish(PEAK);
    press('v', 's', 'v', 's');
    if (key === null) store.actions.receive(fail);
    else press(key);
    expect(store.getState()).toMatchObject({askedView: null, query: {sort: 'count', select: PEAK}});
    expect(getQueries()).toEqual(['total undefined', 'own undefined']);
  });

  test('is no step where it is shown in part when it is cancelled', () => {
    const {store, asked, press, finish} = open();
    finish(PEAK);
    press('v');
    store.actions.receive({type: 'progress', progress: progressOf(), partial: ALIVE_TREE});
    press('escape');
    finish(PEAK);
    expect(store.getState()).toMatchObject({past: [], view: PEAK});
    expect(asked).toEqual([LEAKS, 'cancel']);
  });

  test('is cancelled by Backspace as long as it has not come', () => {
    const {store, asked, press, finish} = open();
    finish(PEAK);
    press('v', 'backspace');
    expect(asked).toEqual([LEAKS, 'cancel']);
    expect(store.getState()).toMatchObject({askedView: null, past: [], view: PEAK});
  });

  test('is kept by what is typed, whose steps come back with it', () => {
    const {asked, press, finish, getQueries} = open();
    finish(PEAK);
    press(':', ...'leaks', 'space', ...'sort:own', 'enter');
    finish(LEAKS);
    expect(getQueries()).toEqual(['total peak']);
    press('backspace');
    expect(asked).toEqual([LEAKS, PEAK]);
  });

  test('typed steps stay where the selection beside them is cancelled', () => {
    const {store, press, finish, getQueries} = open();
    finish(PEAK);
    press(':', ...'leaks', 'space', ...'sort:own', 'enter', 'escape');
    expect(getQueries()).toEqual(['total undefined']);
    press('backspace');
    expect(store.getState()).toMatchObject({past: [], query: {sort: 'total', select: PEAK}});
  });

  test('is asked for once the reading is over, of a host that is asked then only', () => {
    const asked: View[] = [];
    const {store, press, finish} = open({
      onRequestView: undefined as never,
      onSelectView: view => asked.push(view),
    });
    finish(PEAK);
    press('v');
    store.actions.startLoad('results.bin');
    store.actions.receive(fail);
    expect(store.getState().past).toEqual([]);
    press('v');
    finish(LEAKS);
    press('backspace');
    expect(asked).toEqual([LEAKS, LEAKS, PEAK]);
  });

  test('is not to be had any more of a host that is asked only while a recording is read', () => {
    const {store, receive} = createFollowing({onSwitchView: () => {}});
    receive(PEAK_TREE, 'growing');
    store.actions.run('switchView');
    receive(ALIVE_TREE, 'growing');
    store.actions.receive({type: 'done', progress: progressOf('growing'), snapshot: ALIVE_TREE});
    store.actions.run('undo');
    expect(store.getState()).toMatchObject({past: [], view: LEAKS, keyNote: 'Only this view was loaded'});
  });

  test('is named by 0, which keeps what is selected', () => {
    const {store, press, finish} = open();
    finish(PEAK);
    press('0');
    expect(store.getState().keyNote).toBe('The plain view is shown already');
    press('v');
    finish(LEAKS);
    press('0');
    expect(store.getState().keyNote).toBe(
      'The plain view is shown; Backspace goes back, v selects something else',
    );
    press('s', '0');
    expect(store.getState()).toMatchObject({keyNote: null, query: {sort: 'total', select: LEAKS}});
  });
});

test('v does nothing for a host that cannot be asked', () => {
  const {store, asked, receive, hasHint} = createFollowing({});
  receive(PEAK_TREE);
  store.actions.run('switchView');
  store.actions.receive({type: 'done', progress: progressOf(), snapshot: PEAK_TREE});
  const before = store.getState();
  store.actions.run('switchView');
  expect(store.getState()).toBe(before);
  expect({asked, hint: hasHint()}).toEqual({asked: [], hint: false});
});

test.each([undefined, 3])(
  'v comes back to temporary allocations within the threshold that was shown: %s',
  threshold => {
    const asked: View[] = [];
    const query = threshold === undefined ? DEFAULT_QUERY : parseQuery(`temporary:${threshold}`);
    const store = createTreeStore({query, onSelectView: view => asked.push(view)});
    const show = (view: View) =>
      store.actions.receive({type: 'done', progress: progressOf(), snapshot: {...PEAK_TREE, view}});
    show(query.select);
    for (let i = 0; i < 3; i++) {
      store.actions.run('switchView');
      show(asked.at(-1)!);
    }
    expect(asked.find(({kind}) => kind === 'temporary')).toEqual({
      kind: 'temporary',
      threshold: threshold ?? 1,
    });
    store.actions.receive({
      type: 'done',
      progress: progressOf(),
      snapshot: {...PEAK_TREE, view: {kind: 'temporary', threshold: 7}},
    });
    for (let i = 0; i < 3; i++) {
      store.actions.run('switchView');
      show(asked.at(-1)!);
    }
    expect(asked.at(-1)).toEqual({kind: 'temporary', threshold: 7});
  },
);
