import type {Snapshot} from '../../heap/snapshot.js';
import type {CallTree, ThreadShare} from '../../tree/call-tree.js';
import {getBlocks, keepBlocks} from '../blocks.js';
import {computeShapeLevel} from '../build-shape.js';
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

/** A tree that was made of a snapshot by a query, with the steps of the filters. */
export interface DerivedFrom extends Pick<DeriveOptions, 'naming' | 'optional'> {
  readonly snapshot: Snapshot;
  readonly query: TreeQuery;
  readonly tree: CallTree;
}

/** Of a node of a tree; null where there are no blocks: of what is below the cut, say. */
export function computeRowFacts(from: DerivedFrom, node: number): RowFacts | null {
  const {snapshot, query, tree} = from;
  const derived = deriveStacks(snapshot, query, from);
  const level = computeShapeLevel(derived.stacks, derived.query, derived.level, from.naming);
  const inRow = keepRow({...derived, level}, tree, node);
  if (inRow === null) return null;
  const {sizes, allocators} = countBlocks(inRow);
  const range = findRange(sizes);
  if (range === null) return null;
  return {
    bytes: allocators.reduce((sum, {bytes}) => sum + bytes, 0),
    allocations: allocators.reduce((sum, {allocations}) => sum + allocations, 0),
    locations: inRow.locations.length,
    selected: snapshot.locations.bytes.reduce((sum, bytes) => sum + bytes, snapshot.elided.bytes),
    ...range,
    largestCount: sizes.get(range.largest)!,
    sizes: computePowers(sizes),
    allocators: allocators.toSorted((a, b) => b.bytes - a.bytes),
    threads: tree.getThreadShares(node),
    pools: countPools(inRow),
  };
}

/** The shown locations that go through a node; null where it has no frame and is not the root. */
function keepRow(
  {cut, shown, level, query}: Pick<DerivedStacks, 'cut' | 'shown' | 'level' | 'query'>,
  tree: CallTree,
  node: number,
): StackSet | null {
  const shownStacks: StackSet = {
    ...cut,
    locations: cut.locations.subarray(0, shown),
    ends: cut.ends.subarray(0, shown),
  };
  if (node === 0) return shownStacks;
  const path = listPath(tree, node);
  if (path.some(frame => frame < 0)) return null;
  const keyOf = (stack: number): number => level.keyOf[cut.frame[stack]!]!;
  switch (query.shape.kind) {
    case 'inverted':
    case 'callers':
      return keepEnds(shownStacks, end => startsOutwards(cut, keyOf, end, path, level.hasRuns));
    case 'flat':
    case 'lines':
      return keepMarked(
        shownStacks,
        markBelow(cut, stack => keyOf(stack) === path[0]),
      );
    case 'imports': {
      const isRow = createRowTest(cut);
      return keepMarked(
        shownStacks,
        markBelow(cut, stack => isRow(stack) && keyOf(stack) === path[0]),
      );
    }
    case 'places':
      return keepPlace(shownStacks, tree, node, end => (end < 0 ? -1 : keyOf(end)), path[0]!);
    default:
      return keepMarked(shownStacks, markPath(cut, keyOf, path, level.hasRuns));
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
