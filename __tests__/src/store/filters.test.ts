import {describe, expect, test} from 'vitest';
import type {CommandId} from '../../../src/commands/commands.js';
import {createKeymap} from '../../../src/commands/keymap.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {printRows} from '../../helpers/print-rows.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

// Uninteresting: runpy. Import system: importlib.
const TREE = `
  _run_code <frozen runpy>:88
    main app.py:1
      <import> <frozen importlib._bootstrap>:1176
        exec_module <frozen importlib._bootstrap>:690
          pkg pkg.py:1 500
          util util.py:3 90
      work app.py:7
        step app.py:9 300
        <import> <frozen importlib._bootstrap>:1176
          lazy lazy.py:2 50
  main app.py:1
    work app.py:7
      step app.py:9 20
`;

function createStore() {
  const store = createTreeStore({snapshot: parseSnapshot(TREE)});
  store.actions.setViewport(60, 20);
  const run = (...commands: CommandId[]) => {
    for (const command of commands) store.actions.run(command);
    return printRows(store.getState());
  };
  return {store, run};
}

describe('at the start', () => {
  test('uninteresting frames are hidden, their children moved up, merged and sorted', () => {
    const {run} = createStore();
    expect(run('openSubtree')).toMatchInlineSnapshot(`
      "> - <ROOT> 960
          - main 960
              pkg 500
            - work 370
                step 320
                lazy 50
              util 90"
    `);
  });
});

describe('u', () => {
  test('shows the frames that were hidden; those above open nodes are open', () => {
    const {run} = createStore();
    expect(run('toggleUninteresting')).toMatchInlineSnapshot(`
      "> - <ROOT> 960
          - _run_code 940
            - main 940
              - <import> 590
                - exec_module 590
                    pkg 500
                    util 90
              + work 350
          - main 20
            + work 20"
    `);
  });

  test('there and back changes nothing', () => {
    const {run} = createStore();
    const before = run('moveDown', 'moveDown');
    expect(run('toggleUninteresting', 'toggleUninteresting')).toBe(before);
  });

  test('what appears above no open node is closed', () => {
    const {run} = createStore();
    expect(run('closeAll', 'toggle', 'toggleUninteresting')).toMatchInlineSnapshot(`
      "> - <ROOT> 960
          + _run_code 940
          + main 20"
    `);
  });

  test('what appears above the cursor is open', () => {
    const {run} = createStore();
    expect(run('closeAll', 'toggle', 'moveDown', 'toggleUninteresting')).toMatchInlineSnapshot(`
      "  - <ROOT> 960
          - _run_code 940
      >     + main 940
          + main 20"
    `);
  });

  test('when the selected frame is hidden, the cursor goes to its nearest visible ancestor', () => {
    const {run} = createStore();
    run('toggleUninteresting', 'goToFirst', 'moveDown', 'moveDown', 'moveDown');
    expect(run('toggleUninteresting')).toMatchInlineSnapshot(`
      "  - <ROOT> 960
      >   - main 960
              pkg 500
            + work 370
              util 90"
    `);
  });
});

describe('i', () => {
  test('hides the import system with all below it', () => {
    const {run} = createStore();
    expect(run('openSubtree', 'toggleUninteresting', 'toggleImportSystem')).toMatchInlineSnapshot(`
      "> - <ROOT> 960
          - _run_code 940
            - main 940
              - work 350
                  step 300
          - main 20
            - work 20
                step 20"
    `);
  });

  test('keeps what is open in what it hides', () => {
    const {run} = createStore();
    const before = run('toggleUninteresting', 'openSubtree');
    expect(run('toggleImportSystem')).not.toBe(before);
    expect(run('toggleImportSystem')).toBe(before);
  });

  test('moves the cursor out of what it hides', () => {
    const {run, store} = createStore();
    run('toggleUninteresting', 'openSubtree');
    for (const key of ['/', 'p', 'k', 'g', 'enter']) store.actions.press(key, createKeymap());
    expect(run('toggleImportSystem')).toMatchInlineSnapshot(`
      "  - <ROOT> 960
          - _run_code 940
      >     - main 940
              - work 350
                  step 300
          - main 20
            - work 20
                step 20"
    `);
  });
});
