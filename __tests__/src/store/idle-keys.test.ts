import {describe, expect, test} from 'vitest';
import type {CommandId} from '../../../src/commands/commands.js';
import {createKeymap, createScopedKeymap, type Keymap} from '../../../src/commands/keymap.js';
import type {CaptureInfo, View} from '../../../src/heap/snapshot.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

function open(capture: Partial<CaptureInfo> = {}, view: View = {kind: 'peak'}): TreeStore {
  const snapshot = {...parseSnapshot('main a.py:1\n  load a.py:2 5', {capture}), view};
  return createTreeStore({snapshot, namesOptions: true});
}

function closed(): TreeStore {
  const store = open();
  store.actions.run('toggle');
  return store;
}

function atLeaf(): TreeStore {
  const store = open();
  store.actions.run('openSubtree');
  store.actions.run('goToLast');
  return store;
}

/** At a row that trees do not have. */
function atInterpreterRow(): TreeStore {
  const snapshot = parseSnapshot('_PyEval_Vector Python/ceval.c:1 5');
  const store = createTreeStore({snapshot, query: parseQuery('flat')});
  store.actions.run('goToLast');
  return store;
}

const press = (store: TreeStore, command: CommandId): string | null => {
  store.actions.run(command);
  return store.getState().keyNote;
};

test('4 and 5 show nothing around a function that trees leave out', () => {
  const store = atInterpreterRow();
  press(store, 'showCallers');
  press(store, 'showCallees');
  expect(store.getState().query.shape).toEqual({kind: 'flat'});
});

test.each<[CommandId, string]>([
  ['switchView', 'Only this view was loaded'],
  ['switchDiff', 'Nothing is compared'],
  ['switchSourceSide', 'Nothing is compared'],
])('%s names no options of the command line in another app', (command, note) => {
  const snapshot = parseSnapshot('main a.py:1\n  load a.py:2 5', {capture: {finished: false}});
  expect(press(createTreeStore({snapshot}), command)).toBe(note);
});

describe('a key that does nothing says why', () => {
  test.each<[string, CommandId, TreeStore, string]>([
    ['v, of the peak', 'switchView', open(), 'Only this view was loaded; --leaks shows what was never freed'],
    [
      'v, of leaks',
      'switchView',
      open({}, {kind: 'leaks'}),
      'Only this view was loaded; without --leaks, the peak is shown',
    ],
    [
      'v, aggregated',
      'switchView',
      open({fileFormat: 'aggregated'}),
      'Only one view of an aggregated capture is loaded at a time',
    ],
    [
      'v, of a recording without an end',
      'switchView',
      open({finished: false}),
      'If it is still being recorded, --follow shows what is allocated now',
    ],
    ['w, of all locations', 'toggleWholePeak', open(), 'Nothing is below the cut: all locations are shown'],
    ['Shift+←, at the root', 'goToParent', open(), 'This is the root: it has no parent'],
    ['←, at the root', 'closeOrGoToParent', closed(), 'This is the root: it has no parent'],
    ['Shift+↑', 'goToPreviousSibling', open(), 'There is no sibling above this row'],
    ['Shift+↓', 'goToNextSibling', open(), 'There is no sibling below this row'],
    [
      '4, at a function that trees leave out',
      'showCallers',
      atInterpreterRow(),
      'Only tables show this function of the interpreter',
    ],
    [
      '5, at a function that trees leave out',
      'showCallees',
      atInterpreterRow(),
      'Only tables show this function of the interpreter',
    ],
    [
      '9, at a function that trees leave out',
      'showLines',
      atInterpreterRow(),
      'Only tables show this function of the interpreter',
    ],
    ['→, at a leaf', 'openOrGoToChild', atLeaf(), 'This row has no children'],
    ['Enter, at a leaf', 'toggle', atLeaf(), 'This row has no children'],
    ['e, at a leaf', 'openChain', atLeaf(), 'This row has no children'],
    ['E, at a leaf', 'openSubtree', atLeaf(), 'This row has no children'],
    ['a', 'toggleNative', open(), 'There are no native frames: not recorded with --native'],
    [
      'a, left out',
      'toggleNative',
      open({nativeTraces: true}),
      'Native frames are left out, or nothing is known about them',
    ],
    ['.', 'revealSource', open(), 'No source is held back as private here'],
    ['n', 'goToNextMatch', open(), 'No search yet: / starts one'],
    ['N', 'goToPreviousMatch', open(), 'No search yet: / starts one'],
  ])('%s', (_, command, store, note) => {
    expect(press(store, command)).toBe(note);
    expect(note.length).toBeLessThanOrEqual(80);
  });
});

test('the next key takes the note away, and keys that do something have none', () => {
  const store = open();
  expect(press(store, 'switchView')).not.toBeNull();
  expect(press(store, 'moveDown')).toBeNull();
  expect(press(store, 'switchView')).not.toBeNull();
  expect(press(store, 'startSearch')).toBeNull();
  for (const key of ['l', 'enter']) store.actions.press(key, {getCommand: () => null, getKeys: () => []});
  expect(press(store, 'goToNextMatch')).toBeNull();
});

describe('a key without a command', () => {
  const pressKey = (keystroke: string, keymap: Keymap) => {
    const store = open();
    store.actions.press(keystroke, keymap);
    return store.getState().keyNote;
  };

  test('is said to do nothing, with the key that shows the others', () => {
    expect(pressKey('X', createKeymap())).toBe('The key X does nothing; ? shows the keys');
    expect(pressKey('X', createKeymap({toggleHelp: ['ctrl+g']}))).toBe(
      'The key X does nothing; Ctrl+G shows the keys',
    );
    expect(pressKey('f5', createKeymap())).toBeNull();
  });

  test('may be one of the host, where only the keys of the tree are taken', () => {
    expect(pressKey('X', createScopedKeymap({}, 'tree'))).toBeNull();
  });
});

test('there are no rows while nothing is loaded', () => {
  expect(press(createTreeStore(), 'openChain')).toBeNull();
});

test('the keys of the tree do something else in the source', () => {
  const store = open();
  store.actions.run('switchFocus');
  expect(press(store, 'closeOrGoToParent')).toBeNull();
});

test('v has a second view while a recording is followed', () => {
  const store = open();
  const progress = {bytesRead: 1, totalBytes: null, records: 1, elapsedMs: 1, stream: 'growing'} as const;
  store.actions.receive({type: 'progress', progress, partial: null});
  expect(press(store, 'switchView')).toBeNull();
});
