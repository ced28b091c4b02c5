import {describe, expect, test} from 'vitest';
import {selectKeyHints} from '../../../src/commands/hints.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import type {Snapshot, View} from '../../../src/heap/snapshot.js';
import {formatSelect} from '../../../src/query/grammar/format-query.js';
import {createTreeStore, type TreeStoreOptions} from '../../../src/session/create-tree-store.js';
import {selectSpokenText} from '../../../src/store/spoken-text.js';
import {selectStatusParts} from '../../../src/store/status.js';
import {drawStrip} from '../../../src/store/strip-drawing.js';
import {countDrawnColumns} from '../../../src/store/strip-layout.js';
import {getDrawing} from '../../../src/store/strip-selection.js';
import {describeChosen} from '../../../src/store/strip-text.js';
import {SIZE_CELLS} from '../../../src/timeline/axis.js';
import {listColumnMoments} from '../../../src/timeline/column-moments.js';
import {listKeptMoments} from '../../../src/timeline/kept-moments.js';
import {printRows} from '../../helpers/print-rows.js';
import {createCaptureInfo} from '../../helpers/snapshot-builder.js';
import {buildHills, buildTimeline} from '../../helpers/timeline-builder.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const TREE = 'main app.py:1\n  load app.py:10 300\n  build app.py:20 100';
const timeline = buildHills(50);
const run = {peakRecords: 1500, peakTimeMs: null, highestRss: null, highestRssTimeMs: null};
const capture = createCaptureInfo({run, allocationRecords: 2000});

const snapshotOf = (view: View, text = TREE): Snapshot => ({...parseSnapshot(text), view, capture});

/** A store with the peak; what it asks for is answered where the test says so. */
function openStore(
  options: TreeStoreOptions = {},
  snapshot: Snapshot = {...snapshotOf({kind: 'peak'}), timeline},
) {
  const asked: View[] = [];
  let cancelled = 0;
  const store = createTreeStore({
    columns: 107,
    rows: 40,
    name: 'results.bin',
    onRequestView: view => asked.push(view),
    onCancelRequest: () => cancelled++,
    ...options,
  });
  const keymap = createKeymap();
  const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};
  const receive = (answer: Snapshot) => store.actions.receive({type: 'done', progress, snapshot: answer});
  receive(snapshot);
  return {
    store,
    receive,
    press(...keys: readonly string[]) {
      for (const key of keys) store.actions.press(key, keymap);
      return store.getState();
    },
    listAsked: () => asked.map(formatSelect),
    countCancelled: () => cancelled,
    /** Answers the newest request. */
    answer: (text?: string) => receive(snapshotOf(asked.at(-1)!, text)),
    getNote: () => store.getState().keyNote,
  };
}

describe('T', () => {
  test('opens the strip with the keys on it, and closes it', () => {
    const {press, store} = openStore();
    expect(press('T')).toMatchObject({focus: 'strip', strip: {isOpen: true}});
    expect(store.getState().layout?.strip).toEqual({column: 0, row: 30, width: 107, height: 8});
    expect(selectKeyHints(store.getState())?.[0]?.text).toBe('Moment');
    expect(press('T')).toMatchObject({focus: 'tree', strip: {isOpen: false}});
    expect(store.getState().layout?.strip).toBeNull();
  });

  test.each([
    [[80, 24], 5],
    [[120, 40], 8],
    [[200, 60], 11],
    [[80, 12], 3],
    [[40, 20], 3],
  ])('on a screen of %j it takes %i rows, and all others stay on the screen', ([columns, rows], height) => {
    const {press, store} = openStore({columns: columns!, rows: rows!});
    press('T');
    const {layout} = store.getState();
    expect(layout!.strip?.height).toBe(height);
    expect(layout!.strip!.row + height).toBe(layout!.status.row);
    expect(layout!.tree!.height).toBeGreaterThan(0);
  });

  test('says why there is no strip', () => {
    const explain = (options: TreeStoreOptions, snapshot: Snapshot) => {
      const {press, getNote} = openStore(options, snapshot);
      expect(press('T').strip.isOpen).toBe(false);
      return getNote();
    };
    const plain = snapshotOf({kind: 'peak'});
    expect(explain({rows: 11}, {...plain, timeline})).toBe('The screen is too low for the time strip');
    expect(explain({}, plain)).toBe('The course of this run was not read');
    expect(explain({}, {...plain, capture: {...capture, fileFormat: 'aggregated'}})).toBe(
      'Recorded with --aggregate: the course of the run is not known',
    );
    const store = createTreeStore();
    store.actions.press('T', createKeymap());
    expect(store.getState().keyNote).toBe('There is no capture');
    store.actions.startLoad('results.bin');
    store.actions.press(']', createKeymap());
    expect(store.getState().keyNote).toBe('The course of the run is known once the capture is read');
  });
});

