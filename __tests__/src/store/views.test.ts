import {describe, expect, test} from 'vitest';
import {getHintText, selectHints} from '../../../src/commands/hints.js';
import type {Snapshot, View} from '../../../src/heap/snapshot.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {DEFAULT_QUERY} from '../../../src/query/tree-query.js';
import type {LoadProgress, StreamState} from '../../../src/reader/load-messages.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
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

function createFollowing() {
  const asked: View[] = [];
  const store = createTreeStore({onSwitchView: view => asked.push(view)});
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
  const done = {
    type: 'done',
    progress: progressOf('growing'),
    snapshot: PEAK_TREE,
    other: ALIVE_TREE,
  } as const;
  store.actions.receive(done);
  expect(getHint()).toBe('Leaks');
  store.actions.run('switchView');
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

  test('at the end both views are there, the one in front that was looked at', () => {
    const {store, asked, receive, getViewText} = createFollowing();
    receive(ALIVE_TREE, 'growing');
    store.actions.run('moveDown');
    store.actions.receive({
      type: 'done',
      progress: progressOf('growing'),
      snapshot: PEAK_TREE,
      other: ALIVE_TREE,
    });
    expect(getViewText()).toBe('leaks');
    store.actions.run('switchView');
    expect(getViewText()).toBe('peak');
    expect(printRows(store.getState())).toMatchInlineSnapshot(`
      "  - <ROOT> 400
      >   - main 400
              load 300
              build 100"
    `);
    store.actions.run('switchView');
    expect(getViewText()).toBe('leaks');
    expect(asked).toEqual([]);
  });
});

test('elsewhere v does nothing', () => {
  const {store, asked, receive, hasHint} = createFollowing();
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
