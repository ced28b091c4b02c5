import fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {type DerivedTree, deriveTree} from '../../../src/query/derive-tree.js';
import {
  DEFAULT_QUERY,
  getBiggest,
  isCutFirst,
  isTable,
  type SortKey,
  type TreeQuery,
} from '../../../src/query/tree-query.js';
import {
  arbitraryCase,
  arbitraryLocations,
  arbitraryPatterns,
  type Case,
  MODULES,
  openLocations,
  openPartly,
} from '../../helpers/arbitrary-query.js';
import {describeDerived} from '../../helpers/describe-derived.js';
import {describeReference, runReferenceQuery} from '../../helpers/reference-shapes.js';

beforeAll(loadRegexEngine);

interface Row {
  readonly bytes: number;
  readonly allocations: number;
  readonly selfBytes: number;
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

/** What rows of a table are sorted by, as text: equal rows of a table may come in any order. */
function readSortKey(row: Row, {sort, shape}: TreeQuery): string {
  const keys: Record<SortKey, string | number | null> = {
    total: row.bytes,
    own: row.selfBytes,
    count: row.allocations,
    mean: row.bytes / row.allocations,
    name: shape.kind === 'lines' ? `${row.file}:${row.line}` : row.function === '' ? row.file : row.function,
  };
  return `${keys[sort]} of ${row.bytes}`;
}

function derive({locations, query}: Case) {
  const {snapshot, naming} = openLocations(locations);
  const {tree, ...derived} = deriveTree(snapshot, query, {naming});
  const keys = tree.getChildren(0).map(child => readSortKey(tree.getNode(child), query));
  return {lines: orderRows(describeDerived(tree), query), keys, ...pickAmounts(derived)};
}

function pickAmounts({kept, of, elided, namingNothing}: Omit<DerivedTree, 'tree'>) {
  return {kept, of, elided, namingNothing};
}

function deriveByReference({locations, query}: Case) {
  const {root, ...amounts} = runReferenceQuery(locations, query, openLocations(locations).naming);
  const keys = root.children.map(child => readSortKey(child, query));
  return {lines: orderRows(describeReference(root), query), keys, ...amounts};
}

function orderRows(lines: string[], {shape}: TreeQuery): string[] {
  return isTable(shape) ? lines.sort() : lines;
}

/** Stacks, and a step that charges them to a module of one of their frames. */
function arbitraryCharge(): fc.Arbitrary<Case> {
  return arbitraryLocations().chain(locations =>
    arbitraryPatterns(MODULES).map(patterns => ({
      locations,
      query: {...DEFAULT_QUERY, steps: [{kind: 'module' as const, patterns}]},
    })),
  );
}

describe('deriveTree', () => {
  // Nodes, the order of siblings, amounts, threads, flags; kept, of, elided, and which steps name nothing.
  it('equals the reference for random stacks and queries', () => {
    fc.assert(
      fc.property(arbitraryCase(), given => {
        expect(derive(given)).toEqual(deriveByReference(given));
      }),
      {seed: 1, numRuns: 1000},
    );
  });

  it('charges modules as the reference does', () => {
    fc.assert(
      fc.property(arbitraryCharge(), given => {
        expect(derive(given)).toEqual(deriveByReference(given));
      }),
      {seed: 4, numRuns: 1000},
    );
  });

  it('makes the same of the biggest locations alone where the query is content with them', () => {
    fc.assert(
      fc.property(arbitraryCase(), ({locations, query}) => {
        const whole = openLocations(locations);
        const part = isCutFirst(query) ? openPartly(locations, getBiggest(query)) : whole;
        const expected = deriveTree(whole.snapshot, query, {naming: whole.naming});
        const derived = deriveTree(part.snapshot, query, {naming: whole.naming});
        expect({...pickAmounts(derived), tree: describeDerived(derived.tree)}).toEqual({
          ...pickAmounts(expected),
          tree: describeDerived(expected.tree),
        });
      }),
      {seed: 2, numRuns: 1000},
    );
  });

  it('adds what is below the cut to the root, as its last child, for the whole peak', () => {
    fc.assert(
      fc.property(arbitraryCase(), ({locations, query}) => {
        const {snapshot, naming} = openLocations(locations);
        const shown = deriveTree(snapshot, query, {naming});
        const whole = deriveTree(snapshot, query, {naming, wholePeak: true});
        const {bytes, allocations} = shown.elided;
        const [root, ...nodes] = describeDerived(shown.tree);
        const fields = JSON.parse(root!) as (string | number)[];
        fields[4] = Number(fields[4]) + bytes;
        fields[5] = Number(fields[5]) + allocations;
        const elided = [1, 'elided', bytes, allocations, bytes, allocations];
        expect(describeDerived(whole.tree)).toEqual([
          JSON.stringify(fields),
          ...nodes,
          ...(shown.elided.locations > 0 ? [JSON.stringify(elided)] : []),
        ]);
        expect(pickAmounts(whole)).toEqual(pickAmounts(shown));
      }),
      {seed: 3, numRuns: 1000},
    );
  });
});