describe('the keys of the strip', () => {
  const moments = listKeptMoments(timeline.cells);

  test('Tab goes to it after the source, Escape leaves it', () => {
    const {press} = openStore();
    press('T');
    expect(press('tab').focus).toBe('tree');
    expect(press('tab', 'tab').focus).toBe('strip');
    expect(press('escape')).toMatchObject({focus: 'tree', strip: {isOpen: true}});
    expect(press('T', 'tab', 'tab').focus).toBe('tree');
  });

  test('arrows go from column to column, as [ and ] do from anywhere', () => {
    for (const [back, forth, opening] of [
      ['left', 'right', ['T']],
      ['[', ']', []],
    ] as const) {
      const {press, listAsked, store} = openStore();
      press(...opening, forth, forth, back);
      const {scale} = getDrawing(timeline, countDrawnColumns(store.getState()));
      const own = [...listColumnMoments(moments, scale)].filter(moment => moment >= 0);
      const peak = own.findIndex(moment => moments.records[moment] === 1500);
      const at = (index: number) => `at:@${moments.records[own[index]!]}`;
      expect(listAsked()).toEqual([at(peak + 1), at(peak + 2), at(peak + 1)]);
      expect(store.getState().strip.isOpen).toBe(opening.length > 0);
    }
  });

  test('Home and End go to the first and the last moment, and none is beyond them', () => {
    const {press, listAsked, getNote} = openStore();
    press('T', 'end', 'right');
    expect(getNote()).toBe('There is no later moment');
    press('home', 'left');
    expect(getNote()).toBe('There is no earlier moment');
    expect(listAsked()).toEqual(['at:@2000', `at:@${moments.records[0]}`]);
  });

  test('Shift and an arrow choose a range, whose end that was not moved stays', () => {
    const {press, listAsked} = openStore();
    press('T', 'home', 'shift+right', 'shift+right', 'shift+left', 'shift+left', 'shift+left');
    const [home, ...ranges] = listAsked();
    const [second, third] = [1, 2].map(index => ranges[index - 1]!.split('..')[1]);
    const first = home!.slice('at:'.length);
    expect(ranges).toEqual([
      `peak:${first}..${second}`,
      `peak:${first}..${third}`,
      `peak:${first}..${second}`,
      home,
    ]);
  });

  test('Space switches what a range shows', () => {
    const {press, listAsked, getNote} = openStore();
    press('T', 'space');
    expect(getNote()).toBe('Ranges show what has grown in them');
    press('home', 'shift+right', 'space');
    const ranges = listAsked().slice(1);
    expect(ranges.map(range => range.split(':')[0])).toEqual(['grown', 'peak']);
    expect(ranges[0]!.split(':')[1]).toBe(ranges[1]!.split(':')[1]);
  });

  test('others are those of the tree', () => {
    const {press} = openStore();
    expect(press('T', 'down').cursorRow).toBe(1);
  });

  test('Shift+→ says where ranges are chosen', () => {
    const {press, getNote} = openStore();
    press('shift+right');
    expect(getNote()).toBe('Ranges are chosen on the time strip: T shows it');
  });
});

describe('peaks and rises', () => {
  test('p shows the peak of the heap, P the moment of the highest resident memory', () => {
    const {press, listAsked, getNote, answer} = openStore();
    press('p');
    expect(getNote()).toBe('The peak is shown already');
    press('P');
    answer();
    press('p');
    expect(listAsked()).toEqual(['at:#74', 'peak']);
  });

  test('} walks the rises, the greatest first, and { goes back', () => {
    const {press, listAsked, getNote, answer} = openStore();
    press('}', '}', '}');
    expect(getNote()).toBe('This is the smallest rise');
    answer();
    press('{', '{');
    expect(getNote()).toBe('This is the greatest rise');
    expect(listAsked()).toEqual(['grown:@800..@1500', 'grown:@0..@500', 'grown:@800..@1500']);
  });
});

