import type {Snapshot} from '../../heap/snapshot.js';
import type {CallTree, ThreadShare} from '../../tree/call-tree.js';
import {areGenerations} from '../../tree/compared-nodes.js';
import {compareShares} from '../../tree/thread-shares.js';
import {getBlocks, keepBlocks} from '../blocks.js';
import {computeShapeLevel} from '../build-shape.js';
import {deriveComparedStacks} from '../compare/derive-comparison.js';
import {RunTaker} from '../compare/run-stacks.js';
import {type DerivedStacks, type DeriveOptions, deriveStacks} from '../derive-tree.js';
import {createRowTest} from '../shapes/imports.js';
import {isNameless} from '../shapes/places.js';
import {GONE, keepLocations, type StackSet} from '../stack-set.js';
import {countPools} from '../steps/pools.js';
import type {TreeQuery} from '../tree-query.js';
import {computePowers, findRange, type PowerBin} from './histogram.js';
import {type AllocatorUse, countBlocks} from './run-stats.js';

/** What is known of the blocks in a row. */
export interface RowFacts {
  readonly bytes: number;
  readonly allocations: number;
  readonly locations: number;
  /** Bytes of all that is selected, such as the peak. */
  readonly selected: number;
  readonly smallest: number;
  readonly largest: number;
  /** How many blocks are as large as the largest. */
  readonly largestCount: number;
  readonly sizes: readonly PowerBin[];
  /** By bytes. */
  readonly allocators: readonly AllocatorUse[];
  readonly threads: readonly ThreadShare[];
  /** Blocks that Python mapped, by their size, for small objects of any place. */
  readonly pools: {readonly bytes: number; readonly count: number};
}

/** A tree that was made of a snapshot by a query and filters. */
export interface DerivedFrom extends Pick<DeriveOptions, 'naming' | 'optional' | 'filters'> {
  readonly snapshot: Snapshot;
  readonly query: TreeQuery;
  readonly tree: CallTree;
}

/** Of a node of a tree; null where there are no blocks: of what is below the cut, say. */
export function computeRowFacts(from: DerivedFrom, node: number): RowFacts | null {
  const {snapshot, tree} = from;
  const shown = listShown(from);
  const inRow = shown.parts.flatMap(part => keepRow(part, shown, tree, node) ?? []);
  const {sizes, allocators} = joinCounts(inRow.map(countBlocks));
  const range = findRange(sizes);
  if (range === null) return null;
  const pools = inRow.map(countPools);
  return {
    bytes: sumOf(allocators, ({bytes}) => bytes),
    allocations: sumOf(allocators, ({allocations}) => allocations),
    locations: countLocations(inRow),
    selected: snapshot.locations.bytes.reduce((sum, bytes) => sum + bytes, snapshot.elided.bytes),
    ...range,
    largestCount: sizes.get(range.largest)!,
    sizes: computePowers(sizes),
    allocators: allocators.toSorted((a, b) => b.bytes - a.bytes),
    threads: sumThreads(inRow),
    pools: {bytes: sumOf(pools, ({bytes}) => bytes), count: sumOf(pools, ({count}) => count)},
  };
}

/** What a tree is made of. */
interface ShownStacks extends Pick<DerivedStacks, 'level' | 'query'> {
  /** The locations above the cut. Each generation is cut by itself. */
  readonly parts: readonly StackSet[];
}

function listShown(from: DerivedFrom): ShownStacks {
  const {snapshot, naming} = from;
  if (areGenerations(snapshot.runs ?? [])) {
    const {query, stacks, level, cuts} = deriveComparedStacks(snapshot, from.query, from);
    const taker = new RunTaker(stacks);
    const parts = cuts.map(cut => taker.take(cut).stacks);
    return {query, level: computeShapeLevel(stacks, query, level, naming), parts};
  }
  const {query, stacks, level, cut, shown} = deriveStacks(snapshot, from.query, from);
  const part = {...cut, locations: cut.locations.subarray(0, shown), ends: cut.ends.subarray(0, shown)};
  return {query, level: computeShapeLevel(stacks, query, level, naming), parts: [part]};
}

type BlockCounts = ReturnType<typeof countBlocks>;

function joinCounts(all: readonly BlockCounts[]): BlockCounts {
  if (all.length === 1) return all[0]!;
  const sizes = new Map<number, number>();
  for (const [size, count] of all.flatMap(part => [...part.sizes]))
    sizes.set(size, (sizes.get(size) ?? 0) + count);
  const byName = Map.groupBy(
    all.flatMap(part => part.allocators),
    ({allocator}) => allocator,
  );
  const allocators = Array.from(byName, ([allocator, uses]) => ({allocator, ...addUp(uses)}));
  return {sizes, allocators};
}

/** A location that several generations have counts once. */
function countLocations(inRow: readonly StackSet[]): number {
  if (inRow.length === 1) return inRow[0]!.locations.length;
  const names = inRow.flatMap(({snapshot: {locations: columns}, locations}) =>
    Array.from(locations, location => `${columns.stack[location]} ${columns.thread[location]}`),
  );
  return new Set(names).size;
}

