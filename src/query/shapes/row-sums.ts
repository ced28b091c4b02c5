import type {Frames} from '../level.js';
import type {StackSet} from '../stack-set.js';
import {linkNodes, nextInWalk} from '../walk.js';
import type {ShapeInput} from './shape.js';

/** What the rows of a table hold. Row 0 holds the whole. */
export interface RowSums {
  readonly bytes: Float64Array;
  readonly allocations: Float64Array;
  readonly selfBytes: Float64Array;
  readonly selfAllocations: Float64Array;
}

/** In place of the row of a node whose frame has none. */
export const NO_ROW = -1;

/** Adds a location to what a row has of its own. @param index in the locations of the stacks */
export function addOwn(sums: RowSums, row: number, {snapshot, locations}: StackSet, index: number): void {
  const location = locations[index]!;
  sums.selfBytes[row]! += snapshot.locations.bytes[location]!;
  sums.selfAllocations[row]! += snapshot.locations.allocations[location]!;
}

/**
 * Adds what goes through each row and the root. From the greatest node on, each sum is complete before it goes up.
 * @param rows of each node its row, 0 where no shown location goes through it
 * @param outermost see `listOutermost`
 */
export function addTotals(
  sums: RowSums,
  {stacks: {snapshot, length, prefix, locations, ends}, shown}: Pick<ShapeInput, 'stacks' | 'shown'>,
  rows: Int32Array,
  outermost: Uint8Array,
): void {
  const bytes = new Float64Array(length);
  const allocations = new Float64Array(length);
  for (let index = 0; index < shown; index++) {
    const location = locations[index]!;
    const end = ends[index]!;
    const [ownBytes, ownAllocations] = [
      snapshot.locations.bytes[location]!,
      snapshot.locations.allocations[location]!,
    ];
    sums.bytes[0]! += ownBytes;
    sums.allocations[0]! += ownAllocations;
    if (end < 0) continue;
    bytes[end]! += ownBytes;
    allocations[end]! += ownAllocations;
  }
  for (let node = length - 1; node >= 0; node--) {
    if (rows[node] === 0) continue;
    const above = prefix[node]!;
    if (above >= 0) {
      bytes[above]! += bytes[node]!;
      allocations[above]! += allocations[node]!;
    }
    if (outermost[node] === 0) continue;
    sums.bytes[rows[node]!]! += bytes[node]!;
    sums.allocations[rows[node]!]! += allocations[node]!;
  }
}

/**
 * 1 for each node of the stacks with a row whose frame is not among its callers.
 * @param level of each frame the one that stands for it and its equals, −1 for frames without a row
 */
export function listOutermost(
  stacks: StackSet,
  level: Pick<Frames, 'keyOf'> & {readonly frames: Pick<Frames['frames'], 'length'>},
): Uint8Array {
  const outermost = new Uint8Array(stacks.length);
  const active = new Int32Array(level.frames.length);
  const keyOf = (node: number): number => level.keyOf[stacks.frame[node]!]!;
  const {prefix} = stacks;
  const links = linkNodes(prefix);
  const leave = (node: number): void => {
    if (keyOf(node) >= 0) active[keyOf(node)]!--;
  };
  for (let node = links.first; node >= 0; node = nextInWalk(prefix, links, node, leave)) {
    if (keyOf(node) >= 0 && active[keyOf(node)]!++ === 0) outermost[node] = 1;
  }
  return outermost;
}
