import {sum} from '../base/sum.js';
import {cutBlocks, pickBlocks} from './block-columns.js';
import {countProcesses, type LocationColumns, type Snapshot} from './snapshot.js';

/**
 * The snapshot with its biggest locations only, of several captures so many of each unless they are merged; the rest is
 * elided.
 */
export function cutSnapshot(snapshot: Snapshot, biggest: number): Snapshot {
  const {locations, elided, blocks} = snapshot;
  if (locations.length <= biggest) return snapshot;
  const chosen = chooseOfEach(snapshot, null, biggest);
  const kept = chosen === null ? sliceFirst(locations, biggest) : pickLocations(locations, chosen);
  const cut = blocks && (chosen === null ? cutBlocks(blocks, biggest) : pickBlocks(blocks, chosen));
  return {
    ...snapshot,
    locations: kept,
    ...(cut && {blocks: cut}),
    elided: {
      locations: elided.locations + locations.length - kept.length,
      bytes: elided.bytes + sum(locations.bytes) - sum(kept.bytes),
      allocations: elided.allocations + sum(locations.allocations) - sum(kept.allocations),
    },
  };
}

/** The first ones; columns are shared, not copied. */
function sliceFirst(
  {bytes, allocations, thread, stack, hiddenNative}: LocationColumns,
  length: number,
): LocationColumns {
  return {
    length,
    bytes: bytes.subarray(0, length),
    allocations: allocations.subarray(0, length),
    thread: thread.subarray(0, length),
    stack: stack.subarray(0, length),
    ...(hiddenNative && {hiddenNative: hiddenNative.subarray(0, length)}),
  };
}

/**
 * Of several captures that are not merged: the first ones of each process, whose frame is the outermost one of its
 * stacks. Null of one capture, where they are the first ones of all.
 * @param among locations of the snapshot, of which some are chosen; null: all
 * @returns the indices of the chosen ones in `among`
 */
export function chooseOfEach(
  snapshot: Snapshot,
  among: Int32Array | null,
  biggest: number,
): Int32Array | null {
  const count = countProcesses(snapshot.capture);
  if (count === 0) return null;
  const processes = findProcesses(snapshot);
  const counts = new Float64Array(count);
  return Int32Array.from({length: among?.length ?? snapshot.locations.length}, (_, index) => index).filter(
    index => counts[processes[among === null ? index : among[index]!]!]!++ < biggest,
  );
}

/** The process of each location. */
function findProcesses({locations, stacks}: Snapshot): Int32Array {
  const processes = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const above = stacks.prefix[node]!;
    processes[node] = above < 0 ? stacks.frame[node]! : processes[above]!;
  }
  return locations.stack.map(end => processes[end]!);
}

/**
 * Up to how many of the biggest locations, of several captures of each, a snapshot can be cut to: it may have been
 * loaded with so many only.
 */
export function countHeld({capture, locations, elided}: Snapshot): number {
  if (elided.locations === 0) return Infinity;
  if (countProcesses(capture) === 0) return locations.length;
  return Math.min(...capture.parts!.map(part => part.heldLocations));
}

/** Some of the locations, in the order in which they are named. */
export function pickLocations(locations: LocationColumns, chosen: Int32Array): LocationColumns {
  const {bytes, allocations, thread, stack, hiddenNative} = locations;
  return {
    length: chosen.length,
    bytes: Float64Array.from(chosen, location => bytes[location]!),
    allocations: Float64Array.from(chosen, location => allocations[location]!),
    thread: chosen.map(location => thread[location]!),
    stack: chosen.map(location => stack[location]!),
    ...(hiddenNative && {hiddenNative: chosen.map(location => hiddenNative[location]!)}),
  };
}
