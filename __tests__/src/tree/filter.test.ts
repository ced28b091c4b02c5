import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type CallTree, ELIDED, IMPORT_SYSTEM, UNINTERESTING} from '../../../src/tree/call-tree.js';
import {filterCallTree} from '../../../src/tree/filter.js';
import {arbitrarySnapshot, arbitraryTree} from '../../helpers/arbitrary-tree.js';
import {compareSnapshots} from '../../helpers/compared-locations.js';
import {runTreeQuery} from '../../helpers/run-query.js';
import {findNode, parseSnapshot, parseTree, printTree} from '../../helpers/tree-text.js';

const NONE = {hideImportSystem: false, hideUninteresting: false};
const IMPORTS = {hideImportSystem: true, hideUninteresting: false};
const DULL = {hideImportSystem: false, hideUninteresting: true};
const BOTH = {hideImportSystem: true, hideUninteresting: true};

const TEXT = `
  main app.py:1 7
    _load <frozen importlib._bootstrap>:5 50
      module lib.py:1 300
    module lib.py:1 30 @0x2
      init lib.py:2 400
    run runpy.py:1 3
      module lib.py:1 1000
      last lib.py:9 20
  ! 2 locations 3 allocations 5000 bytes
`;
const base = parseTree(TEXT, {wholePeak: true});

