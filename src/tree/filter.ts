import {recall} from '../base/recall.js';
import {type CallTree, createCallTree, ELIDED, IMPORT_SYSTEM, NATIVE, UNINTERESTING} from './call-tree.js';
import {CallTreeBuilder} from './call-tree-builder.js';
import type {ComparedNodes} from './compared-nodes.js';
import {NativeNodesBuilder} from './native-nodes.js';
import {mergeShares} from './thread-shares.js';
import {nextInPreorder} from './visible-rows.js';

export interface TreeFilters {
  /** Hides nodes of the import system with all below them. */
  readonly hideImportSystem: boolean;
  /** Hides uninteresting nodes; their children move up. */
  readonly hideUninteresting: boolean;
  /** Lets native nodes vanish in what called them: their own bytes become those of the Python function. */
  readonly foldNative?: boolean;
}

export const NO_FILTERS: TreeFilters = {hideImportSystem: false, hideUninteresting: false};

export interface FilteredTree {
  readonly tree: CallTree;
  /** For each base node the filtered node that stands for it, −1 where it is hidden. */
  readonly filteredNodes: Int32Array;
  /** The base nodes merged in a filtered node, in base order. None of them is below another. */
  getBaseNodes(node: number): readonly number[];
}

/**
 * The tree that is shown. Nodes of the same frame that come together are merged, siblings sorted again unless
 * the tree has an order of its own. Totals of
 * what stays do not change; bytes of hidden nodes are no node's own. The root always stays. Without anything
 * to hide it is the base itself.
 */
export function filterCallTree(base: CallTree, filters: TreeFilters): FilteredTree {
  const {hideImportSystem, hideUninteresting, foldNative = false} = filters;
  return filterRecalled(base, hideImportSystem, hideUninteresting, foldNative);
}

/** A tree is filtered again where undo comes back to it. */
const filterRecalled = recall(
  (base: CallTree, hideImportSystem: boolean, hideUninteresting: boolean, foldNative: boolean) =>
    computeFiltered(base, {hideImportSystem, hideUninteresting, foldNative}),
);

function computeFiltered(base: CallTree, filters: TreeFilters): FilteredTree {
  const hiddenFlags =
    (filters.hideImportSystem ? IMPORT_SYSTEM : 0) |
    (filters.hideUninteresting ? UNINTERESTING : 0) |
    (filters.foldNative ? NATIVE : 0);
  if (hiddenFlags === 0 || !base.flags.some(flags => flags & hiddenFlags)) return createIdentity(base);

  const added = addFilteredNodes(base, filters);
  const {builder, filteredNodes, native} = added;
  const columns = builder.finish(base.frames, base.strings, {
    elidedLocations: base.elidedLocations,
    rootName: base.rootName,
    keepOrder: base.isNested === true,
    native: native?.finish(builder.length),
  });
  const getBaseNodes = createBaseLookup(filteredNodes, columns.length);
  const getShares = (node: number) =>
    mergeShares(getBaseNodes(node).map(baseNode => base.getThreadShares(baseNode)));
  const merged = createCallTree(columns, {getShares});
  const getNode = (node: number) => (node === 0 ? base.getNode(0) : merged.getNode(node));
  const getItem = (node: number) => {
    const baseNodes = getBaseNodes(node);
    return baseNodes.length === 1 && base.native === undefined ? base.getItem(baseNodes[0]!) : getNode(node);
  };
  const isNested = base.isNested === true;
  const compared = base.compared && filterCompared(base.compared, added, getBaseNodes);
  const tree = {...merged, getNode, getItem, isNested, ...(compared && {compared})};
  return {tree, filteredNodes, getBaseNodes};
}

/** What captures that are compared hold in the filtered nodes. */
function filterCompared(
  compared: ComparedNodes,
  {builder: {length}, filteredNodes, ownNodes}: AddedNodes,
  getBaseNodes: FilteredTree['getBaseNodes'],
): ComparedNodes {
  const {base, isChanged, moved} = compared;
  const add = (values: Float64Array, nodes: Int32Array): Float64Array => {
    const sums = new Float64Array(length);
    for (let node = 0; node < nodes.length; node++)
      if (nodes[node]! >= 0) sums[nodes[node]!]! += values[node]!;
    return sums;
  };
  const sumValues = (nodes: readonly number[]): Float64Array => {
    const [first, ...others] = nodes.map(node => compared.getValues(node));
    for (const values of others) for (let run = 0; run < values.length; run++) first![run]! += values[run]!;
    return first!;
  };
  return {
    ...compared,
    base: base && {
      bytes: add(base.bytes, filteredNodes),
      allocations: add(base.allocations, filteredNodes),
      selfBytes: add(base.selfBytes, ownNodes),
      selfAllocations: add(base.selfAllocations, ownNodes),
    },
    getValues: node => sumValues(getBaseNodes(node)),
    isChanged:
      isChanged &&
      Uint8Array.from({length}, (_, node) => Math.max(...getBaseNodes(node).map(each => isChanged[each]!))),
    moved: moved && Int32Array.from({length}, (_, node) => filterMoved(getBaseNodes(node))),
  };

  /** Of nodes whose other side is hidden nothing is said. */
  function filterMoved(nodes: readonly number[]): number {
    const from = nodes.find(node => moved![node]! >= 0);
    return from === undefined ? -1 : filteredNodes[moved![from]!]!;
  }
}

