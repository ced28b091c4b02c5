import type {CoreExports} from '../core/core.js';
import type {HeapState} from './state-log.js';

/** Some locations of a core, biggest first, with what they hold, and the sums of all. */
export interface Selection {
  readonly length: number;
  /** The number of a location in the core. */
  getLocation(index: number): number;
  getBytes(location: number): number;
  getAllocations(location: number): number;
  /** The index of the first allocation record that counts. */
  getFirst(location: number): number;
  readonly totalLocations: number;
  readonly totalAllocations: number;
  readonly totalBytes: number;
}

/** What a core selects. @param what one of `selections` */
export function selectInCore(core: CoreExports, what: number, limit: number): Selection {
  return {
    length: Math.max(0, core.selectLocations(what, limit)),
    getLocation: index => core.chosenLocation(index),
    getBytes: location => core.locationBytes(location),
    getAllocations: location => core.locationAllocations(location),
    getFirst: location => core.locationFirst(location),
    totalLocations: core.totalLocations() >>> 0,
    totalAllocations: core.totalAllocations(),
    totalBytes: core.totalBytes(),
  };
}

/** Locations without sizes. @param numbers of the locations */
export function selectNumbers(numbers: Int32Array): Selection {
  return {
    length: numbers.length,
    getLocation: index => numbers[index]!,
    getBytes: () => 0,
    getAllocations: () => 0,
    getFirst: () => 0,
    totalLocations: numbers.length,
    totalAllocations: 0,
    totalBytes: 0,
  };
}

/** What was held at a moment that is kept. Which of equals was allocated first is not known: the one that ever was counts. */
export function selectOfState({bytes, counts}: HeapState, limit: number): Selection {
  const held: number[] = [];
  let totalAllocations = 0;
  let totalBytes = 0;
  for (let location = 0; location < counts.length; location++) {
    if (counts[location] === 0) continue;
    held.push(location);
    totalAllocations += counts[location]!;
    totalBytes += bytes[location]!;
  }
  held.sort((a, b) => bytes[b]! - bytes[a]! || a - b);
  return {
    length: Math.min(limit, held.length),
    getLocation: index => held[index]!,
    getBytes: location => bytes[location]!,
    getAllocations: location => counts[location]!,
    getFirst: () => 0,
    totalLocations: held.length,
    totalAllocations,
    totalBytes,
  };
}