test('the status says when what is shown was held, as the strip does', () => {
  const {press, answer, store} = openStore();
  const getStatus = () => selectStatusParts(store.getState()).map(({text}) => text);
  expect(getStatus().slice(0, 2)).toEqual(['peak', 'results.bin']);
  press('P');
  answer();
  expect(describeChosen(store.getState())).toContain(' at 0.75s (@');
  expect(getStatus().slice(0, 3)).toEqual(['at #74', '0.75s', 'results.bin']);
  press('}');
  answer();
  expect(describeChosen(store.getState())).toContain(' from 0.4s (@800) to 0.75s (@1.5k)');
  expect(getStatus().slice(0, 3)).toEqual(['grown @800..@1500', '0.4s to 0.75s', 'results.bin']);
});

describe('another selection', () => {
  test('keeps the steps, the cursor and what is expanded', () => {
    const {press, answer, store} = openStore();
    press('down', 'down', 's');
    const before = printRows(store.getState());
    press('P');
    expect(printRows(store.getState())).toBe(before);
    answer('main app.py:1\n  build app.py:20 900\n  load app.py:10 500');
    const {query, cursorNode, filtered, timeline: kept} = store.getState();
    expect(filtered.tree.getNode(cursorNode).function).toBe('load');
    expect(query).toMatchObject({sort: 'own', select: {kind: 'moment'}});
    expect(kept).toBe(timeline);
  });

  test('is taken back and taken again', () => {
    const {press, answer, listAsked, store} = openStore();
    press('P');
    answer();
    press('s', '}');
    answer();
    press('backspace');
    answer();
    expect(store.getState().query).toMatchObject({sort: 'own', select: {kind: 'moment'}});
    press('backspace');
    expect(store.getState().query).toMatchObject({sort: 'total', select: {kind: 'moment'}});
    press('backspace');
    answer();
    expect(store.getState()).toMatchObject({past: [], query: {select: {kind: 'peak'}}});
    press('ctrl+r');
    answer();
    press('ctrl+r', 'ctrl+r');
    answer();
    expect(store.getState()).toMatchObject({future: [], query: {sort: 'own', select: {kind: 'range'}}});
    const [rss, rise] = ['at:#74', 'grown:@800..@1500'];
    expect(listAsked()).toEqual([rss, rise, rss, 'peak', rss, rise]);
  });

  test('is one step, however many columns it goes', () => {
    const {press, answer, listAsked} = openStore();
    press('T', 'left', 'left', 'shift+left', 'backspace');
    expect(listAsked()).toHaveLength(3);
    expect(press()).toMatchObject({past: [], askedView: null});
    press('left', 'left');
    answer();
    press('backspace');
    expect(listAsked().at(-1)).toBe('peak');
  });

  test('that is taken back before it has come is not waited for', () => {
    const {press, countCancelled, store} = openStore();
    press('P', 'backspace');
    expect(store.getState()).toMatchObject({askedView: null, past: []});
    expect(countCancelled()).toBe(1);
  });

  test('that Escape ends, or that fails, is no step', () => {
    const {press, store} = openStore();
    press('T', 'left', 'escape');
    expect(store.getState()).toMatchObject({askedView: null, past: [], focus: 'strip'});
    press('left');
    store.actions.receive({type: 'failed', code: 'internal', message: 'no memory'});
    expect(store.getState()).toMatchObject({askedView: null, past: []});
  });

  test('is one that v leaves', () => {
    const {press, answer, listAsked, store} = openStore();
    press('}');
    answer();
    press('v');
    answer();
    expect(store.getState().view).toEqual({kind: 'peak'});
    press('v');
    expect(listAsked()).toEqual(['grown:@800..@1500', 'peak', 'leaks']);
  });

  test('is not to be had where the host shows only one', () => {
    const store = createTreeStore({snapshot: {...snapshotOf({kind: 'peak'}), timeline}});
    store.actions.press(']', createKeymap());
    expect(store.getState()).toMatchObject({keyNote: 'Only this view was loaded', past: []});
  });
});

