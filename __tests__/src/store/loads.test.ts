import {describe, expect, test} from 'vitest';
import type {CommandId} from '../../../src/commands/commands.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import type {LoadMessage, LoadProgress} from '../../../src/reader/load-messages.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {printRows} from '../../helpers/print-rows.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const PROGRESS: LoadProgress = {bytesRead: 50, totalBytes: 200, records: 7, elapsedMs: 100};
const partial = (snapshot: Snapshot | null): LoadMessage => ({
  type: 'progress',
  progress: PROGRESS,
  partial: snapshot,
});
const done = (snapshot: Snapshot): LoadMessage => ({type: 'done', progress: PROGRESS, snapshot});

const EARLY = parseSnapshot(`
  main app.py:1
    load app.py:10
      read io.py:5 100
    build app.py:20
      row app.py:21 50
`);
const LATER = parseSnapshot(`
  main app.py:1
    build app.py:20
      row app.py:21 5000
    log app.py:30 400
    load app.py:10
      parse json.py:3 200
      read io.py:5 100
`);
const WITHOUT_LOAD = parseSnapshot(`
  main app.py:1
    build app.py:20
      row app.py:21 5000
    log app.py:30 400
`);

function createReading(height = 20): {store: TreeStore; run: (...commands: CommandId[]) => string} {
  const store = createTreeStore();
  store.actions.setViewport(60, height);
  store.actions.startLoad('results.bin');
  const run = (...commands: CommandId[]) => {
    for (const command of commands) store.actions.run(command);
    return printRows(store.getState());
  };
  return {store, run};
}

describe('a load', () => {
  test('also starts by its former name, which hosts may still call', () => {
    const store = createTreeStore();
    store.actions.startReading('results.bin');
    expect(store.getState()).toMatchObject({status: 'reading', name: 'results.bin'});
  });

  test('goes from idle over reading to done', () => {
    const {store} = createReading();
    expect(store.getState()).toMatchObject({status: 'reading', progress: null, name: 'results.bin'});
    store.actions.receive(partial(null));
    expect(store.getState()).toMatchObject({status: 'reading', progress: PROGRESS, capture: null});
    store.actions.receive(partial(EARLY));
    expect(store.getState()).toMatchObject({status: 'reading', capture: EARLY.capture});
    store.actions.receive(done(LATER));
    expect(store.getState()).toMatchObject({status: 'done', capture: LATER.capture});
  });

  test('that fails says why, and keeps what was there', () => {
    const {store, run} = createReading();
    store.actions.receive(partial(EARLY));
    const before = run();
    store.actions.receive({type: 'failed', code: 'not-a-capture', message: 'no memray capture'});
    expect(store.getState()).toMatchObject({
      status: 'failed',
      failure: {code: 'not-a-capture', message: 'no memray capture'},
    });
    expect(run()).toBe(before);
  });

  test('that starts again forgets the failure', () => {
    const {store} = createReading();
    store.actions.receive({type: 'failed', code: 'empty', message: 'empty'});
    store.actions.startLoad('results.bin');
    expect(store.getState()).toMatchObject({status: 'reading', failure: null});
  });
});

