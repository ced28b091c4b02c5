import fc from 'fast-check';
import {beforeAll, expect, test} from 'vitest';
import {ComparedRuns} from '../../../../src/heap/compared-runs.js';
import {NO_RENAMES} from '../../../../src/heap/frame-renames.js';
import {loadRegexEngine} from '../../../../src/query/bounded-regex.js';
import {deriveTree} from '../../../../src/query/derive-tree.js';
import {formatQuery} from '../../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../../src/query/grammar/parse-query.js';
import {createNaming} from '../../../../src/query/naming.js';
import {DEFAULT_QUERY, type TreeQuery} from '../../../../src/query/tree-query.js';
import {type CallTree, ELIDED} from '../../../../src/tree/call-tree.js';
import {getDifference, getPresence} from '../../../../src/tree/compared-nodes.js';
import {arbitraryQuery} from '../../../helpers/arbitrary-query.js';
import {arbitraryPair, type ChangedPair, openCompared} from '../../../helpers/compared-locations.js';
import {type ReferenceNode, runReferenceQuery} from '../../../helpers/reference-shapes.js';
import {buildSnapshot, type FrameTuple} from '../../../helpers/snapshot-builder.js';

beforeAll(loadRegexEngine);

const RUNS = {numRuns: 300};

interface Case extends ChangedPair {
  readonly query: TreeQuery;
}

/** Queries of all shapes that captures can be compared in. Of a table of lines each side names its rows: see below. */
function arbitraryComparison(): fc.Arbitrary<Case> {
  return arbitraryPair().chain(pair =>
    arbitraryQuery([...pair.before, ...pair.after])
      .filter(({shape}) => shape.kind !== 'lines' && shape.kind !== 'stats')
      .map(query => ({...pair, query})),
  );
}

function derive({before, after, query}: Case) {
  const {snapshot, naming} = openCompared([after], [before]);
  return deriveTree(snapshot, query, {naming});
}

/** What two trees of nested objects hold in nodes of the same path, the slow way: `path: new base counts own …`. */
function mergeByPath(compared: ReferenceNode, base: ReferenceNode): Map<string, number[]> {
  const merged = new Map<string, number[]>();
  const add = (node: ReferenceNode, path: string, side: number): void => {
    const amounts = merged.get(path) ?? new Array<number>(8).fill(0);
    [node.bytes, node.allocations, node.selfBytes, node.selfAllocations].forEach((amount, index) => {
      amounts[2 * index + side] = amount;
    });
    merged.set(path, amounts);
    for (const child of node.children) add(child, `${path} > ${nameOf(child)}`, side);
  };
  add(compared, '', 0);
  add(base, '', 1);
  return merged;
}

const nameOf = ({
  function: name,
  file,
  line,
  allocator,
}: Omit<ReferenceNode, 'threads' | 'children'>): string =>
  JSON.stringify([name, file, line, allocator ?? '']);

/** Whether nothing differs in a node and below it. */
function isUnchanged(merged: ReadonlyMap<string, readonly number[]>, path: string): boolean {
  for (const [other, amounts] of merged) {
    const isBelow = other === path || other.startsWith(`${path} > `);
    if (isBelow && [0, 2, 4, 6].some(index => amounts[index] !== amounts[index + 1])) return false;
  }
  return true;
}

function listNodes(tree: CallTree): Map<string, number[]> {
  const nodes = new Map<string, number[]>();
  const base = tree.compared!.base!;
  const visit = (node: number, path: string): void => {
    nodes.set(path, [
      ...[tree.bytes[node]!, base.bytes[node]!, tree.allocations[node]!, base.allocations[node]!],
      ...[tree.selfBytes[node]!, base.selfBytes[node]!],
      ...[tree.selfAllocations[node]!, base.selfAllocations[node]!],
    ]);
    for (const child of tree.getChildren(node)) {
      const call = tree.getNode(child);
      const key = {...call, function: call.function!, file: call.file!, line: call.line!};
      visit(child, `${path} > ${nameOf(key as never)}`);
    }
  };
  visit(0, '');
  return nodes;
}

const sorted = (nodes: ReadonlyMap<string, number[]>) => [...nodes].sort(([a], [b]) => (a < b ? -1 : 1));

