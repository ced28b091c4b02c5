import {countProcesses, type LocationColumns, type Snapshot} from './snapshot.js';

/**
 * The snapshot with its biggest locations only, of several captures so many of each unless they are merged; the rest is
 * elided.
 */
export function cutSnapshot(snapshot: Snapshot, biggest: number): Snapshot {
  const {locations, elided} = snapshot;
  if (locations.length <= biggest) return snapshot;
  const kept =
    countProcesses(snapshot.capture) > 0 ? chooseOfEach(snapshot, biggest) : sliceFirst(locations, biggest);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return {
    ...snapshot,
    locations: kept,
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

/** The first ones of each process, whose frame is the outermost one of its stacks. */
function chooseOfEach({locations, stacks}: Snapshot, biggest: number): LocationColumns {
  const processes = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const above = stacks.prefix[node]!;
    processes[node] = above < 0 ? stacks.frame[node]! : processes[above]!;
  }
  const counts = new Map<number, number>();
  const chosen = Int32Array.from({length: locations.length}, (_, location) => location).filter(location => {
    const process = processes[locations.stack[location]!]!;
    const count = counts.get(process) ?? 0;
    counts.set(process, count + 1);
    return count < biggest;
  });
  return pickLocations(locations, chosen);
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
