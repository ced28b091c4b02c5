import {describe, expect, test} from 'vitest';
import {createKeymap} from '../../../src/commands/keymap.js';
import {createTreeStore, type TreeStore} from '../../../src/session/create-tree-store.js';
import {selectSpokenText} from '../../../src/store/spoken-text.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const TREE = `
  main app.py:1
    load app.py:10 600
    build app.py:20 200
  ! 3 locations 9 allocations 70 bytes
`;

test('the selected row, its facts and the state of the program, one sentence a line', () => {
  const store = createTreeStore({snapshot: parseSnapshot(TREE), name: 'results.bin'});
  store.actions.run('moveDown');
  const facts = selectSpokenText(store.getState(), []);
  expect(facts).toMatchInlineSnapshot(`
    [
      "Row 2 of 4: main, app:1.",
      "800.000B, 100.00 % of the total. Level 1, expanded, 2 children.",
      "peak, results.bin, peak 1.000kB, shown 800.000B, 3 locations hidden (70.000B). Press ? for the keys.",
    ]
  `);
});

test('a search, and a key that does nothing', () => {
  const store = createTreeStore({snapshot: parseSnapshot('main app.py:1 5')});
  store.actions.run('goToNextMatch');
  expect(selectSpokenText(store.getState(), [])[0]).toMatchInlineSnapshot(`"No search yet: / starts one."`);
});

describe('what is open', () => {
  const openStore = () => createTreeStore({snapshot: parseSnapshot(TREE), name: 'results.bin'});
  const pressAndRead = (store: TreeStore, ...keys: readonly string[]): readonly string[] => {
    for (const key of keys) store.actions.press(key, createKeymap());
    return selectSpokenText(store.getState(), []);
  };

  test('the menu of a row', () => {
    const store = openStore();
    expect(pressAndRead(store, 'down', 'down', ';', 'down', 'down', 'down')).toEqual([
      'Steps at this row.',
      'Item 4 of 8: drop fn:=load, keeps 200.000B (22.99 %).',
      'Up and down choose, Enter takes it, Escape closes.',
    ]);
    expect(pressAndRead(store, 'escape')[0]).toBe('Row 3 of 4: load, app:10.');
  });

  test('the palette', () => {
    const store = openStore();
    expect(pressAndRead(store, ':', ...'inver').slice(0, 2)).toEqual([
      'Commands and steps. Typed: inver.',
      'Item 1 of 1: inverted: what allocates, callers below, 2.',
    ]);
    expect(pressAndRead(store, 'ctrl+u')[0]).toBe('Commands and steps. Typed: nothing.');
    expect(pressAndRead(store, ...'native frames')[1]).toMatch(
      /^Item 1 of 1: merge or show native frames, a There are .* It is not possible now\.$/,
    );
    expect(pressAndRead(store, ...'xyz')[1]).toBe('Nothing matches.');
  });

  test('the threads', () => {
    const store = openStore();
    expect(pressAndRead(store, 't', 'down', 'space')).toEqual([
      'Threads. Typed: nothing.',
      'Item 2 of 2: 0x1, 800.000B (100.00 %). It is marked.',
      'Up and down choose, Space marks several, Enter takes it, Escape closes.',
    ]);
  });

  test('the filter prompt', () => {
    const store = openStore();
    expect(pressAndRead(store, 'f').slice(0, 3)).toEqual([
      'Filter stacks by: ',
      'A term keeps stacks, a term after a minus sign drops them.',
      'Enter applies it, Escape leaves.',
    ]);
    expect(pressAndRead(store, ...'fn:').slice(0, 2)).toEqual([
      'Filter stacks by: fn:',
      'It cannot be applied: a text is missing.',
    ]);
    const lines = pressAndRead(store, ...'load');
    expect(lines.slice(0, 2)).toEqual(['Filter stacks by: fn:load', 'Enter applies it, Escape leaves.']);
    expect(lines[2]).toMatch(/^Steps: peak, through fn:load: 600\.000B of /);
  });

  test('a table', () => {
    const store = openStore();
    const lines = pressAndRead(store, '3', 's', 'S', 'home', 'down');
    expect(lines[0]).toMatch(/^Steps: peak, flat, sort own, reverse: /);
    expect(lines.slice(1, 3)).toEqual([
      'Row 2 of 4: main, app:1.',
      '800.000B, 100.00 % of the total. Own 0.000B, count 2. Table sorted by own, reversed.',
    ]);
  });
});

test('an empty tree', () => {
  expect(
    selectSpokenText(createTreeStore({snapshot: parseSnapshot('')}).getState(), []),
  ).toMatchInlineSnapshot(`
    [
      "Row 1 of 1: <No allocations>.",
      "Level 0, no children.",
      "peak, peak 1.000kB, shown 0.000B. Press ? for the keys.",
    ]
  `);
});
