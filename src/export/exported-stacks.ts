import type {FrameColumns, Snapshot, ThreadInfo} from '../heap/snapshot.js';
import {type AllocatorSums, sumByAllocator} from '../query/blocks.js';
import type {DerivedStacks} from '../query/derive-tree.js';
import {computeLevel} from '../query/level.js';
import type {Naming} from '../query/naming.js';
import {joinNodes} from '../query/shapes/joined-nodes.js';
import {createStackSet, type StackSet} from '../query/stack-set.js';
import {linkNodes, nextInWalk} from '../query/walk.js';

/** What some blocks of one stack, of one location, have in common. */
export interface SampleColumns {
  readonly length: number;
  /** The same for locations that differ in their threads only. */
  readonly place: Int32Array;
  readonly bytes: Float64Array;
  readonly allocations: Float64Array;
  /** Index into `threads`. */
  readonly thread: Int32Array;
  /** memray's number of the allocator (`heap/allocators.ts`); 0 where it was not read. */
  readonly allocator: Uint8Array;
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

export function collectStacks({cut, shown, level}: DerivedStacks, naming: Naming): ExportedStacks {
  const joined = joinNodes(cut, level);
  const placeOf = findPlaces(cut.snapshot, naming);
  const samples = listSamples(cut, shown);
  const ends = samples.index.map(index => (cut.ends[index]! < 0 ? 0 : joined.joined[cut.ends[index]!]!));
  const {order, depth} = listPreorder(joined.prefix, ends);
  const {firstSample, sorted} = sortByNode(order, ends, joined.length);
  return {
    length: order.length,
    depth,
    frame: order.map(node => joined.key[node]!),
    firstSample,
    samples: {
      length: sorted.length,
      place: sorted.map(sample => placeOf(cut.locations[samples.index[sample]!]!)),
      bytes: Float64Array.from(sorted, sample => samples.bytes[sample]!),
      allocations: Float64Array.from(sorted, sample => samples.allocations[sample]!),
      thread: sorted.map(sample => cut.snapshot.locations.thread[cut.locations[samples.index[sample]!]!]!),
      allocator: Uint8Array.from(sorted, sample => samples.allocator[sample]!),
    },
    frames: level.frames,
    strings: level.strings,
    threads: cut.snapshot.threads,
  };
}

/** Tells locations apart by their stacks as they are recorded: those of several threads may have the same. */
function findPlaces(snapshot: Snapshot, naming: Naming): (location: number) => number {
  const recorded = createStackSet(snapshot);
  const {joined} = joinNodes(recorded, computeLevel(recorded, 'line', naming));
  return location => (recorded.ends[location]! < 0 ? 0 : joined[recorded.ends[location]!]!);
}

/** A sample for each location, or, where blocks were read, for each of its allocators. */
function listSamples({snapshot, locations}: StackSet, shown: number): AllocatorSums {
  const picked = locations.subarray(0, shown);
  if (snapshot.blocks !== undefined) return sumByAllocator(snapshot, picked);
  return {
    index: picked.map((_, index) => index),
    bytes: Float64Array.from(picked, location => snapshot.locations.bytes[location]!),
    allocations: Float64Array.from(picked, location => snapshot.locations.allocations[location]!),
    allocator: new Uint8Array(shown),
  };
}

/** The nodes that something ends at or below, callers right before what they call. */
function listPreorder(prefix: Int32Array, ends: Int32Array) {
  const isNeeded = new Uint8Array(prefix.length);
  isNeeded[0] = 1;
  for (const end of ends) isNeeded[end] = 1;
  let count = 1;
  for (let node = prefix.length - 1; node > 0; node--) {
    count += isNeeded[node]!;
    if (isNeeded[node] === 1) isNeeded[prefix[node]!] = 1;
  }
  const order = new Int32Array(count);
  const depth = new Int32Array(count);
  const levels = new Int32Array(prefix.length);
  const links = linkNodes(prefix);
  let at = 0;
  for (let node = links.first; node >= 0; node = nextInWalk(prefix, links, node)) {
    if (node > 0) levels[node] = levels[prefix[node]!]! + 1;
    if (isNeeded[node] === 0) continue;
    order[at] = node;
    depth[at++] = levels[node]!;
  }
  return {order, depth};
}

/** Samples in the order of the nodes at which they end; those of one node in their own order. */
function sortByNode(order: Int32Array, ends: Int32Array, nodeCount: number) {
  const rank = new Int32Array(nodeCount);
  for (let at = 0; at < order.length; at++) rank[order[at]!] = at;
  const firstSample = new Int32Array(order.length + 1);
  for (const end of ends) firstSample[rank[end]! + 1]!++;
  for (let at = 0; at < order.length; at++) firstSample[at + 1]! += firstSample[at]!;
  const next = firstSample.slice();
  const sorted = new Int32Array(ends.length);
  for (let sample = 0; sample < ends.length; sample++) sorted[next[rank[ends[sample]!]!]!++] = sample;
  return {firstSample, sorted};
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
