import fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../src/query/naming.js';
import {listTargetRemarks, showSnapshot} from '../../../src/query/show-snapshot.js';
import {isAroundTerm} from '../../../src/query/tree-query.js';
import {NO_FILTERS, type TreeFilters} from '../../../src/tree/filter.js';
import {arbitraryCase, openLocations} from '../../helpers/arbitrary-query.js';
import {parseSnapshot, printTree} from '../../helpers/tree-text.js';

beforeAll(loadRegexEngine);

const SNAPSHOT = parseSnapshot(`
  <module> <frozen runpy>:1
    run_path <frozen runpy>:2 1
      <module> /app/main.py:1 2
        _find_and_load <frozen importlib._bootstrap>:5 4
          _load_unlocked <frozen importlib._bootstrap>:6 8
            <module> /app/orders.py:1 16
              load /app/orders.py:9 32
              _find_and_load <frozen importlib._bootstrap>:5 64
`);

const ALL: TreeFilters = {hideImportSystem: true, hideUninteresting: true, foldNative: true};

function show(written: string, filters: TreeFilters) {
  const naming = createNaming(SNAPSHOT);
  const shown = showSnapshot(SNAPSHOT, {query: parseQuery(written), filters, wholePeak: false, naming});
  return {...shown, text: `\n${printTree(shown.tree)}\n`};
}

const HIDING_IMPORTS = {...NO_FILTERS, hideImportSystem: true};
const HIDING_UNINTERESTING = {...NO_FILTERS, hideUninteresting: true};

describe('what a shape is about', () => {
  it('is shown although it is uninteresting', () => {
    expect(show('callers:fn:=run_path', HIDING_UNINTERESTING).text).toMatchInlineSnapshot(`
      "
      <ROOT> 127 x7
        run_path <frozen runpy>:2 127 x7 own 127 x7
      "
    `);
    expect(show('callees:fn:=_find_and_load', HIDING_UNINTERESTING).text).toMatchInlineSnapshot(`
      "
      <ROOT> 124 x5
        _find_and_load <frozen importlib._bootstrap>:5 124 x5 own 12 x2
          <module> /app/orders.py:1 112 x3 own 16 x1
            _find_and_load <frozen importlib._bootstrap>:5 64 x1 own 64 x1
            load /app/orders.py:9 32 x1 own 32 x1
      "
    `);
    expect(show('lines:importlib sort:name', HIDING_UNINTERESTING).text).toMatchInlineSnapshot(`
      "
      <ROOT> 127 x7 own 51 x4
        _find_and_load <frozen importlib._bootstrap>:5 124 x5 own 68 x2
        _load_unlocked <frozen importlib._bootstrap>:6 120 x4 own 8 x1
      "
    `);
  });

  it('is shown although it is in the import system, or below it', () => {
    expect(show('callees:fn:=_find_and_load', HIDING_IMPORTS).text).toMatchInlineSnapshot(`
      "
      <ROOT> 124 x5
        _find_and_load <frozen importlib._bootstrap>:5 124 x5 own 60 x4
          _find_and_load <frozen importlib._bootstrap>:5 64 x1 own 64 x1
      "
    `);
    expect(show('callers:fn:=_load_unlocked', HIDING_IMPORTS).text).toMatchInlineSnapshot(`
      "
      <ROOT> 120 x4
        _load_unlocked <frozen importlib._bootstrap>:6 120 x4
          <module> /app/main.py:1 120 x4
            run_path <frozen runpy>:2 120 x4
              <module> <frozen runpy>:1 120 x4 own 120 x4
      "
    `);
    expect(show('callers:fn:=load', HIDING_IMPORTS).text).toMatchInlineSnapshot(`
      "
      <ROOT> 32 x1
        load /app/orders.py:9 32 x1
          <module> /app/main.py:1 32 x1
            run_path <frozen runpy>:2 32 x1
              <module> <frozen runpy>:1 32 x1 own 32 x1
      "
    `);
    expect(show('lines:orders', HIDING_IMPORTS).text).toMatchInlineSnapshot(`
      "
      <ROOT> 127 x7 own 15 x4
        <module> /app/orders.py:1 112 x3 own 80 x2
        load /app/orders.py:9 32 x1 own 32 x1
      "
    `);
  });

  it('is not shown where a step has taken it away before', () => {
    const shown = show('imports:merge callees:fn:=_find_and_load', NO_FILTERS);
    expect(listTargetRemarks(shown)).toEqual(['callees:fn:=_find_and_load: nothing here matches']);
  });

  it('is the same amount with and without filters, in random views', () => {
    fc.assert(
      fc.property(
        arbitraryCase(),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        ({locations, query}, i, u, a) => {
          fc.pre(isAroundTerm(query.shape));
          const {snapshot, naming} = openLocations(locations);
          const of = (filters: TreeFilters) =>
            showSnapshot(snapshot, {query, filters, wholePeak: false, naming});
          const plain = of(NO_FILTERS);
          const shown = of({hideImportSystem: i, hideUninteresting: u, foldNative: a});
          expect(shown.kept).toEqual(plain.kept);
          expect(shown.untargeted).toEqual(plain.untargeted);
          const rows = (tree: typeof plain.tree) => tree.getChildren(0).map(node => tree.getNode(node));
          // Rows of lines, and what calls or is called by what matches: the first level is what matches.
          const list = (tree: typeof plain.tree) =>
            rows(tree)
              .map(row => [row.function, row.file, row.line, row.bytes, row.allocations])
              .sort();
          expect(list(shown.tree)).toEqual(list(plain.tree));
        },
      ),
      {seed: 71, numRuns: 1000},
    );
  });

  it('does not keep other frames', () => {
    expect(show('callees:fn:=run_path', ALL).text).toMatchInlineSnapshot(`
      "
      <ROOT> 127 x7
        run_path <frozen runpy>:2 127 x7 own 1 x1
          <module> /app/main.py:1 126 x6 own 126 x6
      "
    `);
  });
});
