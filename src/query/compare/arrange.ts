import {type CallTree, type CallTreeColumns, createCallTree} from '../../tree/call-tree.js';
import {linkByNumber} from '../../tree/call-tree-builder.js';
import {
  areGenerations,
  type ComparedNodes,
  getDifference,
  type LeftOut,
  mapSums,
  type NodeSums,
  SUM_NAMES,
  type Unchanged,
} from '../../tree/compared-nodes.js';
import {NativeNodesBuilder} from '../../tree/native-nodes.js';
import {compareSiblings, orderSiblings} from '../sort-tree.js';
import type {DiffMode, SortKey} from '../tree-query.js';
import {findMoved} from './moved.js';

export interface Arrangement {
  readonly diff: DiffMode;
  readonly sort: SortKey;
  readonly isReversed: boolean;
}

export interface ArrangedTree {
  readonly tree: CallTree;
  /** For each node of the whole tree the one that it is here, −1 where it is left out; null where all are there. */
  readonly placed: Int32Array | null;
}

/**
 * The nodes of a tree that are shown, in the order in which they are: of captures that are compared with one another
 * all of them; with a base as the mode says.
 */
export function arrangeTree(tree: CallTree, {diff, sort, isReversed}: Arrangement): ArrangedTree {
  if (tree.compared?.base == null || diff === 'absolute') {
    const whole = orderSiblings(tree, compareSizes(tree, sort), isReversed);
    const compared = {
      ...tree.compared!,
      undecided: null,
      showsSizes: true,
      moved: tree.compared?.base == null ? null : findMoved(tree),
    };
    return {tree: createCallTree({...whole, compared}, {getShares: whole.getThreadShares}), placed: null};
  }
  const isGrowth = diff === 'grown';
  const reason = isGrowth ? 'not grown' : tree.compared.isChanged === null ? 'unchanged' : 'noise';
  const {tree: shown, placed} = pruneTree(tree, isGrowth ? hasGrown(tree) : isDifferent(tree), reason);
  return {tree: orderSiblings(shown, compareDifferences(shown, diff, sort), isReversed), placed};
}

/**
 * Without a base by the greatest value of any capture, so that a row which one of them holds alone is not the last one;
 * equals by the median.
 */
function compareSizes(tree: CallTree, sort: SortKey): (a: number, b: number) => number {
  const {base = null, runs = []} = tree.compared ?? {};
  // Generations add up.
  if (sort !== 'total' || base !== null || areGenerations(runs)) return compareSiblings(tree, sort);
  const {bytes} = tree;
  const greatest = Float64Array.from({length: tree.length}, (_, node) =>
    tree.compared!.getValues(node).reduce((most, value) => Math.max(most, value), 0),
  );
  return (a, b) => greatest[b]! - greatest[a]! || bytes[b]! - bytes[a]!;
}

type NodeTest = (node: number) => boolean;

/** Where captures are many, what is no more than noise is no difference. */
function isDifferent(tree: CallTree): NodeTest {
  const {base, isChanged} = tree.compared!;
  if (isChanged !== null) return node => isChanged[node] === 1;
  return node => SUM_NAMES.some(name => tree[name][node] !== base![name][node]);
}

function hasGrown(tree: CallTree): NodeTest {
  const isChanged = isDifferent(tree);
  return node => isChanged(node) && getDifference(tree, node) > 0;
}

/** By the size of the difference, or by the difference itself; the mean size of blocks and names are no differences. */
function compareDifferences(tree: CallTree, diff: DiffMode, sort: SortKey): (a: number, b: number) => number {
  const column =
    sort === 'total' ? 'bytes' : sort === 'own' ? 'selfBytes' : sort === 'count' ? 'allocations' : null;
  if (column === null) return compareSiblings(tree, sort);
  const values = subtractColumns(tree, tree.compared!.base!, column);
  const sizes = diff === 'grown' ? values : values.map(Math.abs);
  return (a, b) => sizes[b]! - sizes[a]!;
}

