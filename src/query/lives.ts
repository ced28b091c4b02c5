import {recall} from '../base/recall.js';
import type {HistoryReader} from '../heap/history.js';
import type {RunColumns, Snapshot} from '../heap/snapshot.js';
import {findNearest, getCallPath} from '../tree/call-path.js';
import type {CallTree} from '../tree/call-tree.js';
import {deriveTree} from './derive-tree.js';
import {keepStacks, type StepOptions} from './kept-stacks.js';
import {computeLevel} from './level.js';
import type {Naming} from './naming.js';
import {needsBlocks} from './needs.js';
import {buildTopDown} from './shapes/tree.js';
import {DEFAULT_QUERY, type TreeQuery} from './tree-query.js';

/** What the nodes of a view held at some moments of the run. */
export interface Lives {
  /** In bytes, as long as there are moments; null of a node that none of them has. */
  getBytes(tree: CallTree, node: number): Float64Array | null;
}

/** Whether it is known what a view held at other moments: of single blocks it is not. */
export function hasLives(query: TreeQuery): boolean {
  return !needsBlocks(query) && query.select.kind !== 'temporary';
}

/** @param moments the runs are the moments */
export const deriveLives = recall(
  (
    moments: Snapshot,
    steps: TreeQuery['steps'],
    by: TreeQuery['by'],
    shape: TreeQuery['shape'],
    naming: Naming,
    optional: StepOptions['optional'],
  ): Lives => {
    const query = {...DEFAULT_QUERY, steps, by, shape, biggest: Infinity};
    const {tree, readBytes} = isTopDown(shape)
      ? sumTopDown(moments, query, {naming, optional})
      : sumEach(moments, query, {naming, optional});
    return {
      getBytes(shown, node) {
        const {node: found, isFound} = findNearest(tree, getCallPath(shown, node));
        return isFound ? readBytes(found) : null;
      },
    };
  },
);

/** A tree of all moments, and what each of them held in a node. */
interface SummedTree {
  readonly tree: CallTree;
  readBytes(node: number): Float64Array;
}

function isTopDown({kind}: TreeQuery['shape']): boolean {
  return kind === 'tree' || kind === 'callees';
}

/** Builds one tree of all stacks, since each stack ends at one node of it, and adds up what the stacks held. */
function sumTopDown({runs = [], ...all}: Snapshot, given: TreeQuery, options: StepOptions): SummedTree {
  const {query, stacks} = keepStacks(all, given, options);
  const level = computeLevel(stacks, query.by, options.naming);
  const shown = stacks.locations.length;
  const {tree, locateNodes} = buildTopDown({stacks, level, shown, elided: null});
  const nodes = locateNodes!();
  const nodeOf = new Int32Array(all.locations.length).fill(-1);
  stacks.locations.forEach((location, index) => {
    const end = stacks.ends[index]!;
    nodeOf[location] = end < 0 ? 0 : nodes[end]!;
  });
  const sums = runs.map(run => sumRun(tree, run, nodeOf));
  return {tree, readBytes: node => Float64Array.from(sums, sum => sum[node]!)};
}

function sumRun({length, prefix}: CallTree, run: RunColumns, nodeOf: Int32Array): Float64Array {
  const sums = new Float64Array(length);
  run.location.forEach((location, index) => {
    if (nodeOf[location]! >= 0) sums[nodeOf[location]!]! += run.bytes[index]!;
  });
  for (let node = length - 1; node > 0; node--) sums[prefix[node]!]! += sums[node]!;
  return sums;
}

/** Of other shapes a stack has many nodes: a tree is built of each moment. */
function sumEach(moments: Snapshot, query: TreeQuery, options: StepOptions): SummedTree {
  const {tree} = deriveTree(moments, query, options);
  return {tree, readBytes: node => tree.compared!.getValues(node)};
}

/** The locations of a snapshot that a query leaves: 1 for each of them. */
export function findLocations(snapshot: Snapshot, query: TreeQuery, options: StepOptions): Uint8Array {
  const isKept = new Uint8Array(snapshot.locations.length);
  for (const location of keepStacks(snapshot, query, options).stacks.locations) isKept[location] = 1;
  return isKept;
}

/**
 * The first moment that is kept at which some locations held half of their greatest size: how many allocation records come
 * before it. Null where they never held anything.
 */
export function findHalf(history: HistoryReader, isCounted: Uint8Array): number | null {
  const trace = history.traceBytes(isCounted);
  const most = trace.reduce((greatest, bytes) => Math.max(greatest, bytes), 0);
  if (most === 0) return null;
  const index = trace.findIndex(bytes => bytes >= most / 2);
  const {records, highRecords} = history.cells;
  return index % 2 === 0 ? highRecords[index / 2]! : records[(index - 1) / 2]!;
}