test('a comparison has the nodes of both trees, each with both sums, but for what is unchanged', () => {
  fc.assert(
    fc.property(arbitraryComparison(), ({before, after, query: given}) => {
      const by = given.by === 'line' ? ('function' as const) : given.by;
      const query: TreeQuery = {...given, by, diff: 'difference'};
      const {naming} = openCompared([after], [before]);
      const derived = derive({before, after, query: {...given, diff: 'difference'}});
      const [compared, base] = [after, before].map(each => runReferenceQuery(each, query, naming));
      const merged = mergeByPath(compared!.root, base!.root);
      const left = new Map([...merged].filter(([path]) => path === '' || !isUnchanged(merged, path)));
      expect(sorted(listNodes(derived.tree))).toEqual(sorted(left));
      expect(derived.tree.compared!.unchanged).toEqual({
        reason: 'unchanged',
        nodes: merged.size - left.size,
        bytes: [...merged].reduce((sum, [path, amounts]) => sum + (left.has(path) ? 0 : amounts[4]!), 0),
        difference: 0,
        undecided: 0,
        tested: 0,
      });
      const {kept, of, elided} = compared!;
      expect(derived).toMatchObject({kept, of, elided});
      expect(derived.base).toEqual({kept: base!.kept, of: base!.of, elided: base!.elided});
    }),
    RUNS,
  );
});

test('the absolute mode has all nodes, the grown mode those that lead to what has grown', () => {
  fc.assert(
    fc.property(arbitraryComparison(), given => {
      const all = derive({...given, query: {...given.query, diff: 'absolute'}}).tree;
      const grown = derive({...given, query: {...given.query, diff: 'grown'}}).tree;
      const isGrowing = (amounts: readonly number[]) => amounts[0]! > amounts[1]!;
      const nodes = listNodes(all);
      const isWanted = ([path]: [string, number[]]) =>
        path === '' ||
        [...nodes].some(
          ([other, amounts]) => (other === path || other.startsWith(`${path} > `)) && isGrowing(amounts),
        );
      expect(sorted(listNodes(grown))).toEqual(sorted(new Map([...nodes].filter(isWanted))));
    }),
    RUNS,
  );
});

test('siblings are sorted by the size of the difference, in the grown mode by the difference', () => {
  fc.assert(
    fc.property(arbitraryComparison(), fc.constantFrom('difference', 'grown'), (given, diff) => {
      const query = {...given.query, sort: 'total', isReversed: false, diff} as const;
      const {tree} = derive({...given, query});
      for (let node = 0; node < tree.length; node++) {
        const differences = tree.getChildren(node).map(child => getDifference(tree, child));
        const keys = diff === 'grown' ? differences : differences.map(Math.abs);
        expect(keys).toEqual(keys.toSorted((a, b) => b - a));
      }
    }),
    RUNS,
  );
});

test('without a base siblings are sorted by the greatest value, whatever the order of the captures', () => {
  fc.assert(
    fc.property(arbitraryComparison(), ({before, after, query: given}) => {
      const query = {...given, sort: 'total', isReversed: false} as const;
      const listSorted = (captures: readonly (typeof before)[]) => {
        const {snapshot, naming} = openCompared(captures, []);
        const {tree} = deriveTree(snapshot, query, {naming});
        return Array.from({length: tree.length}, (_, node) =>
          tree
            .getChildren(node)
            .filter(child => !(tree.flags[child]! & ELIDED))
            .map(child => [Math.max(...tree.compared!.getValues(child)), tree.bytes[child]!] as const),
        );
      };
      const sorted = listSorted([before, after, before]);
      for (const keys of sorted) expect(keys).toEqual(keys.toSorted(([a, c], [b, d]) => b - a || d - c));
      const count = (lists: typeof sorted) => lists.map(keys => JSON.stringify(keys)).sort();
      expect(count(listSorted([after, before, before]))).toEqual(count(sorted));
    }),
    RUNS,
  );
});

test('a capture compared with itself is a root without children', () => {
  fc.assert(
    fc.property(arbitraryComparison(), ({before, query}) => {
      const {tree} = derive({before, after: before, query: {...query, diff: 'difference'}});
      expect(tree.length).toBe(1);
      expect(tree.bytes[0]).toBe(tree.compared!.base!.bytes[0]);
    }),
    RUNS,
  );
});

test('the other way round, each difference has the other sign', () => {
  fc.assert(
    fc.property(arbitraryComparison(), given => {
      const query = {...given.query, diff: 'difference'} as const;
      const there = listNodes(derive({...given, query}).tree);
      const back = listNodes(derive({before: given.after, after: given.before, query}).tree);
      const swapped = [...back].map(([path, amounts]): [string, number[]] => [
        path,
        amounts.map((_, index) => amounts[index ^ 1]!),
      ]);
      expect(sorted(there)).toEqual(sorted(new Map(swapped)));
    }),
    RUNS,
  );
});