function subtractColumns(tree: CallTree, base: NodeSums, column: keyof NodeSums): Float64Array {
  return tree[column].map((value, node) => value - base[column][node]!);
}

/** The nodes for which a test holds, and what is above them; the root always. */
function pruneTree(tree: CallTree, isWanted: NodeTest, reason: LeftOut): ArrangedTree {
  const isKept = new Uint8Array(tree.length);
  isKept[0] = 1;
  for (let node = tree.length - 1; node > 0; node--) {
    if (isKept[node] === 0 && isWanted(node)) isKept[node] = 1;
    if (isKept[node] === 1) isKept[tree.prefix[node]!] = 1;
  }
  const kept = Int32Array.from(isKept.keys()).filter(node => isKept[node] === 1);
  const placed = new Int32Array(tree.length).fill(-1);
  kept.forEach((node, index) => {
    placed[node] = index;
  });
  return {tree: pickNodes(tree, kept, placed, {reason, ...sumLeftOut(tree, isKept, reason)}), placed};
}

function sumLeftOut(tree: CallTree, isKept: Uint8Array, reason: LeftOut): Omit<Unchanged, 'reason'> {
  const {selfBytes, length} = tree;
  const {base: sums, undecided} = tree.compared!;
  const base = sums!;
  const left = {nodes: 0, bytes: 0, difference: 0, undecided: 0, tested: undecided?.tested ?? 0};
  for (let node = 1; node < length; node++) {
    if (isKept[node] === 1) continue;
    left.nodes++;
    left.bytes += selfBytes[node]!;
    left.difference += selfBytes[node]! - base.selfBytes[node]!;
    // Whatever has shrunk is not missed among what has grown.
    const isMissed = reason !== 'not grown' || getDifference(tree, node) > 0;
    if (isMissed) left.undecided += undecided?.isUndecided[node] ?? 0;
  }
  return left;
}

/** Some nodes as a tree of their own; of each its parent is among them, with a smaller number. */
function pickNodes(tree: CallTree, kept: Int32Array, placed: Int32Array, unchanged: Unchanged): CallTree {
  const {compared, native} = tree;
  const pickSums = (sums: NodeSums): NodeSums =>
    mapSums(name => Float64Array.from(kept, node => sums[name][node]!));
  const {base, isChanged} = compared!;
  const nodes: ComparedNodes = {
    ...compared!,
    base: base && pickSums(base),
    getValues: node => compared!.getValues(kept[node]!),
    moved: pickMoved(findMoved(tree), kept, placed),
    isChanged: isChanged && Uint8Array.from(kept, node => isChanged[node]!),
    undecided: null,
    unchanged,
  };
  const columns: CallTreeColumns = {
    ...tree,
    length: kept.length,
    prefix: kept.map((node, index) => (index === 0 ? -1 : placed[tree.prefix[node]!]!)),
    firstChild: new Int32Array(kept.length).fill(-1),
    nextSibling: new Int32Array(kept.length).fill(-1),
    depth: kept.map(node => tree.depth[node]!),
    frame: kept.map(node => tree.frame[node]!),
    flags: Uint8Array.from(kept, node => tree.flags[node]!),
    ...pickSums(tree),
    ...(tree.importer && {importer: kept.map(node => tree.importer![node]!)}),
    ...(tree.allocators && {allocators: Uint8Array.from(kept, node => tree.allocators![node]!)}),
    ...(native && {native: pickNative(native, kept)}),
    compared: nodes,
  };
  linkByNumber(columns);
  return createCallTree(columns, {getShares: node => tree.getThreadShares(kept[node]!)});
}

/** Of nodes whose other side is left out nothing is said. */
function pickMoved(moved: Int32Array, kept: Int32Array, placed: Int32Array): Int32Array {
  return kept.map(node => (moved[node]! < 0 ? -1 : placed[moved[node]!]!));
}

function pickNative(native: NonNullable<CallTree['native']>, kept: Int32Array) {
  const builder = new NativeNodesBuilder();
  for (const [index, node] of kept.entries()) builder.addNode(index, native, node);
  return builder.finish(kept.length);
}