describe('a new tree', () => {
  test('shows its own start state until the user navigates', () => {
    const {store, run} = createReading();
    store.actions.receive(partial(EARLY));
    store.actions.receive(partial(LATER));
    expect(run()).toMatchInlineSnapshot(`
      "> - <ROOT> 5700
          - main 5700
            - build 5000
                row 5000
              log 400
            + load 300"
    `);
  });

  test('keeps cursor and open nodes after the first key', () => {
    const {store, run} = createReading();
    store.actions.receive(partial(EARLY));
    run('moveDown', 'moveDown');
    store.actions.receive(partial(LATER));
    expect(run()).toMatchInlineSnapshot(`
      "  - <ROOT> 5700
          - main 5700
            + build 5000
              log 400
      >     - load 300
                parse 200
                read 100"
    `);
  });

  test('leaves the cursor on the root after everything was collapsed', () => {
    const {store, run} = createReading();
    store.actions.receive(partial(EARLY));
    run('moveDown');
    store.actions.receive(partial(parseSnapshot('other app.py:9 5')));
    run('closeAll', 'toggle');
    store.actions.receive(partial(EARLY));
    expect(run()).toMatch(/^> - <ROOT> 150\n/);
  });

  test('leaves the state before it as it was', () => {
    const {store, run} = createReading();
    store.actions.receive(partial(EARLY));
    run('openSubtree', 'moveDown');
    const before = store.getState();
    const findOpen = () => [...before.openPaths.findIn(before.base).isOpen];
    const [open, found] = [[...before.isOpen], findOpen()];
    store.actions.receive(partial(WITHOUT_LOAD));
    run('closeOrGoToParent');
    store.actions.receive(partial(LATER));
    expect([...before.isOpen]).toEqual(open);
    expect(findOpen()).toEqual(found);
    expect(store.getState().openPaths).not.toBe(before.openPaths);
  });

  test('keeps the selected row where it is on the screen', () => {
    const {store, run} = createReading(3);
    store.actions.receive(partial(EARLY));
    run('moveDown', 'moveDown', 'moveDown');
    const offset = () => store.getState().cursorRow - store.getState().scroll.row;
    const before = offset();
    store.actions.receive(partial(LATER));
    expect(store.getState().cursorRow).not.toBe(3);
    expect(offset()).toBe(before);
  });

  test('keeps the first row where it is after the wheel led away from the cursor', () => {
    const {store, run} = createReading(2);
    store.actions.setScreen(100, 4);
    store.actions.receive(partial(EARLY));
    run('openSubtree');
    store.actions.wheelAt(0, 0, 2);
    const getFirst = () => {
      const {filtered, rows, scroll} = store.getState();
      return filtered.tree.getNode(rows[scroll.row]!).function;
    };
    expect(getFirst()).toBe('load');
    store.actions.receive(partial(LATER));
    expect(getFirst()).toBe('load');
    expect(store.getState().cursorRow).toBe(0);
  });

  test('gives the cursor to the nearest ancestor that is still there', () => {
    const {store, run} = createReading();
    store.actions.receive(partial(EARLY));
    run('moveDown', 'moveDown', 'moveDown');
    store.actions.receive(partial(WITHOUT_LOAD));
    expect(run()).toMatchInlineSnapshot(`
      "  - <ROOT> 5400
      >   - main 5400
            + build 5000
              log 400"
    `);
  });

  test('gives the cursor back when its node comes again, unless it was moved', () => {
    const {store, run} = createReading();
    store.actions.receive(partial(EARLY));
    run('moveDown', 'moveDown', 'moveDown');
    const before = store.getState().filtered.tree.getNode(store.getState().cursorNode);
    expect(before.function).toBe('read');
    store.actions.receive(partial(WITHOUT_LOAD));
    store.actions.receive(partial(WITHOUT_LOAD));
    store.actions.receive(done(LATER));
    expect(store.getState().filtered.tree.getNode(store.getState().cursorNode).function).toBe('read');
    store.actions.receive(partial(WITHOUT_LOAD));
    run('goToFirst');
    store.actions.receive(done(LATER));
    expect(store.getState().cursorNode).toBe(0);
  });

  test('opens again what a partial result lacked for a while', () => {
    const {store, run} = createReading();
    store.actions.receive(partial(EARLY));
    run('moveDown');
    store.actions.receive(partial(WITHOUT_LOAD));
    store.actions.receive(partial(LATER));
    expect(run()).toContain('- load');
  });

  test('does not open again what was closed, also not what "close all" did not see', () => {
    const {store, run} = createReading();
    store.actions.receive(partial(EARLY));
    run('moveDown');
    store.actions.receive(partial(WITHOUT_LOAD));
    run('closeAll', 'toggle', 'moveDown', 'toggle');
    store.actions.receive(done(LATER));
    expect(run()).toContain('+ load');
  });

  test('may come from the outside', () => {
    const {store} = createReading();
    const {base} = createTreeStore({snapshot: LATER}).getState();
    store.actions.setTree(base);
    expect(store.getState().base).toBe(base);
  });
});
