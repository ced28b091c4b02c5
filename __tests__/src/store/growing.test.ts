import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {CommandId} from '../../../src/commands/commands.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {selectSpokenText} from '../../../src/store/spoken-text.js';
import {selectMatchText} from '../../../src/store/status.js';
import {isWhole} from '../../../src/tree/growth.js';
import {chainSnapshot, stairsSnapshot} from '../../helpers/large-trees.js';
import {printRows} from '../../helpers/print-rows.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const SNAPSHOT = parseSnapshot(`
  main app.py:1
    load app.py:2 500
      row app.py:4 200
    build app.py:3
      row app.py:4 300
        cell app.py:9 100
      load app.py:2 50
`);

function openInverted(snapshot: Snapshot = SNAPSHOT): TreeStore {
  const store = createTreeStore({snapshot, columns: 100, rows: 24});
  store.actions.run('showInverted');
  return store;
}

const run = (store: TreeStore, ...commands: CommandId[]): void => {
  for (const command of commands) store.actions.run(command);
};
const look = (store: TreeStore): string => printRows(store.getState());
const press = (store: TreeStore, ...keys: string[]): void => {
  for (const key of keys) store.actions.press(key, createKeymap());
};

describe('an inverted tree', () => {
  it('opens the chain of first children, and makes no other nodes', () => {
    const store = openInverted();
    expect(look(store)).toMatchInlineSnapshot(`
      "> - <ROOT> 1150
          - load 550
              main 500
            + build 50
          + row 500
          + cell 100"
    `);
    expect(isWhole(store.getState().base)).toBe(false);
  });

  it('has the same rows after a step is taken back, whatever the root counts by then', () => {
    const store = createTreeStore({snapshot: SNAPSHOT, columns: 100, rows: 24});
    store.actions.receive({
      type: 'done',
      progress: {bytesRead: 0, totalBytes: 0, records: 0, elapsedMs: 0},
      snapshot: SNAPSHOT,
    });
    run(store, 'showFewer', 'showFewer', 'toggleWholePeak', 'showInverted', 'goToFirst', 'openSubtree');
    run(store, 'goToLast', 'moveUp', 'moveUp');
    const {cursorNode, filtered} = store.getState();
    const selected = filtered.tree.frame[cursorNode];
    run(store, 'showTree', 'toggleWholePeak', 'undo');
    const after = store.getState();
    expect(after.isOpen.length).toBe(after.base.length);
    expect(after.filtered.tree.frame[after.cursorNode]).toBe(selected);
  });

  it('keeps the cursor on what the selected function becomes at each level', () => {
    const store = openInverted();
    run(store, 'goToLast');
    const seen: string[] = [];
    for (let level = 0; level < 5; level++) {
      run(store, 'switchLevel');
      const {filtered, cursorNode} = store.getState();
      const {function: name, file} = filtered.tree.getNode(cursorNode);
      seen.push(String(name || file));
    }
    expect(seen).toEqual(['cell', 'app.py', 'app', 'app', expect.stringMatching(/load|row|cell/)]);
  });

  it('makes the children of a row that is expanded', () => {
    const store = openInverted();
    run(store, 'closeAll', 'openOrGoToChild', 'goToLast', 'toggle');
    expect(look(store)).toMatchInlineSnapshot(`
      "  - <ROOT> 1150
          + load 550
          + row 500
      >   - cell 100
            + row 100"
    `);
    run(store, 'toggle', 'toggle');
    expect(store.getState().base.length).toBe(store.getState().isOpen.length);
  });

  it('makes a chain, and all below a row', () => {
    const store = openInverted();
    run(store, 'closeAll', 'openOrGoToChild', 'goToLast', 'openChain');
    expect(look(store)).toMatchInlineSnapshot(`
      "  - <ROOT> 1150
          + load 550
          + row 500
      >   - cell 100
            - row 100
              - build 100
                  main 100"
    `);
    run(store, 'goToFirst', 'openSubtree');
    expect(look(store)).toMatchInlineSnapshot(`
      "> - <ROOT> 1150
          - load 550
              main 500
            - build 50
                main 50
          - row 500
            - build 300
                main 300
            - load 200
                main 200
          - cell 100
            - row 100
              - build 100
                  main 100"
    `);
    expect(isWhole(store.getState().base)).toBe(true);
  });

  it('is searched as a whole', () => {
    const store = openInverted();
    press(store, '/', 'm', 'a', 'i', 'n');
    expect(store.getState().matches.nodes).toHaveLength(5);
    press(store, 'enter');
    expect(store.getState().filtered.tree.getNode(store.getState().cursorNode).function).toBe('main');
  });

  it('says whether a row has children that are not there yet', () => {
    const store = openInverted();
    run(store, 'goToLast');
    expect(selectSpokenText(store.getState(), []).join(' ')).toContain('collapsed, with children.');
  });

  it('of a deep stack opens as far as is in sight', () => {
    const store = openInverted(chainSnapshot(300_000));
    expect(store.getState().rows.length).toBeGreaterThan(1000);
    expect(store.getState().rows.length).toBeLessThan(2000);
    run(store, 'openChain');
  });

  it('that is huge grows by a part for each key, which says so', () => {
    const store = openInverted(stairsSnapshot(2000));
    run(store, 'showMore', 'showMore', 'showMore', 'showMore', 'goToFirst', 'openSubtree');
    const {base, rows, keyNote} = store.getState();
    expect(rows).toHaveLength(base.length);
    expect(keyNote).toBe('Not all is expanded yet: the same key goes on');
    run(store, 'openSubtree');
    expect(store.getState().rows.length).toBeGreaterThan(rows.length);
    let length = 0;
    while (length < store.getState().base.length) {
      length = store.getState().base.length;
      run(store, 'openSubtree');
    }
    expect(store.getState().keyNote).toBe('There are too many nodes: not all are expanded');
  });

  it('that is huge is searched in part, in each view, which is said as long as it is so', () => {
    const store = openInverted(stairsSnapshot(2000));
    run(store, 'showMore', 'showMore', 'showMore', 'showMore');
    press(store, '/', 'f', '7', 'enter');
    const told = /^\d+\/\d+ \(15\d,\d{3} nodes searched, not all; f filters all\)$/;
    expect(selectMatchText(store.getState())).toMatch(told);
    run(store, 'switchSort', 'goToNextMatch');
    expect(selectMatchText(store.getState())).toMatch(told);
    run(store, 'undo', 'goToNextMatch');
    expect(selectMatchText(store.getState())).toMatch(told);
    expect(store.getState().base.length).toBeLessThan(200_000);
    run(store, 'showTree', 'goToNextMatch');
    expect(selectMatchText(store.getState())).toMatch(/^\d+\/\d+$/);
  });

  it('has the cursor on the first row of the same frame, as deep as that is', () => {
    const store = createTreeStore({snapshot: SNAPSHOT, columns: 100, rows: 24});
    run(store, 'moveDown', 'showInverted');
    const {filtered, cursorNode} = store.getState();
    expect(filtered.tree.getNode(cursorNode).function).toBe('main');
    const whole = openInverted();
    run(whole, 'goToFirst', 'openSubtree');
    const first = Array.from(whole.getState().rows).find(
      node => whole.getState().filtered.tree.getNode(node).function === 'main',
    )!;
    const pathOf = (of: TreeStore, node: number): string[] => {
      const {tree} = of.getState().filtered;
      const path: string[] = [];
      for (let at = node; at > 0; at = tree.prefix[at]!) path.push(tree.getNode(at).function!);
      return path;
    };
    expect(pathOf(store, cursorNode)).toEqual(pathOf(whole, first));
  });
});

describe('undo and redo', () => {
  const STEPS: readonly CommandId[] = [
    ...(['moveDown', 'moveUp', 'goToLast', 'toggle', 'openChain', 'openSubtree', 'closeAll'] as const),
    ...(['openOrGoToChild', 'goToParent'] as const),
  ];
  const VIEWS: readonly CommandId[] = [
    ...(['showTree', 'showInverted', 'showCallers', 'switchSort', 'switchLevel', 'rootHere'] as const),
    ...(['reverseOrder', 'zoomIn'] as const),
  ];

  it('come back to the very rows, whatever was expanded in which order', () => {
    const anyRun = fc.array(
      fc.oneof(
        {weight: 2, arbitrary: fc.constantFrom(...STEPS)},
        {weight: 1, arbitrary: fc.constantFrom(...VIEWS)},
      ),
      {maxLength: 25},
    );
    fc.assert(
      fc.property(anyRun, commands => {
        const store = openInverted();
        const before: string[] = [];
        for (const command of commands) {
          const [rows, views] = [look(store), store.getState().past.length];
          run(store, command);
          if (store.getState().past.length > views) before.push(rows);
        }
        const after: string[] = [];
        for (const rows of before.reverse()) {
          after.push(look(store));
          run(store, 'undo');
          expect(look(store)).toBe(rows);
        }
        for (const rows of after.reverse()) {
          run(store, 'redo');
          expect(look(store)).toBe(rows);
        }
      }),
      {seed: 1, numRuns: 300},
    );
  });
});

it('a reload keeps what is expanded', () => {
  const store = openInverted();
  run(store, 'closeAll', 'openOrGoToChild', 'goToLast', 'openSubtree');
  const rows = look(store);
  const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};
  store.actions.receive({type: 'done', snapshot: {...SNAPSHOT}, progress});
  expect(look(store)).toBe(rows);
});
