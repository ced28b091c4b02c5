import fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {deriveTree} from '../../../src/query/derive-tree.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../src/query/naming.js';
import {computeRowFacts} from '../../../src/query/stats/row-facts.js';
import {arbitraryCase, openLocations} from '../../helpers/arbitrary-query.js';
import {parseBlocks} from '../../helpers/block-snapshot.js';

beforeAll(loadRegexEngine);

const SNAPSHOT = parseBlocks([
  'main>load 2*100@malloc 1*4096@mmap',
  'main>load>parse 3*10@malloc [0x2 (worker)]',
  'main 1*50@calloc',
]);

function getFacts(view: string, name: string) {
  const query = parseQuery(view);
  const naming = createNaming(SNAPSHOT);
  const {tree} = deriveTree(SNAPSHOT, query, {naming});
  const node = [...tree.frame.keys()].find(row => tree.getNode(row).function === name)!;
  return computeRowFacts({snapshot: SNAPSHOT, query, tree, naming}, node);
}

describe('the facts of a row', () => {
  it('are about the blocks in it and below it', () => {
    expect(getFacts('tree', 'load')).toEqual({
      ...{bytes: 4326, allocations: 6, locations: 2, selected: 4376},
      pools: {bytes: 0, count: 0},
      ...{smallest: 10, largest: 4096, largestCount: 1},
      sizes: [
        {from: 8, count: 3},
        {from: 16, count: 0},
        {from: 32, count: 0},
        {from: 64, count: 2},
        ...[128, 256, 512, 1024, 2048].map(from => ({from, count: 0})),
        {from: 4096, count: 1},
      ],
      allocators: [
        {allocator: 'mmap', bytes: 4096, allocations: 1},
        {allocator: 'malloc', bytes: 230, allocations: 5},
      ],
      threads: [
        {label: '0x1', bytes: 4296, allocations: 3},
        {label: '0x2 (worker)', bytes: 30, allocations: 3},
      ],
    });
  });

  it('are in a table of places those of one allocator', () => {
    expect(getFacts('places', 'parse')?.allocators).toEqual([
      {allocator: 'malloc', bytes: 30, allocations: 3},
    ]);
    // Of two rows of one frame, the first that was made.
    expect(getFacts('places', 'load')?.allocators).toEqual([
      {allocator: 'malloc', bytes: 200, allocations: 2},
    ]);
  });

  it('add up to what the row shows, in every row of every shape', () => {
    fc.assert(
      fc.property(arbitraryCase(), ({locations, query}) => {
        const {snapshot, naming} = openLocations(locations);
        const {tree} = deriveTree(snapshot, query, {naming});
        for (let node = 0; node < tree.length; node++) {
          const facts = computeRowFacts({snapshot, query, tree, naming}, node);
          const {bytes, allocations} = tree.getNode(node);
          expect([facts?.bytes ?? 0, facts?.allocations ?? 0]).toEqual([bytes, allocations]);
        }
      }),
      {seed: 71, numRuns: 300},
    );
  });
});
