import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {createKeymap} from '../../../src/commands/keymap.js';
import {createCaptureParser} from '../../../src/heap/capture-parser.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {formatQuery} from '../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {STEP_KINDS} from '../../../src/query/steps/steps.js';
import {DEFAULT_QUERY, LEVELS, SORT_KEYS} from '../../../src/query/tree-query.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {selectNotices} from '../../../src/store/notices.js';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {fixturesDirectory, listCaptures} from '../../helpers/captures.js';
import {printRows} from '../../helpers/print-rows.js';

// A step that is chosen while a capture is read leads to the same view as one that is chosen at the end.

const progress = {bytesRead: 1, totalBytes: 2, records: 1, elapsedMs: 1};
const MAX_PARTIAL_LOCATIONS = 1000;
const PIECE_BYTES = 4096;
const keymap = createKeymap();

/** Snapshots of a capture while it is read, and the whole one. */
function readParts(path: string) {
  const bytes = readFileSync(path);
  const parser = createCaptureParser({view: {kind: 'peak'}, biggestAllocs: Infinity});
  const partials: Snapshot[] = [];
  const sharesLeft = [0, 0.3, 0.7];
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    parser.push(bytes.subarray(at, at + PIECE_BYTES));
    if (!parser.hasHeader || at / bytes.length < (sharesLeft[0] ?? 1)) continue;
    const partial = parser.getSnapshot(MAX_PARTIAL_LOCATIONS);
    if (partial.locations.length < 3) continue;
    partials.push(partial);
    sharesLeft.shift();
  }
  parser.end();
  return {partials, whole: parser.getSnapshot()};
}

function largest(): string {
  const wanted = listCaptures().filter(
    ({name}) => !/native|aggregate|bad\/|old-versions/.test(name) && !name.includes('/'),
  );
  const sizes = wanted.map(({path}) => ({path, size: readFileSync(path).length}));
  return sizes.reduce((a, b) => (b.size > a.size ? b : a)).path;
}

const captures: readonly (readonly [string, string])[] = [
  ['the example of imports', `${fixturesDirectory}/imports.bin`],
  ['the largest', largest()],
];

/** Keys by name; a text stands for its characters. */
type Keys = readonly string[];
const press = (store: TreeStore, keys: Keys): void => {
  for (const key of keys) store.actions.press(key, keymap);
};
const typed = (steps: string): Keys => [':', ...steps, 'enter'];

const open = (): TreeStore => {
  const store = createTreeStore({query: DEFAULT_QUERY, columns: 120, rows: 40});
  store.actions.startLoad('results.bin');
  return store;
};
const receive = (store: TreeStore, partial: Snapshot | null): void =>
  store.actions.receive({type: 'progress', progress, partial});
const finish = (store: TreeStore, snapshot: Snapshot): void =>
  store.actions.receive({type: 'done', progress, snapshot});

function describeView(store: TreeStore) {
  const state = store.getState();
  return {
    query: formatQuery(state.query),
    past: state.past.map(view => formatQuery(view.query)),
    kept: state.shown?.kept,
    notices: selectNotices(state).map(({text}) => text),
    rows: printRows(state).split('\n'),
  };
}

