import type {Snapshot} from './snapshot.js';

/** The snapshot with its biggest locations only; the rest is elided. Columns are shared, not copied. */
export function cutSnapshot(snapshot: Snapshot, biggest: number): Snapshot {
  const {locations, elided} = snapshot;
  if (locations.length <= biggest) return snapshot;
  const {bytes, allocations, thread, stack, hiddenNative} = locations;
  const sum = (values: Float64Array): number =>
    values.subarray(biggest).reduce((total, value) => total + value, 0);
  return {
    ...snapshot,
    locations: {
      length: biggest,
      bytes: bytes.subarray(0, biggest),
      allocations: allocations.subarray(0, biggest),
      thread: thread.subarray(0, biggest),
      stack: stack.subarray(0, biggest),
      ...(hiddenNative && {hiddenNative: hiddenNative.subarray(0, biggest)}),
    },
    elided: {
      locations: elided.locations + locations.length - biggest,
      bytes: elided.bytes + sum(bytes),
      allocations: elided.allocations + sum(allocations),
    },
  };
}
