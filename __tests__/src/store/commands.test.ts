import {describe, expect, test} from 'vitest';
import type {CommandId} from '../../../src/commands/commands.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {printRows} from '../../helpers/print-rows.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const TREE = `
  main app.py:1
    load app.py:10
      read io.py:5
        decode io.py:9 600
      parse json.py:3 200
      scan json.py:8 100
    build app.py:20
      row app.py:21 50
    log app.py:30 40
`;

function createStore(text = TREE, height = 4): TreeStore {
  const store = createTreeStore({snapshot: parseSnapshot(text)});
  store.actions.setViewport(60, height);
  return store;
}

function run(store: TreeStore, ...commands: CommandId[]): string {
  for (const command of commands) store.actions.run(command);
  return printRows(store.getState());
}

function getSelected({getState}: TreeStore): string | null {
  const {filtered, cursorNode} = getState();
  return filtered.tree.getNode(cursorNode).function;
}

describe('the start', () => {
  test('is the root, with the chain of biggest children open', () => {
    expect(run(createStore())).toMatchInlineSnapshot(`
      "> - <ROOT> 990
          - main 990
            - load 900
              - read 600
                  decode 600
                parse 200
                scan 100
            + build 50
              log 40"
    `);
  });

  test('is an empty tree without anything given', () => {
    expect(run(createTreeStore())).toMatchInlineSnapshot(`">   <ROOT> 0"`);
  });
});

describe('moving', () => {
  test('goes row by row and stops at both ends', () => {
    const store = createStore();
    run(store, 'moveUp');
    expect(getSelected(store)).toBe('<ROOT>');
    run(store, 'moveDown', 'moveDown');
    expect(getSelected(store)).toBe('load');
    run(store, 'goToLast', 'moveDown');
    expect(getSelected(store)).toBe('log');
    run(store, 'goToFirst');
    expect(getSelected(store)).toBe('<ROOT>');
  });

  test('goes by pages of the window less one row, and by halves', () => {
    const store = createStore();
    run(store, 'pageDown');
    expect(getSelected(store)).toBe('read');
    run(store, 'halfPageDown');
    expect(getSelected(store)).toBe('parse');
    run(store, 'pageUp', 'halfPageUp');
    expect(getSelected(store)).toBe('<ROOT>');
  });

  test('goes to parents and siblings', () => {
    const store = createStore();
    run(store, 'moveDown', 'moveDown', 'goToNextSibling');
    expect(getSelected(store)).toBe('build');
    run(store, 'goToNextSibling', 'goToNextSibling');
    expect(getSelected(store)).toBe('log');
    run(store, 'goToPreviousSibling', 'goToPreviousSibling', 'goToPreviousSibling');
    expect(getSelected(store)).toBe('load');
    run(store, 'goToParent', 'goToParent', 'goToParent');
    expect(getSelected(store)).toBe('<ROOT>');
  });

  test('keeps the selected row in the window and moves no more than needed', () => {
    const store = createStore();
    const first = () => store.getState().scroll.row;
    run(store, 'moveDown', 'moveDown', 'moveDown');
    expect(first()).toBe(0);
    run(store, 'moveDown');
    expect(first()).toBe(1);
    run(store, 'moveUp', 'moveUp', 'moveUp');
    expect(first()).toBe(1);
    run(store, 'moveUp');
    expect(first()).toBe(0);
  });
});

describe('opening and closing', () => {
  test('← closes, then goes to the parent; → opens, then goes to the first child', () => {
    const store = createStore();
    expect(run(store, 'moveDown', 'moveDown', 'closeOrGoToParent')).toMatchInlineSnapshot(`
      "  - <ROOT> 990
          - main 990
      >     + load 900
            + build 50
              log 40"
    `);
    run(store, 'closeOrGoToParent');
    expect(getSelected(store)).toBe('main');
    run(store, 'moveDown', 'openOrGoToChild');
    expect(getSelected(store)).toBe('load');
    run(store, 'openOrGoToChild', 'openOrGoToChild', 'openOrGoToChild');
    expect(getSelected(store)).toBe('decode');
  });

  test('toggle opens and closes, and leaves a leaf alone', () => {
    const store = createStore();
    const before = run(store, 'goToLast');
    expect(run(store, 'toggle')).toBe(before);
    const open = run(store, 'goToFirst', 'moveDown');
    expect(run(store, 'toggle')).toMatchInlineSnapshot(`
      "  - <ROOT> 990
      >   + main 990"
    `);
    expect(run(store, 'toggle')).toBe(open);
  });

  test('a closed node keeps what is open below it', () => {
    const store = createStore();
    const before = run(store);
    expect(run(store, 'toggle', 'toggle')).toBe(before);
  });

  test('closing all leaves the root', () => {
    expect(run(createStore(), 'goToLast', 'closeAll')).toMatchInlineSnapshot(`"> + <ROOT> 990"`);
  });

  test('opening the chain stops at the first node with several children, which it opens', () => {
    const store = createStore();
    expect(run(store, 'closeAll', 'openChain')).toMatchInlineSnapshot(`
      "> - <ROOT> 990
          - main 990
            + load 900
            + build 50
              log 40"
    `);
    expect(run(store, 'openChain')).toBe(printRows(store.getState()));
  });

  test('opening the subtree opens all below, nothing beside', () => {
    const store = createStore();
    expect(run(store, 'closeAll', 'toggle', 'moveDown', 'openSubtree')).toMatchInlineSnapshot(`
      "  - <ROOT> 990
      >   - main 990
            - load 900
              - read 600
                  decode 600
                parse 200
                scan 100
            - build 50
                row 50
              log 40"
    `);
    const all = createStore();
    expect(run(all, 'closeAll', 'openSubtree').split('\n')).toHaveLength(all.getState().base.length);
  });
});