describe('of an aggregated capture', () => {
  const aggregated: Snapshot = {
    ...snapshotOf({kind: 'peak'}),
    capture: {...capture, fileFormat: 'aggregated', run: {...run, peakRecords: null}},
    timeline: {
      ...timeline,
      points: {...timeline.points, allocationRecords: new Float64Array(timeline.points.length)},
      cells: buildTimeline({heaps: [], memory: [], cellCount: 1}).cells,
      hasRecords: false,
    },
  };

  test('the strip shows the sizes, by time, and no moment', () => {
    const {press, store} = openStore({}, aggregated);
    expect(press('T')).toMatchObject({focus: 'strip', strip: {isOpen: true}});
    const drawing = drawStrip(store.getState(), 100, {drawing: 2, axis: 1}, false)!;
    expect(drawing.chosen).toBeNull();
    expect(drawing.marks.trim()).toBe('P');
    expect(drawing.axis).toMatch(/^0s /);
    expect(drawing.rows.map(pieces => pieces.map(({text}) => text).join(''))).toEqual(
      drawStrip(openStore().store.getState(), 100, {drawing: 2, axis: 1}, false)!.rows.map(pieces =>
        pieces.map(({text}) => text).join(''),
      ),
    );
    expect(describeChosen(store.getState())).toBe('heap and resident memory as they were recorded');
  });

  test('keys, and the mouse, say why there are no moments', () => {
    const {press, store, listAsked, getNote} = openStore({}, aggregated);
    press('T');
    for (const key of [
      'left',
      'right',
      'home',
      'end',
      'shift+right',
      'shift+left',
      'space',
      '[',
      ']',
      '}',
      'P',
    ]) {
      press('down', key);
      expect([key, getNote()]).toEqual([key, 'Recorded with --aggregate: there are no moments']);
    }
    press('down');
    store.actions.clickAt(30, store.getState().layout!.strip!.row);
    store.actions.releaseAt(60);
    expect(getNote()).toBe('Recorded with --aggregate: there are no moments');
    expect(listAsked()).toEqual([]);
    expect(press('T').strip.isOpen).toBe(false);
  });
});

test('the course of another recording is not kept', () => {
  const {receive, press} = openStore();
  press('T');
  receive({...snapshotOf({kind: 'peak'}), capture: {...capture, pid: 7}});
  expect(press()).toMatchObject({timeline: null, focus: 'tree', layout: {strip: null}});
});

describe('the mouse', () => {
  test('a click chooses the moment of a column', () => {
    const {press, store, listAsked} = openStore();
    press('T', 'escape');
    const {row} = store.getState().layout!.strip!;
    // Of 100 columns, of 20 allocation records each.
    store.actions.clickAt(SIZE_CELLS + 24, row + 2);
    store.actions.releaseAt(SIZE_CELLS + 24);
    expect(listAsked()).toEqual(['at:@500']);
    expect(store.getState()).toMatchObject({focus: 'strip', strip: {pressedAt: null}});
  });

  test('a press in one column and a release in another choose a range, one step in all', () => {
    const {press, store, listAsked, answer} = openStore();
    press('T');
    const {row} = store.getState().layout!.strip!;
    store.actions.clickAt(SIZE_CELLS + 74, row + 1);
    store.actions.releaseAt(SIZE_CELLS + 24);
    answer();
    expect(listAsked()).toEqual(['at:@1500', 'peak:@500..@1500']);
    expect(store.getState().past).toHaveLength(1);
  });

  test('it does nothing beside the strip, and a release no more than a press', () => {
    const {press, store, listAsked} = openStore();
    store.actions.releaseAt(30);
    press('T', '?');
    store.actions.clickAt(30, store.getState().layout!.strip!.row);
    store.actions.releaseAt(40);
    expect(listAsked()).toEqual([]);
  });

  test('a click at the sizes is one at the first column, and one beyond the screen at the last', () => {
    const {press, store, listAsked} = openStore();
    press('T');
    store.actions.clickAt(2, store.getState().layout!.strip!.row);
    store.actions.releaseAt(9999);
    expect(listAsked()).toEqual([
      `at:@${listKeptMoments(timeline.cells).records[0]}`,
      expect.stringMatching(/^peak:@.*\.\.@/),
    ]);
  });
});

test('a screen reader reads what is chosen', () => {
  const {press, store} = openStore();
  const read = () => selectSpokenText(store.getState(), []).find(line => line.startsWith('Time strip'));
  expect(read()).toBeUndefined();
  press('T');
  expect(read()).toMatchInlineSnapshot(
    `"Time strip: heap 30.000MB at 0.75s (@1.5k), resident memory 38.000MB. Left and right choose a moment, with Shift a range, Space what a range shows, Escape leaves."`,
  );
  press('}', 'escape', 'escape');
  press('}', 'tab');
  expect(read()).toMatchInlineSnapshot(
    `"Time strip: grown from 0.4s (@800) to 0.75s (@1.5k), heap 4.000MB to 30.000MB."`,
  );
});