describe.each(captures)('%s', (_, path) => {
  const {partials, whole} = readParts(path);
  const tree = buildCallTree(whole, {wholePeak: false});
  const names = Array.from({length: tree.length}, (_, node) => tree.getNode(node).function ?? '');
  const first = new Set(listFunctions(partials[0]!));

  /** Functions of one node each, by whether the first partial result has them. */
  const once = names.filter(
    (name, node) =>
      tree.depth[node]! > 2 &&
      /^\w{4,}$/.test(name) &&
      names.filter(other => other.includes(name)).length === 1,
  );
  const known = once.find(name => first.has(name))!;
  const late = [...new Set(names)].find(name => /^\w{4,}$/.test(name) && !first.has(name)) ?? known;

  test('has functions to choose, some of which come late', () => {
    expect(partials.length).toBe(3);
    expect(known).toBeDefined();
    // The largest may be a loop whose functions are all there at once.
    if (path.endsWith('imports.bin')) expect(first.has(late)).toBe(false);
    expect(whole.locations.length).toBeGreaterThan(partials[0]!.locations.length);
  });

  const terms = [known, late, `fn:=${late}`, 'mod:json', 'pkg:<stdlib>'];
  const argumentsOf: Readonly<Record<string, readonly string[]>> = {
    zoom: [],
    thread: [':0x'],
    // They wait for the end: see awaited-reading.test.ts.
    alloc: [],
    size: [],
    'hide:pools': [],
    recursion: [''],
    package: [':json', ':<stdlib>'],
    'hide:imports': [''],
    'hide:uninteresting': [''],
    'imports:merge': [''],
    'native:merge': [''],
  };
  const steps = STEP_KINDS.flatMap(({kind}) =>
    (argumentsOf[kind] ?? terms.map(term => `:${term}`)).map(argument => `${kind}${argument}`),
  );
  const shapes = ['inverted', 'flat', `callers:${late}`, `callees:${known}`];
  const queries = [
    ...steps,
    ...shapes,
    ...LEVELS.map(level => `by:${level}`),
    ...SORT_KEYS.map(key => `sort:${key}`),
    ...['reverse', 'biggest:7', 'all'],
    `through:${late} inverted by:function sort:own`,
  ];

  test.each(queries)('typed: %s', steps => {
    const after = open();
    finish(after, whole);
    press(after, typed(steps));
    for (const count of [0, 1, 2, 3]) {
      const during = open();
      receive(during, null);
      for (const partial of partials.slice(0, count)) receive(during, partial);
      press(during, typed(steps));
      for (const partial of partials.slice(count)) receive(during, partial);
      finish(during, whole);
      expect(describeView(during)).toEqual(describeView(after));
    }
    expect(describeView(after).query).toBe(formatQuery(parseQuery(steps, DEFAULT_QUERY)));
  });

  test.each<[string, Keys]>([
    ['shapes', ['2', '3', '1', '2']],
    ['levels', ['L', 'L', 'L']],
    ['orders', ['s', 's', 'S']],
    ['the cut', ['-', '-', '+']],
    ['a filter', ['f', ...known, 'enter']],
    ['a filter that is taken back', ['f', ...known, 'enter', 'backspace']],
    ['undo and redo', ['2', 'L', 'backspace', 'backspace', 'ctrl+r']],
    ['the plain view', ['2', 'f', ...late, 'enter', '0']],
    ['the plain view without the whole peak', ['w', '2', '0']],
    ['the plain view without the whole peak, taken back', ['2', 'w', '0', 'backspace']],
    ['the plain view, taken back', ['2', 'f', ...late, 'enter', '0', 'backspace']],
    ['recursion, by module, as a table', ['r', 'L', 'L', 'L', '3']],
  ])('keys: %s', (_, keys) => {
    const after = open();
    finish(after, whole);
    press(after, keys);
    for (let split = 0; split <= keys.length; split++) {
      const during = open();
      receive(during, null);
      // Some before anything has come, some at each result, in the middle of what is typed as well.
      press(during, keys.slice(0, split));
      receive(during, partials[0]!);
      press(during, keys.slice(split, split + 1));
      receive(during, partials[1]!);
      press(during, keys.slice(split + 1));
      receive(during, partials[2]!);
      finish(during, whole);
      expect(describeView(during)).toEqual(describeView(after));
    }
  });

  test.each(['z', 'Z', 'D', 'm', 'c', 'b', '4', '5'])('of the selected row: %s', key => {
    const keys = ['/', ...known, 'enter', key];
    /** What is expanded is the user's: all of it, so that the trees are compared as wholes. */
    const expandAll = (store: TreeStore) => {
      for (const command of ['goToFirst', 'closeAll', 'openSubtree'] as const) store.actions.run(command);
      return describeView(store);
    };
    const after = open();
    finish(after, whole);
    press(after, keys);
    for (const undo of [false, true]) {
      if (undo) press(after, ['backspace']);
      const during = open();
      receive(during, partials[0]!);
      press(during, keys);
      receive(during, partials[1]!);
      if (undo) press(during, ['backspace']);
      receive(during, partials[2]!);
      finish(during, whole);
      expect(during.getState().query.steps.length + Number(undo)).toBeGreaterThanOrEqual(
        after.getState().query.steps.length,
      );
      expect(expandAll(during)).toEqual(expandAll(after));
    }
  });
});

function listFunctions(snapshot: Snapshot): readonly string[] {
  return Array.from(snapshot.frames.function, at => snapshot.strings[at]!);
}
