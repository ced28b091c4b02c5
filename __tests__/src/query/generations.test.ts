import fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {createKeymap} from '../../../src/commands/keymap.js';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {sumThreadSides} from '../../../src/query/compare/thread-sides.js';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../src/query/naming.js';
import {computeRowFacts} from '../../../src/query/stats/row-facts.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {filterCallTree} from '../../../src/tree/filter.js';
import {arbitraryCase, openLocations} from '../../helpers/arbitrary-query.js';
import {parseBlocks} from '../../helpers/block-snapshot.js';
import {joinAsGenerations} from '../../helpers/generations.js';
import {buildReferenceSnapshot} from '../../helpers/reference-snapshot.js';

beforeAll(loadRegexEngine);

const snapshot = joinAsGenerations([
  parseBlocks(['main>load 2*100@malloc 1*4096@mmap', 'main>load>parse 3*10@malloc [0x2 (worker)]']),
  parseBlocks(['main>load 5*100@malloc', 'main>load>parse 1*1000@malloc [0x3 (late)]', 'main 1*50@calloc']),
]);
const naming = createNaming(snapshot);

function getFacts(view: string, name: string) {
  const query = parseQuery(view);
  const {tree} = deriveTree(snapshot, query, {naming});
  const node = [...tree.frame.keys()].find(row => tree.getNode(row).function === name)!;
  return {facts: computeRowFacts({snapshot, query, tree, naming}, node), shares: tree.getThreadShares(node)};
}

// The second generation has nothing of it.
const only = joinAsGenerations([
  parseBlocks(['main>load 2*100@malloc', 'main>load>parse 3*10@malloc']),
  parseBlocks(['main 1*50@calloc']),
]);

describe('what threads hold of generations', () => {
  const OF_LOAD = [
    {label: '0x1', bytes: 4796, allocations: 8},
    {label: '0x3 (late)', bytes: 1000, allocations: 1},
    {label: '0x2 (worker)', bytes: 30, allocations: 3},
  ];

  it.each(['tree', 'flat', 'inverted', 'callees:load', 'tree hide:pools'])('adds up in %s', view => {
    const {facts, shares} = getFacts(view, view === 'inverted' ? 'parse' : 'load');
    const expected = view === 'inverted' ? OF_LOAD.slice(1) : OF_LOAD;
    expect(facts?.threads).toEqual(expected);
    expect(shares.filter(({bytes}) => bytes !== 0)).toEqual(expected);
  });

  it('adds up where rows are filtered', () => {
    const {tree} = deriveTree(snapshot, parseQuery('tree'), {naming});
    const {tree: shown} = filterCallTree(tree, {hideImportSystem: true, hideUninteresting: true});
    expect(shown.getThreadShares(1)).toEqual(tree.getThreadShares(1));
  });

  it('adds up in the list of threads', () => {
    expect(sumThreadSides(snapshot, parseQuery('tree'), {naming})).toEqual([
      {label: '0x1', bytes: 4846, base: null},
      {label: '0x3 (late)', bytes: 1000, base: null},
      {label: '0x2 (worker)', bytes: 30, base: null},
    ]);
  });
});

it('a location of several generations is one', () => {
  expect(getFacts('tree', 'load').facts?.locations).toBe(3);
});

it('the facts of a row are what it shows, in every row of every shape', () => {
  fc.assert(
    fc.property(arbitraryCase(), fc.nat(), ({locations, query}, seed) => {
      const all = openLocations(locations);
      const parts = [0, 1].map(part =>
        buildReferenceSnapshot(locations.filter((_, index) => ((seed >> (index % 20)) & 1) === part)),
      );
      const generations = joinAsGenerations(parts);
      const options = {naming: createNaming(all.snapshot)};
      const {tree} = deriveTree(generations, query, options);
      for (let node = 0; node < tree.length; node++) {
        const facts = computeRowFacts({snapshot: generations, query, tree, ...options}, node);
        const {bytes, allocations} = tree.getNode(node);
        const sums = (facts?.threads ?? []).reduce((sum, share) => sum + share.bytes, 0);
        expect([facts?.bytes ?? 0, facts?.allocations ?? 0, sums]).toEqual([bytes, allocations, bytes]);
      }
    }),
    {seed: 71, numRuns: 300},
  );
});

it.each(['lines:load.py', 'lines:parse.py', 'flat', 'inverted', 'places', 'imports', 'callers:parse'])(
  '%s has as much of generations as of all of them together',
  view => {
    const query = parseQuery(view);
    const {runs: _, ...joined} = only;
    const [of, together] = [only, joined].map(each => deriveTree(each, query, {naming: createNaming(each)}));
    expect(of!.kept.bytes).toBe(together!.kept.bytes);
    expect(of!.tree.bytes[0]).toBe(together!.tree.bytes[0]);
  },
);

describe('the store', () => {
  const press = (...keys: readonly string[]): readonly string[] => {
    const store = createTreeStore({snapshot, columns: 100, rows: 24});
    const keymap = createKeymap();
    for (const key of keys) store.actions.press(key, keymap);
    return store.getState().menuItems.map(({text, detail}) => `${text} | ${detail}`);
  };

  it('lists what threads hold of all generations', () => {
    expect(press('t')).toEqual([
      'all threads | ',
      '0x1 | 4.846kB (82.47 %)',
      '0x3 (late) | 1.000kB (17.02 %)',
      '0x2 (worker) | 30.000B  (0.51 %)',
    ]);
  });

  it('says what steps would keep of all generations', () => {
    expect(press('down', 'down', ';')).toContain('through fn:=load | keeps 5.826kB  (99.15 %)');
  });
});