/** By bytes, then by label. */
function sumThreads(inRow: readonly StackSet[]): readonly ThreadShare[] {
  const shares = inRow.flatMap(({snapshot, locations}) =>
    Array.from(locations, location => ({
      label: snapshot.threads[snapshot.locations.thread[location]!]!.label,
      bytes: snapshot.locations.bytes[location]!,
      allocations: snapshot.locations.allocations[location]!,
    })),
  );
  const byLabel = Map.groupBy(shares, ({label}) => label);
  return Array.from(byLabel, ([label, own]) => ({label, ...addUp(own)})).sort(compareShares);
}

interface Sums {
  readonly bytes: number;
  readonly allocations: number;
}

function addUp(all: readonly Sums[]): Sums {
  return {bytes: sumOf(all, ({bytes}) => bytes), allocations: sumOf(all, ({allocations}) => allocations)};
}

function sumOf<T>(all: readonly T[], get: (one: T) => number): number {
  return all.reduce((sum, one) => sum + get(one), 0);
}

/** The shown locations that go through a node; null where it has no frame and is not the root. */
function keepRow(
  shownStacks: StackSet,
  {level, query}: Pick<ShownStacks, 'level' | 'query'>,
  tree: CallTree,
  node: number,
): StackSet | null {
  if (node === 0) return shownStacks;
  const path = listPath(tree, node);
  if (path.some(frame => frame < 0)) return null;
  const keyOf = (stack: number): number => level.keyOf[shownStacks.frame[stack]!]!;
  switch (query.shape.kind) {
    case 'inverted':
    case 'callers':
      return keepEnds(shownStacks, end => startsOutwards(shownStacks, keyOf, end, path, level.hasRuns));
    case 'flat':
    case 'lines':
      return keepMarked(
        shownStacks,
        markBelow(shownStacks, stack => keyOf(stack) === path[0]),
      );
    case 'imports': {
      const isRow = createRowTest(shownStacks);
      return keepMarked(
        shownStacks,
        markBelow(shownStacks, stack => isRow(stack) && keyOf(stack) === path[0]),
      );
    }
    case 'places':
      return keepPlace(shownStacks, tree, node, end => (end < 0 ? -1 : keyOf(end)), path[0]!);
    default:
      return keepMarked(shownStacks, markPath(shownStacks, keyOf, path, level.hasRuns));
  }
}

/** The frames from the child of the root on. */
function listPath({prefix, frame}: CallTree, node: number): readonly number[] {
  const path: number[] = [];
  for (let at = node; at > 0; at = prefix[at]!) path.push(frame[at]!);
  return path.reverse();
}

function keepEnds(stacks: StackSet, isIn: (end: number) => boolean): StackSet {
  return keepLocations(stacks, index => (isIn(stacks.ends[index]!) ? stacks.ends[index]! : GONE));
}

function keepMarked(stacks: StackSet, isMarked: Uint8Array): StackSet {
  return keepEnds(stacks, end => end >= 0 && isMarked[end] === 1);
}

/** 1 for each node of the stacks that is wanted, and for all that it calls. */
function markBelow({length, prefix}: StackSet, isWanted: (stack: number) => boolean): Uint8Array {
  const isMarked = new Uint8Array(length);
  for (let stack = 0; stack < length; stack++) {
    const caller = prefix[stack]!;
    if ((caller >= 0 && isMarked[caller] === 1) || isWanted(stack)) isMarked[stack] = 1;
  }
  return isMarked;
}

/** 1 for each node of the stacks that the path leads to, and for all that it calls. */
function markPath(
  {length, prefix}: StackSet,
  keyOf: (stack: number) => number,
  path: readonly number[],
  hasRuns: boolean,
): Uint8Array {
  // How much of the path each stack has come along; −1 off the path.
  const steps = new Int32Array(length);
  const isMarked = new Uint8Array(length);
  for (let stack = 0; stack < length; stack++) {
    const caller = prefix[stack]!;
    const before = caller < 0 ? 0 : steps[caller]!;
    const isDone = before === path.length;
    const isRun = hasRuns && before > 0 && keyOf(stack) === path[before - 1];
    steps[stack] = isDone || isRun ? before : before >= 0 && keyOf(stack) === path[before] ? before + 1 : -1;
    isMarked[stack] = Number(steps[stack] === path.length);
  }
  return isMarked;
}

/** Whether a stack, from the inside outwards, begins with the path. */
function startsOutwards(
  {prefix}: StackSet,
  keyOf: (stack: number) => number,
  end: number,
  path: readonly number[],
  hasRuns: boolean,
): boolean {
  let stack = end;
  for (const key of path) {
    if (stack < 0 || keyOf(stack) !== key) return false;
    stack = prefix[stack]!;
    while (hasRuns && stack >= 0 && keyOf(stack) === key) stack = prefix[stack]!;
  }
  return true;
}

/** The blocks of one allocator that an innermost frame has. */
function keepPlace(
  stacks: StackSet,
  tree: CallTree,
  node: number,
  keyOf: (end: number) => number,
  frame: number,
): StackSet {
  const hasOutside = isNameless(tree, frame);
  const ofFrame = keepEnds(stacks, end => keyOf(end) === frame || (end < 0 && hasOutside));
  const {allocator} = getBlocks(ofFrame.snapshot);
  return keepBlocks(ofFrame, block => allocator[block] === tree.allocators?.[node]);
}