function createIdentity(base: CallTree): FilteredTree {
  const filteredNodes = new Int32Array(base.length);
  for (let node = 0; node < base.length; node++) filteredNodes[node] = node;
  return {tree: base, filteredNodes, getBaseNodes: node => [node]};
}

interface AddedNodes {
  readonly builder: CallTreeBuilder;
  readonly filteredNodes: Int32Array;
  /** For each base node the filtered node that takes its own bytes, −1 where none does. */
  readonly ownNodes: Int32Array;
  readonly native: NativeNodesBuilder | undefined;
}

/**
 * Goes through the base in display order, so that equal siblings stay in the order in which they were
 * displayed.
 */
function addFilteredNodes(
  base: CallTree,
  {hideImportSystem, hideUninteresting, foldNative}: TreeFilters,
): AddedNodes {
  const builder = new CallTreeBuilder(base.length);
  const native = base.native && new NativeNodesBuilder();
  const filteredNodes = new Int32Array(base.length).fill(-1);
  const ownNodes = new Int32Array(base.length).fill(-1);
  // For each base node the filtered node that takes its children.
  const keptAncestors = new Int32Array(base.length);
  for (let node = 0; node >= 0; ) {
    const flags = base.flags[node]!;
    if (node > 0 && hideImportSystem && flags & IMPORT_SYSTEM) {
      node = nextInPreorder(base, node, false);
      continue;
    }
    const keptAncestor = node === 0 ? 0 : keptAncestors[base.prefix[node]!]!;
    const isMerged = node > 0 && foldNative && (flags & NATIVE) !== 0;
    const isHoisted = isMerged || (node > 0 && hideUninteresting && (flags & UNINTERESTING) !== 0);
    if (isMerged) {
      ownNodes[node] = keptAncestor;
      addOwnNumbers(builder, keptAncestor, base, node);
    } else if (!isHoisted) {
      filteredNodes[node] =
        node === 0 ? 0 : ensureFilteredNode(builder, keptAncestor, base.frame[node]!, flags);
      ownNodes[node] = filteredNodes[node]!;
      addNumbers(builder, filteredNodes[node]!, base, node);
      native?.addNode(filteredNodes[node]!, base.native!, node);
    }
    keptAncestors[node] = isHoisted ? keptAncestor : filteredNodes[node]!;
    node = nextInPreorder(base, node, true);
  }
  return {builder, filteredNodes, ownNodes, native};
}

function ensureFilteredNode(
  builder: CallTreeBuilder,
  keptAncestor: number,
  frame: number,
  flags: number,
): number {
  return flags & ELIDED
    ? builder.addNode(keptAncestor, frame, flags)
    : builder.ensureChild(keptAncestor, frame, flags);
}

function addNumbers(builder: CallTreeBuilder, node: number, base: CallTree, baseNode: number): void {
  builder.bytes[node]! += base.bytes[baseNode]!;
  builder.allocations[node]! += base.allocations[baseNode]!;
  addOwnNumbers(builder, node, base, baseNode);
}

function addOwnNumbers(builder: CallTreeBuilder, node: number, base: CallTree, baseNode: number): void {
  builder.selfBytes[node]! += base.selfBytes[baseNode]!;
  builder.selfAllocations[node]! += base.selfAllocations[baseNode]!;
}

/** The inverse of `filteredNodes`, counted when first asked for. */
function createBaseLookup(filteredNodes: Int32Array, length: number): (node: number) => number[] {
  let starts: Int32Array | null = null;
  let baseNodes = new Int32Array(0);
  const count = () => {
    const offsets = new Int32Array(length + 2);
    for (const node of filteredNodes) if (node >= 0) offsets[node + 2]!++;
    for (let node = 0; node < length; node++) offsets[node + 2]! += offsets[node + 1]!;
    baseNodes = new Int32Array(offsets[length + 1]!);
    filteredNodes.forEach((node, baseNode) => {
      if (node >= 0) baseNodes[offsets[node + 1]!++] = baseNode;
    });
    return offsets;
  };
  return node => {
    starts ??= count();
    return [...baseNodes.subarray(starts[node]!, starts[node + 1]!)];
  };
}