describe('filterCallTree', () => {
  it('is the base itself without a filter, or without anything to hide', () => {
    expect(filterCallTree(base, NONE).tree).toBe(base);
    expect([...filterCallTree(base, NONE).filteredNodes]).toEqual([...base.prefix.keys()]);
    expect(filterCallTree(base, NONE).getBaseNodes(3)).toEqual([3]);
    const plain = parseTree('main app.py:1 7');
    expect(filterCallTree(plain, BOTH).tree).toBe(plain);
  });

  it('hides the import system with all below it', () => {
    expect(printTree(filterCallTree(base, IMPORTS).tree)).toBe(
      `
<ROOT> 6810 x11
  main app.py:1 1810 x8 own 7 x1
    run runpy.py:1 1023 x3 own 3 x1
      module lib.py:1 1000 x1 own 1000 x1
      last lib.py:9 20 x1 own 20 x1
    module lib.py:1 430 x2 own 30 x1
      init lib.py:2 400 x1 own 400 x1
  ! 5000 x3 own 5000 x3`.trim(),
    );
  });

  it('lifts what is below uninteresting nodes, merges and sorts again', () => {
    expect(printTree(filterCallTree(base, DULL).tree)).toBe(
      `
<ROOT> 6810 x11
  main app.py:1 1810 x8 own 7 x1
    module lib.py:1 1730 x4 own 1330 x3
      init lib.py:2 400 x1 own 400 x1
    last lib.py:9 20 x1 own 20 x1
  ! 5000 x3 own 5000 x3`.trim(),
    );
  });

  it('looks at the import filter first', () => {
    const {tree} = filterCallTree(base, BOTH);
    expect(tree.bytes[findNode(tree, 'module')]).toBe(1430);
  });

  it('knows what is merged in a node', () => {
    const {tree, filteredNodes, getBaseNodes} = filterCallTree(base, DULL);
    const baseNodes = getBaseNodes(findNode(tree, 'module'));
    expect(baseNodes.map(baseNode => base.getNode(baseNode).function)).toEqual([
      'module',
      'module',
      'module',
    ]);
    expect(baseNodes).toEqual(baseNodes.toSorted((a, b) => a - b));
    expect(filteredNodes[findNode(base, 'run')]).toBe(-1);
    expect(filteredNodes[findNode(base, 'last')]).toBe(findNode(tree, 'last'));
  });

  it('adds up the shares of threads that are merged', () => {
    const {tree} = filterCallTree(base, DULL);
    expect(tree.getThreadShares(findNode(tree, 'module'))).toEqual([
      {label: '0x1', bytes: 1700, allocations: 3},
      {label: '0x2', bytes: 30, allocations: 1},
    ]);
  });

  it('keeps equal siblings in the order in which they were displayed', () => {
    const tree = parseTree(`
      a runpy.py:1 100
        x app.py:1 5
      b runpy.py:2 200
        y app.py:2 5
      z app.py:3 5
    `);
    const names = (node: number) => filtered.tree.getNode(node).function;
    const filtered = filterCallTree(tree, DULL);
    expect(filtered.tree.getChildren(0).map(names)).toEqual(['y', 'x', 'z']);
  });

  it('keeps root, elided node and a root without anything left', () => {
    const {tree} = filterCallTree(parseTree('_load <frozen importlib._bootstrap>:5 50'), IMPORTS);
    expect(printTree(tree)).toBe('<ROOT> 50 x1');
    expect(filterCallTree(base, BOTH).tree.elidedLocations).toBe(2);
  });

  it('holds its invariants on any tree', () => {
    fc.assert(
      fc.property(arbitraryTree(), fc.constantFrom(IMPORTS, DULL, BOTH), (any, filters) => {
        const {tree, filteredNodes, getBaseNodes} = filterCallTree(any, filters);
        for (let node = 0; node < tree.length; node++) {
          const baseNodes = getBaseNodes(node);
          const sum = (column: Float64Array) =>
            baseNodes.reduce((total, baseNode) => total + column[baseNode]!, 0);
          expect(tree.bytes[node]).toBe(sum(any.bytes));
          expect(tree.allocations[node]).toBe(sum(any.allocations));
          expect(tree.selfBytes[node]).toBe(sum(any.selfBytes));
          for (const baseNode of baseNodes) expect(filteredNodes[baseNode]).toBe(node);
          const children = tree.getChildren(node);
          expect(new Set(children.map(child => tree.frame[child])).size).toBe(children.length);
          for (const [index, child] of children.entries()) {
            expect(tree.prefix[child]).toBe(node);
            const next = children[index + 1];
            if (next !== undefined && !(tree.flags[next]! & ELIDED)) {
              expect(tree.bytes[child]).toBeGreaterThanOrEqual(tree.bytes[next]!);
            }
          }
          if (filters.hideUninteresting) expect(tree.flags[node]! & UNINTERESTING).toBe(0);
          if (filters.hideImportSystem) expect(tree.flags[node]! & IMPORT_SYSTEM).toBe(0);
        }
      }),
    );
  });

  it('keeps what captures that are compared hold: each side is filtered as a tree by itself', () => {
    const filters = fc.constantFrom(IMPORTS, DULL, BOTH, {...DULL, foldNative: true});
    fc.assert(
      fc.property(arbitraryComparedTree(), filters, (any, chosen) => {
        const {base, runs} = any.compared!;
        const {tree, getBaseNodes} = filterCallTree(any, chosen);
        const ofBase = filterCallTree({...any, ...base!, isNested: true}, chosen).tree;
        for (const name of ['bytes', 'allocations', 'selfBytes', 'selfAllocations'] as const) {
          expect(tree.compared!.base![name].slice(0, tree.length)).toEqual(
            Float64Array.from({length: ofBase.length}, (_, node) => ofBase[name][node]!),
          );
        }
        for (let node = 0; node < tree.length; node++) {
          const values = tree.compared!.getValues(node);
          for (const run of runs.keys()) {
            const each = getBaseNodes(node).map(baseNode => any.compared!.getValues(baseNode)[run]!);
            expect(values[run]).toBe(each.reduce((sum, value) => sum + value, 0));
          }
          const isChanged = getBaseNodes(node).some(baseNode => any.compared!.isChanged?.[baseNode] === 1);
          expect(tree.compared!.isChanged?.[node] === 1).toBe(isChanged);
        }
      }),
    );
  });

  it('finds what may have been moved among the filtered nodes', () => {
    const before = `
  main app.py:1
    run runpy.py:1
      small lib.py:1 90000
      load old.py:2 50000
    large lib.py:9 500000`;
    const after = before.replace('90000', '95000').replace('load old.py', 'load new.py');
    const pair = compareSnapshots([parseSnapshot(after)], [parseSnapshot(before)]);
    const {tree} = filterCallTree(runTreeQuery(pair, 'all').tree, DULL);
    const files = tree.getChildren(1).map(node => {
      const other = tree.compared!.moved![node]!;
      return [tree.getNode(node).file, other < 0 ? null : tree.getNode(other).file];
    });
    expect(files).toEqual([
      ['lib.py', null],
      ['new.py', 'old.py'],
      ['old.py', 'new.py'],
    ]);
  });
});

/** The tree of two captures and the base that they are compared with. */
function arbitraryComparedTree(): fc.Arbitrary<CallTree> {
  return fc
    .tuple(arbitrarySnapshot(), arbitrarySnapshot(), arbitrarySnapshot())
    .map(([first, second, third]) => {
      const snapshot = compareSnapshots([first, second], [third]);
      const {tree} = runTreeQuery(snapshot, 'diff:absolute all');
      return {...tree, isNested: true};
    });
}