describe('commands of the program', () => {
  test('are handed on', () => {
    const calls: string[] = [];
    const {actions} = createTreeStore({
      onQuit: reason => calls.push(reason),
      onSuspend: () => calls.push('suspend'),
      onReload: () => calls.push('reload'),
    });
    for (const command of ['quit', 'interrupt', 'suspend', 'reload'] as const) actions.run(command);
    expect(calls).toEqual(['quit', 'interrupt', 'suspend', 'reload']);
  });

  test('the help takes the keys while it is open, and quit still quits', () => {
    const calls: string[] = [];
    const onQuit = (reason: string) => calls.push(reason);
    const store = createTreeStore({snapshot: parseSnapshot(TREE), columns: 60, rows: 12, onQuit});
    run(store, 'toggleHelp', 'moveDown', 'moveDown', 'moveUp', 'toggle', 'quit');
    expect([store.getState().help?.row, getSelected(store)]).toEqual([1, '<ROOT>']);
    expect(calls).toEqual(['quit']);
    run(store, 'cancel');
    expect(store.getState().help).toBeNull();
  });

  test('the help scrolls no further than its ends, by keys and by the wheel', () => {
    const store = createTreeStore({snapshot: parseSnapshot(TREE), columns: 70, rows: 16});
    const getRow = () => store.getState().help?.row;
    run(store, 'toggleHelp', 'goToLast');
    const last = getRow()!;
    expect(last).toBeGreaterThan(10);
    run(store, ...Array.from({length: 60}, () => 'moveDown' as const), 'moveUp');
    expect(getRow()).toBe(last - 1);
    run(store, 'pageDown', 'halfPageDown');
    expect(getRow()).toBe(last);
    store.actions.wheelAt(0, 0, -3);
    expect(getRow()).toBe(last - 3);
    store.actions.wheelAt(0, 0, 99);
    expect(getRow()).toBe(last);
    run(store, 'goToFirst', 'pageUp', 'halfPageUp', 'moveUp');
    expect(getRow()).toBe(0);
  });

  test('a help that fits does not scroll', () => {
    const store = createTreeStore({snapshot: parseSnapshot(TREE), columns: 120, rows: 120});
    run(store, 'toggleHelp', 'moveDown', 'goToLast', 'pageDown');
    expect(store.getState().help?.row).toBe(0);
  });

  test('the help scrolls further on a smaller screen, and back into its range on a larger one', () => {
    const store = createTreeStore({snapshot: parseSnapshot(TREE), columns: 70, rows: 16});
    run(store, 'toggleHelp', 'goToLast');
    store.actions.setScreen(120, 120);
    run(store, 'moveUp');
    expect(store.getState().help?.row).toBe(0);
  });

  test('the focus goes to the source and back; there the arrows scroll within the bounds', () => {
    const store = createStore();
    run(store, 'moveDown');
    store.actions.setSourceRange(-3, 2);
    run(store, 'switchFocus');
    run(store, 'moveDown', 'moveDown', 'moveDown');
    expect(store.getState().source.row).toBe(2);
    run(store, 'goToFirst');
    expect(store.getState().source.row).toBe(-3);
    run(store, 'openOrGoToChild');
    expect(store.getState().source.column).toBeGreaterThan(0);
    expect(getSelected(store)).toBe('main');
    run(store, 'switchFocus', 'moveDown');
    expect(store.getState().source).toMatchObject({row: 0, column: 0});
    expect(getSelected(store)).toBe('load');
  });

  test('a private source is revealed for its file only', () => {
    const store = createStore();
    store.actions.setHeldBackFile('app.py');
    run(store, 'revealSource');
    expect([...store.getState().revealedFiles]).toEqual(['app.py']);
  });
});

describe('two stores', () => {
  test('share nothing', () => {
    const [one, two] = [createStore(), createStore()];
    const before = run(two);
    run(one, 'closeAll', 'toggleUninteresting', 'switchFocus');
    expect(run(two)).toBe(before);
    expect(two.getState().focus).toBe('tree');
  });
});

describe('big trees', () => {
  const DEPTH = 300_000;

  test('a stack 300,000 deep opens, closes, is walked, and keeps its cursor in a new tree', () => {
    const stacks = {
      length: DEPTH,
      prefix: Int32Array.from({length: DEPTH}, (_, index) => index - 1),
      frame: Int32Array.from({length: DEPTH}, (_, index) => index % 2),
    };
    const {capture, view, elided, threads} = parseSnapshot('f a.py:1 1');
    const store = createTreeStore({
      snapshot: {
        capture,
        view,
        elided,
        threads,
        stacks,
        locations: {
          length: 1,
          bytes: Float64Array.of(9),
          allocations: Float64Array.of(1),
          thread: Int32Array.of(0),
          stack: Int32Array.of(DEPTH - 1),
        },
        frames: {
          length: 2,
          function: Int32Array.of(0, 1),
          file: Int32Array.of(2, 2),
          line: Int32Array.of(1, 2),
        },
        strings: ['ping', 'pong', 'a.py'],
      },
    });
    store.actions.setViewport(60, 20);
    expect(store.getState().rows).toHaveLength(DEPTH + 1);
    store.actions.run('closeAll');
    expect(store.getState().rows).toHaveLength(1);
    store.actions.run('openSubtree');
    store.actions.run('goToLast');
    expect(store.getState().cursorRow).toBe(DEPTH);
    store.actions.run('toggleImportSystem');
    expect(store.getState().cursorRow).toBe(DEPTH);
    store.actions.setTree(store.getState().base);
    expect(store.getState().cursorRow).toBe(DEPTH);
  });
});
