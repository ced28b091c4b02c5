import {expect, test} from 'vitest';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
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
