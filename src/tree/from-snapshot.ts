import type {Snapshot} from '../heap/snapshot.js';
import {type CallTree, type CallTreeColumns, createCallTree, ELIDED} from './call-tree.js';
import {CallTreeBuilder} from './call-tree-builder.js';
import {computeFrameFlags, DROPPED} from './frame-rules.js';
import {NativeNodesBuilder} from './native-nodes.js';
import {computeThreadShares, createShareLookup, type ThreadShareColumns} from './thread-shares.js';

export interface CallTreeOptions {
  /** The root counts the elided locations too, and its last child stands for them. */
  readonly wholePeak: boolean;
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
  {wholePeak}: CallTreeOptions,
): {readonly columns: CallTreeColumns; readonly leaves: Int32Array} {
  const {locations, frames, strings, elided} = snapshot;
  const builder = new CallTreeBuilder(snapshot.stacks.length + 2);
  const native = frames.native && new NativeNodesBuilder();
  const leaves = addStacks(builder, snapshot, native);
  for (let location = 0; location < locations.length; location++) {
    builder.selfBytes[leaves[location]!]! += locations.bytes[location]!;
    builder.selfAllocations[leaves[location]!]! += locations.allocations[location]!;
    native?.addDropped(leaves[location]!, locations.hiddenNative?.[location] ?? 0);
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

/**
 * Adds the nodes of all locations, in their order (it decides the order of equal siblings).
 * @returns for each location the node where it ends
 */
function addStacks(
  builder: CallTreeBuilder,
  {locations, stacks, frames, strings}: Snapshot,
  native: NativeNodesBuilder | undefined,
): Int32Array {
  const frameFlags = computeFrameFlags(frames, strings);
  // The call node of each stack node, −1 until a location has come through it.
  const nodes = new Int32Array(stacks.length).fill(-1);
  const leaves = new Int32Array(locations.length);
  const pending: number[] = [];
  for (let location = 0; location < locations.length; location++) {
    let stack = locations.stack[location]!;
    for (; stack >= 0 && nodes[stack]! < 0; stack = stacks.prefix[stack]!) pending.push(stack);
    let node = stack < 0 ? 0 : nodes[stack]!;
    while (pending.length > 0) {
      const next = pending.pop()!;
      const frame = stacks.frame[next]!;
      const flags = frameFlags[frame]!;
      if (!(flags & DROPPED)) {
        node = builder.ensureChild(node, frames.native?.identity[frame] ?? frame, flags);
        native?.addFrame(node, frames.native!, frame);
      }
      nodes[next] = node;
    }
    leaves[location] = node;
  }
  return leaves;
}