test('differences add up: what a node has grown by is the sum of its children and its own', () => {
  fc.assert(
    fc.property(arbitraryComparison(), given => {
      const query = {...given.query, diff: 'absolute'} as const;
      if (query.shape.kind === 'flat' || query.shape.kind === 'imports') return;
      const {tree} = derive({...given, query});
      const base = tree.compared!.base!;
      for (let node = 0; node < tree.length; node++) {
        const below = tree.getChildren(node).reduce((sum, child) => sum + getDifference(tree, child), 0);
        const own = tree.selfBytes[node]! - base.selfBytes[node]!;
        expect(getDifference(tree, node)).toBe(below + own);
      }
    }),
    RUNS,
  );
});

test('folders and functions that were renamed are the same', () => {
  const location = (file: string, name: string, bytes: number) => ({
    index: 0,
    stack: [{function: name, file, line: 3}],
    thread: '0x1',
    bytes,
    allocations: 1,
    blocks: [{allocator: 'malloc', size: bytes, count: 1}],
  });
  const before = [location('/old/app.py', 'load', 10)];
  const after = [location('/ci/app.py', 'fetch', 14)];
  const renames = {
    folders: [
      {from: '/old', to: '/here'},
      {from: '/ci/', to: '/here/'},
    ],
    functions: [{from: 'load', to: 'fetch'}],
  };
  const {snapshot, naming} = openCompared([after], [before], renames);
  const {tree} = deriveTree(snapshot, DEFAULT_QUERY, {naming});
  expect(listNodes(tree)).toEqual(
    new Map([
      ['', [14, 10, 1, 1, 0, 0, 0, 0]],
      [' > ["fetch","/ci/app.py",0,""]', [14, 10, 1, 1, 14, 10, 1, 1]],
    ]),
  );
});

test('a base that is scaled has as much in all, and the same shares', () => {
  fc.assert(
    fc.property(arbitraryComparison(), given => {
      const absolute = {...given.query, diff: 'absolute'} as const;
      const plain = derive({...given, query: absolute}).tree;
      const {tree} = derive({...given, query: {...absolute, isNormalized: true}});
      const [own, scaled] = [plain.compared!.base!, tree.compared!.base!];
      if (own.bytes[0] === 0) return;
      const factor = plain.bytes[0]! / own.bytes[0]!;
      expect(scaled.bytes[0]).toBe(tree.bytes[0]);
      const order = new Map([...listNodes(plain)].map(([path, amounts]) => [path, amounts[1]!]));
      for (const [path, amounts] of listNodes(tree)) {
        expect(Math.abs(amounts[1]! - order.get(path)! * factor)).toBeLessThanOrEqual(0.5);
      }
    }),
    RUNS,
  );
});

test('a scaled base is written as a step', () => {
  expect(formatQuery(parseQuery('leaks normalize diff:grown'))).toBe('leaks diff:grown normalize');
});

test('what cannot be shown of one side for its many nodes does not seem to be gone', () => {
  const DEPTH = 60;
  const open = (count: number) =>
    buildSnapshot(
      Array.from({length: count}, (_, index) => ({
        stack: Array.from({length: DEPTH}, (_, level): FrameTuple => [`f${index}_${level}`, 'a.py', 1]),
        bytes: 1000 + index,
        allocations: 1,
        thread: '0x1',
      })),
    );
  const runs = new ComparedRuns(NO_RENAMES);
  runs.add({name: 'more.bin', snapshot: open(3000)}, false);
  runs.add({name: 'fewer.bin', snapshot: open(1000)}, true);
  const snapshot = runs.finish();
  const query = parseQuery('inverted all');
  const {tree, isCut} = deriveTree(snapshot, query, {naming: createNaming(snapshot), isGrowing: true});
  expect(isCut).toBe(true);
  expect(Math.max(...tree.depth)).toBeLessThan(DEPTH);
  const presences = new Set(Array.from({length: tree.length}, (_, node) => getPresence(tree, node)));
  expect(presences).toEqual(new Set(['both', 'new']));
});

test('a table of lines holds of each side what it holds by itself', () => {
  fc.assert(
    fc.property(
      arbitraryPair(),
      fc.constantFrom('lines:fn:main', 'lines:app', 'lines:json'),
      (pair, written) => {
        const query = parseQuery(written);
        const {tree, kept, base} = derive({...pair, query});
        for (const [locations, bytes, amount] of [
          [pair.after, tree.bytes[0], kept],
          [pair.before, tree.compared!.base!.bytes[0], base!.kept],
        ] as const) {
          const {naming} = openCompared([locations], []);
          const alone = runReferenceQuery(locations, query, naming);
          expect(bytes).toBe(alone.root.bytes);
          expect(amount).toEqual(alone.kept);
        }
      },
    ),
    RUNS,
  );
});
