import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {CommandId} from '../../../src/commands/commands.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import type {View} from '../../../src/heap/snapshot.js';
import {formatQuery} from '../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {selectCrumbs} from '../../../src/store/crumb-line.js';
import {selectNotices} from '../../../src/store/notices.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const SNAPSHOT = parseSnapshot(`
  main /app/cli.py:3 10
    load /app/data.py:12 500 x5
      parse /app/data.py:20 400
        load /app/data.py:14 100 @0x2 (worker)
    run /usr/lib/python3.11/runpy.py:8
      build /app/shop/index.py:40 300 x3
        find <frozen importlib._bootstrap>:7
          setup /usr/lib/python3.11/json/decoder.py:5 200
    build /app/shop/index.py:44 50
  start /app/worker.py:1
    load /app/data.py:12 60 @0x2 (worker)
`);

const PROGRESS = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};

const openStore = () => createTreeStore({snapshot: SNAPSHOT, columns: 100, rows: 24});

/** What is seen: the rows with their sizes, the cursor, the window, the line of crumbs. */
function look(store: TreeStore): string {
  const state = store.getState();
  const {tree} = state.filtered;
  const rows = Array.from(state.rows, node => {
    const {function: name, file, line, bytes, selfBytes} = tree.getNode(node);
    const mark = node === state.cursorNode ? '>' : ' ';
    return `${mark}${'  '.repeat(tree.depth[node]!)}${name} ${file}:${line} ${bytes} ${selfBytes}`;
  });
  const line = selectCrumbs(state);
  return [
    line && [...line.crumbs.map(({text}) => text), line.amount].join(' | '),
    `from ${state.scroll.row}`,
    ...rows,
  ].join('\n');
}

function goTo(store: TreeStore, name: string): void {
  const {rows, filtered} = store.getState();
  store.actions.run('openSubtree');
  store.actions.run('goToFirst');
  const all = [...store.getState().rows];
  const row = all.findIndex(node => filtered.tree.getNode(node).function === name);
  if (row < 0) throw new Error(`no row ${name} in ${rows.length}`);
  for (let i = 0; i < row; i++) store.actions.run('moveDown');
}

const getQuery = (store: TreeStore): string => formatQuery(store.getState().query);
const getSelected = (store: TreeStore): string | null => {
  const {filtered, cursorNode} = store.getState();
  return filtered.tree.getNode(cursorNode).function;
};

describe('steps at the cursor', () => {
  it.each<[CommandId, string]>([
    ['rootHere', 'root:fn:=load all'],
    ['dropFunction', 'drop:fn:=load all'],
    ['mergeFunction', 'merge:fn:=load all'],
    ['collapseFunction', 'collapse:fn:=load all'],
    ['collapsePackage', 'package:data all'],
    ['skipRecursion', 'recursion all'],
    ['zoomIn', 'zoom:main@/app/cli.py:3>load@/app/data.py:12 all'],
    ['showCallers', 'callers:fn:=load all'],
    ['showCallees', 'callees:fn:=load all'],
  ])('%s', (command, written) => {
    const store = openStore();
    goTo(store, 'load');
    store.actions.run(command);
    expect(getQuery(store)).toBe(written);
  });

  it('do nothing on the root', () => {
    const store = openStore();
    store.actions.run('rootHere');
    store.actions.run('zoomIn');
    expect(getQuery(store)).toBe('all');
  });

  it('zoom along the frames that the filters hide', () => {
    const store = openStore();
    goTo(store, 'build');
    store.actions.run('zoomIn');
    expect(store.getState().shown?.kept.bytes).toBe(500);
    expect(getQuery(store)).toBe(
      'zoom:main@/app/cli.py:3>run@/usr/lib/python3.11/runpy.py:8>build@/app/shop/index.py:40 all',
    );
  });

  it('zoom in a tree of other steps with the filters as steps', () => {
    const store = openStore();
    store.actions.run('switchLevel');
    goTo(store, 'build');
    store.actions.run('zoomIn');
    expect(store.getState().shown?.kept.bytes).toBe(550);
    expect(getQuery(store)).toBe(
      'hide:uninteresting imports:merge zoom:main@/app/cli.py:0>build@/app/shop/index.py:0 by:function all',
    );
  });
});

describe('steps at one of several functions of a name', () => {
  const NAMESAKES = parseSnapshot(`
    main /app/main.py:1
      load /app/a.py:2 1000
        <dictcomp> /app/a.py:3 100
      load /app/b.py:2 2000
      Load /app/b.py:9 4000
      save /app/a.py:5 10
      <listcomp> /app/a.py:6 20
      ODD@name /app/a.py:7 40
        odd@NAME /app/x@y.py:1 80
  `);
  const open = () => createTreeStore({snapshot: NAMESAKES, columns: 100, rows: 24});
  const runAt = (name: string, command: CommandId): TreeStore => {
    const store = open();
    goTo(store, name);
    store.actions.run(command);
    return store;
  };

  it.each<[string, CommandId, string, number]>([
    ['load', 'dropFunction', 'drop:fn:=load@/app/b.py', 5250],
    ['load', 'rootHere', 'root:fn:=load@/app/b.py', 2000],
    ['load', 'showCallers', 'callers:fn:=load@/app/b.py', 2000],
    ['Load', 'showCallees', 'callees:fn:=Load@/app/b.py', 4000],
    ['save', 'dropFunction', 'drop:fn:=save', 7240],
    // Other files have functions of these names, if not here.
    ['<dictcomp>', 'dropFunction', 'drop:fn:=<dictcomp>@/app/a.py', 7150],
    ['<listcomp>', 'mergeFunction', 'merge:fn:=<listcomp>@/app/a.py', 7250],
    ['odd@NAME', 'rootHere', 'root:fn:=odd\\@NAME@/app/x@y.py', 80],
  ])('%s, %s', (name, command, written, kept) => {
    const store = runAt(name, command);
    expect(getQuery(store)).toBe(`${written} all`);
    expect(store.getState().shown?.kept.bytes).toBe(kept);
  });

  it('are short in the line of steps', () => {
    const store = runAt('load', 'dropFunction');
    expect(selectCrumbs(store.getState())?.crumbs.map(({text}) => text)).toEqual([
      'peak',
      'drop fn:=load@b.py',
    ]);
  });

  it('mean the functions of a line that several have, and no more of the file', () => {
    const snapshot = parseSnapshot(`
        main /app/a.py:1 1
          load /app/a.py:5 10
            <listcomp> /app/a.py:5 100
          save /app/a.py:9 1000
          load /app/b.py:5 10000
      `);
    for (const written of ['lines:file:=/app/a.py', 'by:module lines:/a.py']) {
      const store = createTreeStore({snapshot, columns: 100, rows: 24, query: parseQuery(written)});
      goTo(store, '');
      store.actions.run('dropFunction');
      expect(getQuery(store)).toContain('drop:fn:=load@/app/a.py,=<listcomp>@/app/a.py');
      expect(store.getState().shown?.kept.bytes).toBe(11001);
    }
  });

  it('mean the file of a row that stands for one, and what a step has made', () => {
    for (const [written, step] of [
      ['by:file', 'drop:file:=/app/main.py'],
      ['package:a', 'drop:file:=a'],
    ] as const) {
      const query = parseQuery(written);
      const store = createTreeStore({snapshot: NAMESAKES, columns: 100, rows: 24, query});
      goTo(store, '');
      store.actions.run('dropFunction');
      expect(getQuery(store)).toContain(step);
    }
  });
});

describe('cursor and expanded nodes', () => {
  it('stay on the function when a step takes its callers away', () => {
    const store = openStore();
    goTo(store, 'parse');
    store.actions.run('rootHere');
    expect(getSelected(store)).toBe('parse');
    store.actions.run('undo');
    expect(getSelected(store)).toBe('parse');
  });

  it('go to what took the cost of a merged function', () => {
    const store = openStore();
    goTo(store, 'parse');
    store.actions.run('mergeFunction');
    expect(getSelected(store)).toBe('load');
  });

  it('go to the row of the same function in another shape', () => {
    const store = openStore();
    goTo(store, 'parse');
    for (const command of ['showInverted', 'showFlat', 'showTree'] as const) {
      store.actions.run(command);
      expect(getSelected(store), command).toBe('parse');
    }
  });
});

describe('expanded rows come back', () => {
  const isExpanded = (store: TreeStore): string => {
    const {rows, filtered} = store.getState();
    return Array.from(rows, node => filtered.tree.getNode(node).function).join(' ');
  };

  it.each<[string, readonly CommandId[]]>([
    ['from a zoom', ['zoomIn']],
    ['from an inverted tree', ['showInverted']],
    ['from a table', ['showFlat', 'switchSort']],
    ['from a table of a part', ['rootHere', 'showFlat', 'switchLevel']],
    ['from a dropped function', ['dropFunction', 'showCallers']],
  ])('with the plain view, %s', (_, commands) => {
    const store = openStore();
    goTo(store, 'build');
    const before = isExpanded(store);
    for (const command of commands) store.actions.run(command);
    store.actions.run('showPlain');
    expect(isExpanded(store)).toBe(before);
    store.actions.run('undo');
    store.actions.run('redo');
    expect(isExpanded(store)).toBe(before);
  });

  it('with the cursor on the row that took its place, where an inverted tree has none of its function any more', () => {
    const store = openStore();
    goTo(store, 'parse');
    store.actions.run('showInverted');
    expect(getSelected(store)).toBe('parse');
    store.actions.run('dropFunction');
    expect(store.getState().cursorNode).toBeGreaterThan(0);
    expect(getSelected(store)).not.toBe('parse');
  });

  it('as they were left: what was collapsed stays collapsed', () => {
    const store = openStore();
    goTo(store, 'parse');
    store.actions.run('toggle');
    const before = isExpanded(store);
    store.actions.run('showFlat');
    store.actions.run('showPlain');
    expect(isExpanded(store)).toBe(before);
  });

  it('with the cursor on the node that it was on, not on another one of its function', () => {
    const store = openStore();
    goTo(store, 'parse');
    store.actions.run('moveDown');
    store.actions.run('showFlat');
    store.actions.run('showPlain');
    const {filtered, cursorNode} = store.getState();
    expect(filtered.tree.getNode(cursorNode)).toMatchObject({function: 'load', line: 14});
    expect(filtered.tree.depth[cursorNode]).toBe(4);
  });

  it('in an inverted tree that is sorted, the cursor stays on its node', () => {
    const store = openStore();
    store.actions.run('showInverted');
    goTo(store, 'parse');
    for (const command of ['openSubtree', 'moveDown', 'moveDown'] as const) store.actions.run(command);
    expect(getSelected(store)).toBe('main');
    const before = isExpanded(store).split(' ').sort();
    store.actions.run('switchSort');
    expect(isExpanded(store).split(' ').sort()).toEqual(before);
    const {filtered, cursorNode} = store.getState();
    expect(getSelected(store)).toBe('main');
    expect(filtered.tree.getNode(filtered.tree.prefix[filtered.tree.prefix[cursorNode]!]!).function).toBe(
      'parse',
    );
  });
});

describe('the cursor in a table', () => {
  const openTable = (row: number): TreeStore => {
    const store = openStore();
    store.actions.run('showFlat');
    store.actions.run('goToFirst');
    for (let at = 0; at < row; at++) store.actions.run('moveDown');
    return store;
  };
  const listFunctions = (store: TreeStore): readonly (string | null)[] => {
    const {rows, filtered} = store.getState();
    return Array.from(rows, node => filtered.tree.getNode(node).function);
  };

  it.each<CommandId>(['mergeFunction', 'dropFunction'])(
    '%s: goes to the row that took its place',
    command => {
      for (let row = 1; row < listFunctions(openTable(0)).length; row++) {
        const store = openTable(row);
        store.actions.run(command);
        const names = listFunctions(store);
        expect(store.getState().cursorRow, `row ${row}`).toBe(Math.min(row, names.length - 1));
      }
    },
  );

  it('stays on the function where that is still there', () => {
    for (const command of ['switchSort', 'reverseOrder', 'collapseFunction', 'skipRecursion'] as const) {
      const store = openTable(4);
      const before = getSelected(store);
      store.actions.run(command);
      expect(getSelected(store), command).toBe(before);
    }
  });
});

describe('the history', () => {
  const COMMANDS = [
    'moveDown',
    'moveDown',
    'openOrGoToChild',
    'openSubtree',
    'toggle',
    'zoomIn',
    'rootHere',
    'dropFunction',
    'mergeFunction',
    'collapseFunction',
    'collapsePackage',
    'skipRecursion',
    'showTree',
    'showInverted',
    'showFlat',
    'showCallers',
    'showCallees',
    'switchLevel',
    'switchSort',
    'reverseOrder',
    'showFewer',
    'showMore',
    'showPlain',
  ] as const satisfies readonly CommandId[];

  it('comes back to exactly what was seen, back and forth', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...COMMANDS), {maxLength: 25}), commands => {
        const store = openStore();
        const seen: string[] = [];
        for (const command of commands) {
          const {past} = store.getState();
          const before = look(store);
          store.actions.run(command);
          if (store.getState().past.length > past.length) seen.push(before);
        }
        const end = look(store);
        const after: string[] = [];
        for (const view of seen.toReversed()) {
          after.push(look(store));
          store.actions.run('undo');
          expect(look(store)).toBe(view);
        }
        for (const view of after.toReversed()) {
          store.actions.run('redo');
          expect(look(store)).toBe(view);
        }
        expect(look(store)).toBe(end);
      }),
      {numRuns: 200},
    );
  });

  it('holds views whose query shows the same in a new store', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...COMMANDS), {maxLength: 12}), commands => {
        const store = openStore();
        for (const command of commands) store.actions.run(command);
        const query = parseQuery(getQuery(store));
        const fresh = createTreeStore({snapshot: SNAPSHOT, query, columns: 100, rows: 24});
        for (const each of [store, fresh]) {
          each.actions.run('goToFirst');
          each.actions.run('openSubtree');
        }
        expect(look(store)).toBe(look(fresh));
      }),
      {numRuns: 200},
    );
  });
});

describe('the filter prompt', () => {
  const type = (store: TreeStore, text: string): void => {
    const keymap = createKeymap();
    for (const character of text) store.actions.press(character === ' ' ? 'space' : character, keymap);
  };

  it('shows what is left at each key, and goes back with Escape', () => {
    const store = openStore();
    const before = look(store);
    type(store, 'fbuild');
    expect(store.getState().shown?.kept.bytes).toBe(550);
    store.actions.press('escape', createKeymap());
    expect(look(store)).toBe(before);
    expect(store.getState().past).toHaveLength(0);
  });

  it('becomes one step with Enter', () => {
    const store = openStore();
    type(store, 'f-mod:data');
    store.actions.press('enter', createKeymap());
    expect(getQuery(store)).toBe('drop:mod:data all');
    expect(store.getState().past).toHaveLength(1);
  });

  it('says that nothing matches', () => {
    const store = openStore();
    type(store, 'fnowhere');
    expect(selectNotices(store.getState())).toEqual([
      {kind: 'note', text: 'through:nowhere: nothing here matches'},
    ]);
    store.actions.press('escape', createKeymap());
    expect(selectNotices(store.getState())).toEqual([]);
  });

  it('says what cannot be read, and changes nothing', () => {
    const store = openStore();
    type(store, 'ffn:');
    expect(store.getState().filterPrompt?.error).toBe('a text is missing');
    expect(getQuery(store)).toBe('through:fn all');
  });
});

describe('what is selected', () => {
  const LEAKS = {...SNAPSHOT, view: {kind: 'leaks'} as const};
  const done = (snapshot: typeof SNAPSHOT) => ({type: 'done', progress: PROGRESS, snapshot}) as const;

  it('is what the snapshot holds, whatever the query asked for before', () => {
    const store = openStore();
    store.actions.run('switchLevel');
    store.actions.receive(done(LEAKS));
    expect(getQuery(store)).toBe('leaks by:function all');
    expect(selectCrumbs(store.getState())?.crumbs[0]?.text).toBe('leaks');
    store.actions.run('undo');
    expect(getQuery(store)).toBe('leaks all');
  });

  it('is loaded when it is typed; the tree so far says what it shows until then', () => {
    const asked: View[] = [];
    const store = createTreeStore({snapshot: SNAPSHOT, onSelectView: view => asked.push(view)});
    const keymap = createKeymap();
    for (const key of [':', ...'leaks', 'enter']) store.actions.press(key, keymap);
    expect(asked).toEqual([{kind: 'leaks'}]);
    expect(getQuery(store)).toBe('all');
  });
});

it('a filter that cannot be read is not accepted', () => {
  const store = openStore();
  const keymap = createKeymap();
  for (const key of ['f', ...'fn:', 'enter']) store.actions.press(key, keymap);
  expect(store.getState().filterPrompt).not.toBeNull();
  expect(store.getState().past).toHaveLength(0);
});
