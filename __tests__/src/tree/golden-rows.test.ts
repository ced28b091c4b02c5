import {describe, expect, it} from 'vitest';
import {createModuleNamer} from '../../../src/format/module-namer.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {filterCallTree, type TreeFilters} from '../../../src/tree/filter.js';
import {buildCallTree} from '../../../src/tree/from-snapshot.js';
import {toCallTree} from '../../../src/tree/from-tree.js';
import {getRowLabel} from '../../../src/tree/row-label.js';
import {computeVisibleRows} from '../../../src/tree/visible-rows.js';
import {
  type GoldenNode,
  type GoldenRecords,
  type GoldenTree,
  goldenAsTree,
  listGoldens,
  readGolden,
  snapshotFromRecords,
  treeAsGolden,
} from '../../helpers/golden-tree.js';

interface GoldenRows {
  readonly options: {readonly biggestAllocs: number; readonly temporaryThreshold: number | null};
  readonly keys: readonly string[];
  readonly sysPath: readonly string[];
  /** Missing where memray could not open the capture. */
  readonly states?: readonly {readonly key: string | null; readonly rows: readonly GoldenRow[]}[];
}

interface GoldenRow {
  readonly depth: number;
  readonly label: string;
}

// memray takes names for markup, so that its own rows of these are not what was recorded.
const MARKUP = new Set(['hostile', 'markup-crash', 'markup-panel']);

// Only captures that memray could open, and no other keys than i and u.
const CASES = ['start', 'i', 'u', 'ui', 'b0', 'b3', 'b1000', 't1', 't5'].flatMap(kind =>
  listGoldens(`rows-${kind}`)
    .filter(name => !MARKUP.has(name))
    .map(name => ({name, kind, rows: readGolden<GoldenRows>(name, `rows-${kind}`)!}))
    .filter(({rows}) => rows.states && rows.keys.every(key => key === 'i' || key === 'u')),
);

/**
 * The whole tree that memray's rows were made of: another golden of the same options, or of the locations.
 */
function readTree(name: string, {options}: GoldenRows): GoldenTree {
  const threshold = options.temporaryThreshold;
  const kind = threshold !== null ? `t${threshold}` : options.biggestAllocs === 200 ? 'tree' : 'none';
  return readGolden<GoldenTree>(name, kind) ?? buildTree(name, options.biggestAllocs);
}

function buildTree(name: string, biggestAllocs: number): GoldenTree {
  const records = readGolden<GoldenRecords>(name, 'records')!;
  const snapshot = snapshotFromRecords(records, biggestAllocs);
  const tree = treeAsGolden(buildCallTree(snapshot, {wholePeak: true}));
  return {options: {biggestAllocs}, header: records.header, elided: snapshot.elided, tree};
}

/** i and u after the start state, in which uninteresting frames are hidden. */
function toFilters(keys: readonly string[]): TreeFilters {
  return {hideImportSystem: keys.includes('i'), hideUninteresting: !keys.includes('u')};
}

/** The rows of a tree in which the root and the chain of first children are open. */
function formatStartRows(tree: CallTree, sysPath: readonly string[]): GoldenRow[] {
  const isOpen = new Uint8Array(tree.length);
  for (let node = 0; node >= 0; node = tree.firstChild[node]!) isOpen[node] = 1;
  const moduleOf = createModuleNamer({searchPath: sysPath});
  const icons = {calls: '📂 ', allocates: '📄 ', elided: '❓ ', none: ''};
  return [...computeVisibleRows(tree, isOpen)].map(node => {
    const {icon, size, percent, function: name, place} = getRowLabel(tree, node, {moduleOf});
    const numbers = icon === 'none' ? '' : `${size} (${percent}) `;
    return {depth: tree.depth[node]!, label: `${icons[icon]}${numbers}${name}${place && `  ${place}`}`};
  });
}

/**
 * A slow and plain reading of the rules: hide, lift; and, where memray stops, merge and sort again.
 */
function filterSlowly(node: GoldenNode, filters: TreeFilters, isSorted: boolean): GoldenNode {
  const lift = (children: readonly GoldenNode[]): GoldenNode[] =>
    children
      .filter(child => !(filters.hideImportSystem && child.importSystem))
      .flatMap(child => (filters.hideUninteresting && !child.interesting ? lift(child.children) : [child]));
  let children = lift(node.children);
  if (isSorted) children = sortAgain(mergeSame(children));
  return {...node, children: children.map(child => filterSlowly(child, filters, isSorted))};
}

function mergeSame(children: readonly GoldenNode[]): GoldenNode[] {
  const merged = new Map<string, GoldenNode>();
  for (const child of children) {
    const key = JSON.stringify([child.function, child.file, child.line]);
    const other = merged.get(key);
    merged.set(key, other ? addUp(other, child) : child);
  }
  return [...merged.values()];
}

function addUp(a: GoldenNode, b: GoldenNode): GoldenNode {
  return {
    ...a,
    bytes: a.bytes + b.bytes,
    allocations: a.allocations + b.allocations,
    children: [...a.children, ...b.children],
  };
}

function sortAgain(children: readonly GoldenNode[]): GoldenNode[] {
  return children.toSorted(
    (a, b) => Number(a.elided ?? false) - Number(b.elided ?? false) || b.bytes - a.bytes,
  );
}

describe('rows at the start and after i and u', () => {
  it.each(CASES)('$name, $kind', ({name, rows}) => {
    const {tree: root, elided} = readTree(name, rows);
    const sysPath = rows.sysPath.filter(entry => !entry.endsWith('.zip'));
    const filters = toFilters(rows.keys);
    const format = (tree: CallTree) => formatStartRows({...tree, elidedLocations: elided.locations}, sysPath);
    const formatGolden = (isSorted: boolean) =>
      format(toCallTree(goldenAsTree(filterSlowly(root, filters, isSorted))));

    // memray's own rows come out of the plain reading, so it is right where memray goes on to merge and sort
    // nothing.
    const golden = rows.states!.at(-1)!.rows.map(({depth, label}) => ({depth, label}));
    expect(formatGolden(false)).toEqual(golden);
    expect(format(filterCallTree(toCallTree(goldenAsTree(root)), filters).tree)).toEqual(formatGolden(true));
  });
});
