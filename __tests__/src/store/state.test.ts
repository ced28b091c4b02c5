import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {COMMANDS, type CommandId} from '../../../src/commands/commands.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import type {Facts} from '../../../src/store/facts.js';
import type {QueryState} from '../../../src/store/query-state.js';
import type {Derived, Shown, TreeState} from '../../../src/store/state.js';
import type {UiState} from '../../../src/store/ui-state.js';
import {isSameGrowth} from '../../../src/tree/growth.js';
import {projectRoot} from '../../helpers/terminal.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

/** The fields that an interface declares. */
function listFields(file: string, name: string): readonly string[] {
  const source = readFileSync(`${projectRoot}src/store/${file}`, 'utf8');
  const [, body = ''] = source.split(`export interface ${name} {\n`);
  const end = body.indexOf('\n}');
  return [...body.slice(0, end).matchAll(/^ {2}readonly (\w+):/gm)].map(match => match[1]!);
}

const FACTS = listFields('facts.ts', 'Facts');
const QUERY = listFields('query-state.ts', 'QueryState');
const UI = listFields('ui-state.ts', 'UiState');
const FOLLOWING = [...listFields('state.ts', 'Shown'), ...listFields('state.ts', 'Derived')];

const open = () =>
  createTreeStore({
    snapshot: parseSnapshot(`
      main app.py:1
        load app.py:2 50
          parse numpy.py:3 10
        save app.py:4 40
      <frozen importlib._bootstrap> <frozen importlib._bootstrap>:4 4
    `),
    columns: 100,
    rows: 30,
  });

describe('the parts of the state', () => {
  test('have no field in common, and all fields of a state are in one of them', () => {
    const fields = [...FACTS, ...QUERY, ...UI, ...FOLLOWING];
    expect(fields.toSorted()).toEqual(Object.keys(open().getState()).toSorted());
  });

  test('have no field in common by their types', () => {
    type Common =
      | (keyof Facts & keyof (QueryState & UiState & Shown & Derived))
      | (keyof QueryState & keyof (UiState & Shown & Derived))
      | (keyof UiState & keyof (Shown & Derived))
      | (keyof Shown & keyof Derived);
    const hasNone: [Common] extends [never] ? true : false = true;
    expect(hasNone).toBe(true);
  });
});

/** A copy of everything that a state holds now, to be compared with later. */
const pick = (state: TreeState, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(state).filter(([name]) => fields.includes(name)));

const walk = fc.array(fc.constantFrom(...COMMANDS.map(({id}) => id)), {maxLength: 20});

describe('a command', () => {
  test('changes no facts', () => {
    fc.assert(
      fc.property(walk, commands => {
        const {actions, getState} = open();
        const before = pick(getState(), FACTS);
        for (const command of commands) actions.run(command);
        expect(pick(getState(), FACTS)).toEqual(before);
      }),
    );
  });

  test('that moves, expands, scrolls or searches changes neither facts nor the query', () => {
    const groups = ['Move', 'Expand and collapse', 'Source', 'Program'];
    const searching: readonly CommandId[] = ['startSearch', 'goToNextMatch', 'goToPreviousMatch', 'cancel'];
    const ofUi = COMMANDS.filter(({id, group}) => groups.includes(group) || searching.includes(id));
    fc.assert(
      fc.property(walk, fc.constantFrom(...ofUi), (commands, {id}) => {
        const {actions, getState} = open();
        for (const command of commands) actions.run(command);
        const before = getState();
        actions.run(id);
        for (const field of [...FACTS, ...QUERY, 'shown']) {
          expect(getState()[field as keyof TreeState], field).toBe(before[field as keyof TreeState]);
        }
        // Expanding and searching make more nodes of a tree that grows.
        expect(isSameGrowth(getState().base, before.base)).toBe(true);
      }),
    );
  });
});
