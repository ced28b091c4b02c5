import type {FrameColumns, Snapshot, ThreadInfo} from '../heap/snapshot.js';
import {type AllocatorSums, sumByAllocator} from '../query/blocks.js';
import type {ComparedStacks} from '../query/compare/derive-comparison.js';
import {RunTaker} from '../query/compare/run-stacks.js';
import type {DerivedStacks} from '../query/derive-tree.js';
import {computeLevel, type Frames} from '../query/level.js';
import type {Naming} from '../query/naming.js';
import {type JoinedNodes, joinNodes} from '../query/shapes/joined-nodes.js';
import {createStackSet, type StackSet} from '../query/stack-set.js';
import {linkNodes, nextInWalk} from '../query/walk.js';
import {type ComparedRun, toComparedRun} from '../tree/compared-nodes.js';

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
  /** Of which capture: index into `runs`. */
  readonly run: Int32Array;
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
  /** The captures that samples are of: one, unless captures are compared. */
  readonly runs: readonly ComparedRun[];
}

export function collectStacks({cut, shown, level}: DerivedStacks, naming: Naming): ExportedStacks {
  const joined = joinNodes(cut, level);
  const samples = listSamples(cut, shown, {
    run: 0,
    toNode: end => joined.joined[end]!,
    placeOf: findPlaces(cut.snapshot, naming),
  });
  return arrangeStacks(joined, samples, {level, threads: cut.snapshot.threads, runs: ONLY_RUN});
}

/** The stacks of captures that are compared: samples of all of them, in the order of the captures at each node. */
export function collectComparedStacks({stacks, level, cuts}: ComparedStacks): ExportedStacks {
  const joined = joinNodes(stacks, level);
  const taker = new RunTaker(stacks);
  const parts = cuts.map((cut, run) => {
    const {stacks: own, origin} = taker.take(cut);
    const toNode = (end: number) => joined.joined[origin[end]!]!;
    return listSamples(own, own.locations.length, {run, toNode, placeOf: () => 0});
  });
  const runs = cuts.map(({run}) => toComparedRun(run));
  return arrangeStacks(joined, joinSamples(parts), {level, threads: stacks.snapshot.threads, runs});
}

const ONLY_RUN: readonly ComparedRun[] = [{part: 0, isBase: false}];

/** Samples in any order, with the nodes at which they end. */
interface EndingSamples extends SampleColumns {
  readonly end: Int32Array;
}

interface StackTables extends Pick<ExportedStacks, 'threads' | 'runs'> {
  readonly level: Frames;
}

function arrangeStacks(
  {prefix, key, length}: JoinedNodes,
  samples: EndingSamples,
  {level: {frames, strings}, ...tables}: StackTables,
): ExportedStacks {
  const {order, depth} = listPreorder(prefix, samples.end);
  const {firstSample, sorted} = sortByNode(order, samples.end, length);
  return {
    length: order.length,
    depth,
    frame: order.map(node => key[node]!),
    firstSample,
    samples: pickSamples(samples, sorted),
    frames,
    strings,
    ...tables,
  };
}

function pickSamples(samples: SampleColumns, picked: Int32Array): SampleColumns {
  return {
    length: picked.length,
    place: picked.map(sample => samples.place[sample]!),
    bytes: Float64Array.from(picked, sample => samples.bytes[sample]!),
    allocations: Float64Array.from(picked, sample => samples.allocations[sample]!),
    thread: picked.map(sample => samples.thread[sample]!),
    allocator: Uint8Array.from(picked, sample => samples.allocator[sample]!),
    run: picked.map(sample => samples.run[sample]!),
  };
}

function joinSamples(parts: readonly EndingSamples[]): EndingSamples {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const joined = {
    length,
    place: new Int32Array(length),
    bytes: new Float64Array(length),
    allocations: new Float64Array(length),
    thread: new Int32Array(length),
    allocator: new Uint8Array(length),
    run: new Int32Array(length),
    end: new Int32Array(length),
  };
  let at = 0;
  for (const {length: own, ...columns} of parts) {
    for (const [name, column] of Object.entries(columns))
      joined[name as keyof typeof columns].set(column, at);
    at += own;
  }
  return joined;
}

/** Tells locations apart by their stacks as they are recorded: those of several threads may have the same. */
function findPlaces(snapshot: Snapshot, naming: Naming): (location: number) => number {
  const recorded = createStackSet(snapshot);
  const {joined} = joinNodes(recorded, computeLevel(recorded, 'line', naming));
  return location => (recorded.ends[location]! < 0 ? 0 : joined[recorded.ends[location]!]!);
}

interface SampleFacts {
  readonly run: number;
  /** Where a node of the stacks is among those that are exported. */
  readonly toNode: (end: number) => number;
  readonly placeOf: (location: number) => number;
}

/** A sample for each location, or, where blocks were read, for each of its allocators. */
function listSamples(
  {snapshot, locations, ends}: StackSet,
  shown: number,
  {run, toNode, placeOf}: SampleFacts,
): EndingSamples {
  const {index, ...columns} = sumLocations(snapshot, locations.subarray(0, shown));
  return {
    ...columns,
    length: index.length,
    place: index.map(at => placeOf(locations[at]!)),
    thread: index.map(at => snapshot.locations.thread[locations[at]!]!),
    run: new Int32Array(index.length).fill(run),
    end: index.map(at => (ends[at]! < 0 ? 0 : toNode(ends[at]!))),
  };
}

function sumLocations(snapshot: Snapshot, locations: Int32Array): AllocatorSums {
  if (snapshot.blocks !== undefined) return sumByAllocator(snapshot, locations);
  return {
    index: locations.map((_, index) => index),
    bytes: Float64Array.from(locations, location => snapshot.locations.bytes[location]!),
    allocations: Float64Array.from(locations, location => snapshot.locations.allocations[location]!),
    allocator: new Uint8Array(locations.length),
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
