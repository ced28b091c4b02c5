import type {FrameColumns, Snapshot, ThreadInfo} from '../heap/snapshot.js';
import type {DerivedStacks} from '../query/derive-tree.js';
import {joinNodes} from '../query/shapes/joined-nodes.js';

/** What some blocks of one stack, of one location, have in common. */
export interface SampleColumns {
  readonly length: number;
  readonly bytes: Float64Array;
  readonly allocations: Float64Array;
  /** Index into `threads`. */
  readonly thread: Int32Array;
}

/**
 * The stacks that a query leaves, as a prefix tree in preorder: callers stand right before what they call. Each node is
 * a stack; the samples of a node ended there. Node 0 is the stack without a frame.
 */
export interface ExportedStacks {
  readonly length: number;
  /** How many frames the stack has. */
  readonly depth: Int32Array;
  /** The innermost frame, −1 of node 0. Equal frames have the same number. */
  readonly frame: Int32Array;
  /** The first sample of each node, and one entry more: the end of the last one's. */
  readonly firstSample: Int32Array;
  readonly samples: SampleColumns;
  readonly frames: FrameColumns;
  readonly strings: readonly string[];
  readonly threads: readonly ThreadInfo[];
}

export function collectStacks({cut, shown, level}: DerivedStacks): ExportedStacks {
  const joined = joinNodes(cut, level);
  const {snapshot} = cut;
  const ends = cut.ends.subarray(0, shown).map(end => (end < 0 ? 0 : joined.joined[end]!));
  const {order, depth} = listPreorder(joined.prefix, ends);
  const {firstSample, sampled} = groupByNode(order, ends, joined.length);
  return {
    length: order.length,
    depth,
    frame: order.map(node => joined.key[node]!),
    firstSample,
    samples: pickSamples(
      snapshot,
      sampled.map(index => cut.locations[index]!),
    ),
    frames: level.frames,
    strings: level.strings,
    threads: snapshot.threads,
  };
}

/** The nodes that something ends at or below, callers right before what they call. */
function listPreorder(prefix: Int32Array, ends: Int32Array) {
  const isNeeded = new Uint8Array(prefix.length);
  isNeeded[0] = 1;
  for (const end of ends) isNeeded[end] = 1;
  const firstChild = new Int32Array(prefix.length).fill(-1);
  const nextSibling = new Int32Array(prefix.length).fill(-1);
  let count = 1;
  for (let node = prefix.length - 1; node > 0; node--) {
    if (isNeeded[node] === 0) continue;
    const above = prefix[node]!;
    isNeeded[above] = 1;
    nextSibling[node] = firstChild[above]!;
    firstChild[above] = node;
    count++;
  }
  const order = new Int32Array(count);
  const depth = new Int32Array(count);
  let at = 0;
  let level = 0;
  for (let node = 0; node >= 0; ) {
    order[at] = node;
    depth[at++] = level;
    if (firstChild[node]! >= 0) {
      node = firstChild[node]!;
      level++;
      continue;
    }
    while (node >= 0 && nextSibling[node]! < 0) {
      node = prefix[node]!;
      level--;
    }
    if (node >= 0) node = nextSibling[node]!;
  }
  return {order, depth};
}

/** The locations in the order of the nodes at which they end; those of one node in their own order. */
function groupByNode(order: Int32Array, ends: Int32Array, nodeCount: number) {
  const rank = new Int32Array(nodeCount);
  for (let at = 0; at < order.length; at++) rank[order[at]!] = at;
  const firstSample = new Int32Array(order.length + 1);
  for (const end of ends) firstSample[rank[end]! + 1]!++;
  for (let at = 0; at < order.length; at++) firstSample[at + 1]! += firstSample[at]!;
  const next = firstSample.slice();
  const sampled = new Int32Array(ends.length);
  for (let index = 0; index < ends.length; index++) sampled[next[rank[ends[index]!]!]!++] = index;
  return {firstSample, sampled};
}

function pickSamples({locations}: Snapshot, picked: Int32Array): SampleColumns {
  return {
    length: picked.length,
    bytes: Float64Array.from(picked, location => locations.bytes[location]!),
    allocations: Float64Array.from(picked, location => locations.allocations[location]!),
    thread: picked.map(location => locations.thread[location]!),
  };
}

/** What ended at a node. */
export function sumSamples(
  {firstSample, samples}: ExportedStacks,
  node: number,
): {readonly bytes: number; readonly allocations: number} {
  let bytes = 0;
  let allocations = 0;
  for (let sample = firstSample[node]!; sample < firstSample[node + 1]!; sample++) {
    bytes += samples.bytes[sample]!;
    allocations += samples.allocations[sample]!;
  }
  return {bytes, allocations};
}
