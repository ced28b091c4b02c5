import {
  type CallTree,
  createCallTree,
  ELIDED,
  IMPORT_SYSTEM,
  NATIVE,
  type ThreadShare,
  UNINTERESTING,
} from './call-tree.js';
import {TreeBuilder} from './call-tree-builder.js';
import {NativeNodesBuilder} from './native-nodes.js';
import {compareShares} from './thread-shares.js';
import {nextInPreorder} from './visible-rows.js';

export interface TreeFilters {
  /** Hides nodes of the import system with all below them. */
  readonly hideImportSystem: boolean;
  /** Hides uninteresting nodes; their children move up. */
  readonly hideUninteresting: boolean;
  /** Lets native nodes vanish in what called them: their own bytes become those of the Python function. */
  readonly foldNative?: boolean;
}

export interface FilteredTree {
  readonly tree: CallTree;
  /** For each base node the displayed node that stands for it, −1 where it is hidden. */
  readonly displayed: Int32Array;
  /** The base nodes merged in a displayed node, in base order. None of them is below another. */
  getOrigins(node: number): readonly number[];
}

/**
 * The tree that is displayed. Nodes of the same frame that come together are merged, siblings sorted anew unless the tree has an
 * order of its own. Totals of
 * what stays do not change; bytes of hidden nodes are no node's own. The root always stays. Without anything to hide it is the
 * base itself.
 */
export function filterCallTree(base: CallTree, filters: TreeFilters): FilteredTree {
  const hidden =
    (filters.hideImportSystem ? IMPORT_SYSTEM : 0) |
    (filters.hideUninteresting ? UNINTERESTING : 0) |
    (filters.foldNative ? NATIVE : 0);
  if (!base.flags.some(flags => flags & hidden)) return createIdentity(base);

  const {builder, displayed, native} = addDisplayed(base, filters);
  const columns = builder.finish(base.frames, base.strings, {
    elidedLocations: base.elidedLocations,
    rootName: base.rootName,
    keepOrder: base.isNested === true,
    native: native?.finish(builder.length),
  });
  const getOrigins = createOriginLookup(displayed, columns.length);
  const getShares = (node: number) =>
    mergeShares(getOrigins(node).map(origin => base.getThreadShares(origin)));
  const merged = createCallTree(columns, {getShares});
  const getNode = (node: number) => (node === 0 ? base.getNode(0) : merged.getNode(node));
  const getItem = (node: number) => {
    const origins = getOrigins(node);
    return origins.length === 1 && base.native === undefined ? base.getItem(origins[0]!) : getNode(node);
  };
  const isNested = base.isNested === true;
  return {tree: {...merged, getNode, getItem, isNested}, displayed, getOrigins};
}

function createIdentity(base: CallTree): FilteredTree {
  const displayed = new Int32Array(base.length);
  for (let node = 0; node < base.length; node++) displayed[node] = node;
  return {tree: base, displayed, getOrigins: node => [node]};
}

/** Goes through the base in display order, so that equal siblings stay in the order in which they were displayed. */
function addDisplayed(base: CallTree, {hideImportSystem, hideUninteresting, foldNative}: TreeFilters) {
  const builder = new TreeBuilder(base.length);
  const native = base.native && new NativeNodesBuilder();
  const displayed = new Int32Array(base.length).fill(-1);
  // For each base node the displayed node that takes its children.
  const anchors = new Int32Array(base.length);
  for (let node = 0; node >= 0; ) {
    const flags = base.flags[node]!;
    if (node > 0 && hideImportSystem && flags & IMPORT_SYSTEM) {
      node = nextInPreorder(base, node, false);
      continue;
    }
    const anchor = node === 0 ? 0 : anchors[base.prefix[node]!]!;
    const isFolded = node > 0 && foldNative && (flags & NATIVE) !== 0;
    const isLifted = isFolded || (node > 0 && hideUninteresting && (flags & UNINTERESTING) !== 0);
    if (isFolded) {
      addOwnNumbers(builder, anchor, base, node);
    } else if (!isLifted) {
      displayed[node] = node === 0 ? 0 : ensureDisplayed(builder, anchor, base.frame[node]!, flags);
      addNumbers(builder, displayed[node]!, base, node);
      native?.addNode(displayed[node]!, base.native!, node);
    }
    anchors[node] = isLifted ? anchor : displayed[node]!;
    node = nextInPreorder(base, node, true);
  }
  return {builder, displayed, native};
}

function ensureDisplayed(builder: TreeBuilder, anchor: number, frame: number, flags: number): number {
  return flags & ELIDED ? builder.addNode(anchor, frame, flags) : builder.ensureChild(anchor, frame, flags);
}

function addNumbers(builder: TreeBuilder, node: number, base: CallTree, origin: number): void {
  builder.bytes[node]! += base.bytes[origin]!;
  builder.allocations[node]! += base.allocations[origin]!;
  addOwnNumbers(builder, node, base, origin);
}

function addOwnNumbers(builder: TreeBuilder, node: number, base: CallTree, origin: number): void {
  builder.selfBytes[node]! += base.selfBytes[origin]!;
  builder.selfAllocations[node]! += base.selfAllocations[origin]!;
}

/** The inverse of `displayed`, counted when first asked for. */
function createOriginLookup(displayed: Int32Array, length: number): (node: number) => number[] {
  let starts: Int32Array | null = null;
  let origins = new Int32Array(0);
  const count = () => {
    const offsets = new Int32Array(length + 2);
    for (const node of displayed) if (node >= 0) offsets[node + 2]!++;
    for (let node = 0; node < length; node++) offsets[node + 2]! += offsets[node + 1]!;
    origins = new Int32Array(offsets[length + 1]!);
    displayed.forEach((node, origin) => {
      if (node >= 0) origins[offsets[node + 1]!++] = origin;
    });
    return offsets;
  };
  return node => {
    starts ??= count();
    return [...origins.subarray(starts[node]!, starts[node + 1]!)];
  };
}

/** The shares of nodes that are one now. */
function mergeShares(lists: readonly (readonly ThreadShare[])[]): readonly ThreadShare[] {
  if (lists.length === 1) return lists[0]!;
  const sums = new Map<string, ThreadShare>();
  for (const share of lists.flat()) {
    const sum = sums.get(share.label);
    sums.set(share.label, sum ? addShares(sum, share) : share);
  }
  return [...sums.values()].sort(compareShares);
}

function addShares(a: ThreadShare, b: ThreadShare): ThreadShare {
  const isKnown = a.bytes >= 0 && b.bytes >= 0;
  return {
    label: a.label,
    bytes: isKnown ? a.bytes + b.bytes : -1,
    allocations: isKnown ? a.allocations + b.allocations : -1,
  };
}
