import type {Snapshot} from '../../src/heap/snapshot.js';

/** A location with everything that makes it differ from others, as text. */
export interface MergedLocation {
  readonly key: string;
  readonly bytes: number;
  readonly allocations: number;
}

/** The locations of a snapshot, in its order. */
export function listLocations({locations, stacks, frames, strings, threads}: Snapshot): MergedLocation[] {
  const nameFrame = (frame: number): unknown[] => {
    const names = [strings[frames.function[frame]!], strings[frames.file[frame]!], frames.line[frame]];
    const {native} = frames;
    return native === undefined || native.image[frame]! < 0
      ? names
      : [...names, strings[native.image[frame]!], native.offset[frame]];
  };
  return Array.from({length: locations.length}, (_, index) => {
    const stack: unknown[] = [];
    for (let node = locations.stack[index]!; node >= 0; node = stacks.prefix[node]!) {
      stack.push(nameFrame(stacks.frame[node]!));
    }
    const {label} = threads[locations.thread[index]!]!;
    return {
      key: JSON.stringify([label, stack]),
      bytes: locations.bytes[index]!,
      allocations: locations.allocations[index]!,
    };
  });
}

/** Adds up equal locations of different processes, one by one; the biggest first. */
export function mergeByReference(snapshots: readonly Snapshot[]): MergedLocation[] {
  let merged: MergedLocation[] = [];
  for (const snapshot of snapshots) {
    const taken = new Set<number>();
    for (const own of listLocations(snapshot)) {
      const at = merged.findIndex(({key}, index) => key === own.key && !taken.has(index));
      if (at < 0) {
        merged = [...merged, own];
        taken.add(merged.length - 1);
      } else {
        const {key, bytes, allocations} = merged[at]!;
        merged[at] = {key, bytes: bytes + own.bytes, allocations: allocations + own.allocations};
        taken.add(at);
      }
    }
  }
  return merged.sort((a, b) => b.bytes - a.bytes);
}
