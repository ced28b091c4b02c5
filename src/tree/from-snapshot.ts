import type {Snapshot} from '../heap/snapshot.js';
import {type CallTree, type CallTreeColumns, createCallTree, ELIDED} from './call-tree.js';
import {CallTreeBuilder} from './call-tree-builder.js';
import {computeFrameFlags, DROPPED} from './frame-rules.js';
import {NativeNodesBuilder} from './native-nodes.js';
import {computeThreadShares, createShareLookup, type ThreadShareColumns} from './thread-shares.js';

export interface CallTreeOptions {
  /** The root counts the elided locations too, and its last child stands for them. */
  readonly wholePeak: boolean;
  /** Nothing below so many levels becomes a node; the numbers of all nodes are those of the whole tree. */
  readonly maxDepth?: number;
  /** Nodes with one of these flags are not counted as a level: they are to be hidden. */
  readonly uncountedFlags?: number;
}

/** A call tree as plain data, which can be posted between threads. */
export interface BuiltTree {
  readonly columns: CallTreeColumns;
  readonly shares: ThreadShareColumns;
}

/** Builds the call tree of a snapshot. */
export function buildCallTree(snapshot: Snapshot, options: CallTreeOptions): CallTree {
  const {columns, leaves} = buildColumns(snapshot, options);
  let lookUp: ReturnType<typeof createShareLookup> | null = null;
  const getShares = (node: number) => {
    lookUp ??= createShareLookup(computeThreadShares(columns, snapshot, leaves), columns);
    return lookUp(node);
  };
  return createCallTree(columns, {getShares});
}

/** The same as plain data, with all that is otherwise computed when it is asked for. */
export function buildTreeData(snapshot: Snapshot, options: CallTreeOptions): BuiltTree {
  const {columns, leaves} = buildColumns(snapshot, options);
  return {columns, shares: computeThreadShares(columns, snapshot, leaves)};
}

export function openBuiltTree({columns, shares}: BuiltTree): CallTree {
  return createCallTree(columns, {getShares: createShareLookup(shares, columns)});
}

/**
 * The call tree of a snapshot by memray's rules: frames of the interpreter's C code make no node, frames of
 * the same function, file and line below the same node are one. Costs stack nodes + locations, not the sum of
 * the depths.
 */
function buildColumns(
  snapshot: Snapshot,
  options: CallTreeOptions,
): {readonly columns: CallTreeColumns; readonly leaves: Int32Array} {
  const {wholePeak} = options;
  const {locations, frames, strings, elided} = snapshot;
  const builder = new CallTreeBuilder(snapshot.stacks.length + 2);
  const native = frames.native && new NativeNodesBuilder();
  const leaves = addStacks(builder, snapshot, native, createLevels(snapshot, options));
  for (let location = 0; location < locations.length; location++) {
    const leaf = leaves[location]! & ~BELOW;
    const isBelow = leaf !== leaves[location];
    leaves[location] = leaf;
    const [bytes, allocations] = isBelow
      ? [builder.bytes, builder.allocations]
      : [builder.selfBytes, builder.selfAllocations];
    bytes[leaf]! += locations.bytes[location]!;
    allocations[leaf]! += locations.allocations[location]!;
    if (!isBelow) native?.addDropped(leaf, locations.hiddenNative?.[location] ?? 0);
  }
  const hasElided = wholePeak && elided.locations > 0;
  if (hasElided) {
    const node = builder.addNode(0, -1, ELIDED);
    builder.selfBytes[node] = elided.bytes;
    builder.selfAllocations[node] = elided.allocations;
  }
  builder.sumTotals();
  const columns = builder.finish(frames, strings, {
    elidedLocations: hasElided ? elided.locations : 0,
    native: native?.finish(builder.length),
  });
  return {columns, leaves};
}

/** Added to a node's number: what is meant lies below that node and makes no node itself. */
const BELOW = 2 ** 30;

/** Counts the levels of nodes; null where there is no limit. */
interface Levels {
  readonly of: Int32Array;
  readonly max: number;
  readonly uncountedFlags: number;
}

function createLevels(
  {stacks}: Snapshot,
  {maxDepth = Infinity, uncountedFlags = 0}: CallTreeOptions,
): Levels | null {
  if (maxDepth >= stacks.length) return null;
  return {of: new Int32Array(stacks.length + 2), max: maxDepth, uncountedFlags};
}

/**
 * Adds the nodes of all locations, in their order (it decides the order of equal siblings).
 * @returns for each location the node where it ends, or the one that it ends below plus `BELOW`
 */
function addStacks(
  builder: CallTreeBuilder,
  {locations, stacks, frames, strings}: Snapshot,
  native: NativeNodesBuilder | undefined,
  levels: Levels | null,
): Int32Array {
  const frameFlags = computeFrameFlags(frames, strings);
  // The call node of each stack node. Before a location has come through it −1, or −2 − the next stack node
  // inwards on the way from the outermost one back.
  const nodes = new Int32Array(stacks.length).fill(-1);
  const leaves = new Int32Array(locations.length);
  for (let location = 0; location < locations.length; location++) {
    let stack = locations.stack[location]!;
    let inner = -1;
    while (stack >= 0 && nodes[stack]! < 0) {
      nodes[stack] = -2 - inner;
      inner = stack;
      stack = stacks.prefix[stack]!;
    }
    let node = stack < 0 ? 0 : nodes[stack]!;
    while (inner >= 0) {
      const next = -2 - nodes[inner]!;
      const frame = stacks.frame[inner]!;
      const flags = frameFlags[frame]!;
      if (!(flags & DROPPED) && node < BELOW) {
        if (levels !== null && isBelow(levels, node, flags)) {
          node += BELOW;
        } else {
          const parent = node;
          node = builder.ensureChild(parent, frames.native?.identity[frame] ?? frame, flags);
          if (levels !== null) levels.of[node] = countLevel(levels, parent, flags);
          native?.addFrame(node, frames.native!, frame);
        }
      }
      nodes[inner] = node;
      inner = next;
    }
    leaves[location] = node;
  }
  return leaves;
}

/** The level of a child with these flags. */
function countLevel({of, uncountedFlags}: Levels, parent: number, flags: number): number {
  return of[parent]! + ((flags & uncountedFlags) === 0 ? 1 : 0);
}

function isBelow(levels: Levels, parent: number, flags: number): boolean {
  return countLevel(levels, parent, flags) > levels.max;
}
