// The biggest locations of a view: bytes descending, equals by their first allocation. A heap of the N best
// so far with the worst of them on top, sorted at the end: the order is total, since no allocation has two
// locations.
//
// A chosen location is kept with what it is compared by, so that comparing touches nothing else:
//
//   u64 bytes | u64 index of the first allocation (38 bits) << 24 | location (24 bits)

import {bestBytes, heapBytes} from './heap';
import {countLayers, isLayered} from './layered-maps';
import {countBorn, isBorn} from './born';
import {firstIndexOf, Location, locationAt, locationCount, peakNumber} from './locations';
import {ownerOf} from './map-owners';
import {allocateResult, releaseRegion} from './memory';

// What is asked for. Mirrored in src/core/core.ts.
const PEAK: i32 = 0;
const TEMPORARY: i32 = 2;
const BORN: i32 = 3;

const ENTRY_SHIFT: usize = 4;
const LOCATION_BITS: u64 = 24;

let isLive: bool = true;
let isSummed: bool = false;
/** Whether locations have layered maps besides their own columns. */
let withLayers: bool = false;
let chosen: usize = 0;
let chosenBytes: usize = 0;
let chosenCount: u32 = 0;

export let totalLocations: u32 = 0;
export let totalCount: u64 = 0;
export let totalBytes: u64 = 0;

/** Live columns are those of the peak if nothing has changed since it. */
@inline
function usesLive(location: Location): bool {
  return isLive || (!isSummed && location.stamp < peakNumber);
}

@inline
function bytesIn(location: Location): u64 {
  const bytes = usesLive(location) ? location.liveBytes : location.peakBytes;
  return withLayers ? bytes + ownerOf(location).bytes : bytes;
}

@inline
function countIn(location: Location): u64 {
  const count = ownCountIn(location);
  return withLayers ? count + ownerOf(location).count : count;
}

/** Without layered maps. */
@inline
function ownCountIn(location: Location): u64 {
  return usesLive(location) ? <u64>location.liveCount : location.peakCount;
}

function firstIn(location: Location): u64 {
  const first = usesLive(location) ? firstIndexOf(location) : location.peakFirst;
  if (!withLayers) return first;
  const owner = ownerOf(location);
  if (owner.count == 0) return first;
  return ownCountIn(location) == 0 ? owner.first : min(first, owner.first);
}

@inline
function at(index: u32): usize {
  return chosen + (<usize>index << ENTRY_SHIFT);
}

@inline
function put(target: usize, bytes: u64, order: u64): void {
  store<u64>(target, bytes);
  store<u64>(target, order, 8);
}

/** Whether the first comes after the second. */
@inline
function isWorse(bytes: u64, order: u64, otherBytes: u64, otherOrder: u64): bool {
  return bytes < otherBytes || (bytes == otherBytes && order > otherOrder);
}

@inline
function isWorseAt(left: usize, right: usize): bool {
  return isWorse(load<u64>(left), load<u64>(left, 8), load<u64>(right), load<u64>(right, 8));
}

/** Replaces the entry at `index`, from which on the order of the heap is made good. */
function siftDown(index: u32, count: u32, bytes: u64, order: u64): void {
  while (true) {
    let child: u32 = 2 * index + 1;
    if (child >= count) break;
    if (child + 1 < count && isWorseAt(at(child + 1), at(child))) child++;
    const from = at(child);
    if (!isWorse(load<u64>(from), load<u64>(from, 8), bytes, order)) break;
    put(at(index), load<u64>(from), load<u64>(from, 8));
    index = child;
  }
  put(at(index), bytes, order);
}

function makeHeap(count: u32): void {
  for (let index = count >> 1; index > 0; index--) {
    const entry = at(index - 1);
    siftDown(index - 1, count, load<u64>(entry), load<u64>(entry, 8));
  }
}

/** In place; slow for many entries, which are all over memory. */
function sortHeap(count: u32): void {
  for (let left = count; left > 1; left--) {
    const last = at(left - 1);
    const bytes = load<u64>(last);
    const order = load<u64>(last, 8);
    put(last, load<u64>(chosen), load<u64>(chosen, 8));
    siftDown(0, left - 1, bytes, order);
  }
}

/** Merges runs of growing length, from one region to the other and back. */
function mergeSort(count: u32, spare: usize): void {
  let from = chosen;
  let to = spare;
  for (let run: u32 = 1; run < count; run <<= 1) {
    for (let start: u32 = 0; start < count; start += run << 1) {
      mergeRuns(from, to, start, min(start + run, count), min(start + (run << 1), count));
    }
    const swap = from;
    from = to;
    to = swap;
  }
  if (from != chosen) memory.copy(chosen, from, <usize>count << ENTRY_SHIFT);
}

function mergeRuns(from: usize, to: usize, start: u32, middle: u32, end: u32): void {
  let left = from + (<usize>start << ENTRY_SHIFT);
  const leftEnd = from + (<usize>middle << ENTRY_SHIFT);
  let right = leftEnd;
  const rightEnd = from + (<usize>end << ENTRY_SHIFT);
  let target = to + (<usize>start << ENTRY_SHIFT);
  while (left < leftEnd && right < rightEnd) {
    if (isWorseAt(left, right)) {
      put(target, load<u64>(right), load<u64>(right, 8));
      right += 1 << ENTRY_SHIFT;
    } else {
      put(target, load<u64>(left), load<u64>(left, 8));
      left += 1 << ENTRY_SHIFT;
    }
    target += 1 << ENTRY_SHIFT;
  }
  memory.copy(target, left, leftEnd - left);
  memory.copy(target + (leftEnd - left), right, rightEnd - right);
}

/** Chooses up to `limit` locations and returns how many there are; −1 if memory has run out. */
export function select(view: i32, limit: u32): i32 {
  isSummed = view == TEMPORARY || view == BORN;
  if (view == BORN) countBorn();
  // At or above the best the heap is at its peak now.
  isLive = !isSummed && (view != PEAK || heapBytes >= bestBytes);
  withLayers = isLayered && view != TEMPORARY;
  if (withLayers) countLayers(view == PEAK && !isLive, view == BORN);
  limit = min(limit, locationCount());
  const bytes = <usize>(limit + 1) << ENTRY_SHIFT;
  if (bytes > chosenBytes) {
    const region = allocateResult(bytes + (bytes >> 1));
    if (region == 0) return -1;
    if (chosen != 0) releaseRegion(chosen, chosenBytes);
    chosen = region;
    chosenBytes = bytes + (bytes >> 1);
  }
  chosenCount = 0;
  totalLocations = 0;
  totalCount = 0;
  totalBytes = 0;
  for (let id: u32 = 1; id < locationCount(); id++) {
    const location = locationAt(id);
    const count = countIn(location);
    if (count == 0) continue;
    totalLocations++;
    totalCount += count;
    totalBytes += bytesIn(location);
    const order = (firstIn(location) << LOCATION_BITS) | <u64>id;
    if (chosenCount < limit) {
      put(at(chosenCount++), bytesIn(location), order);
      if (chosenCount == limit) makeHeap(limit);
    } else if (limit > 0 && isWorse(load<u64>(chosen), load<u64>(chosen, 8), bytesIn(location), order)) {
      siftDown(0, limit, bytesIn(location), order);
    }
  }
  sortChosen();
  return chosenCount;
}

function sortChosen(): void {
  const bytes = <usize>chosenCount << ENTRY_SHIFT;
  const spare: usize = chosenCount < 2 ? <usize>0 : allocateResult(bytes);
  if (spare == 0) {
    makeHeap(chosenCount);
    sortHeap(chosenCount);
    return;
  }
  mergeSort(chosenCount, spare);
  releaseRegion(spare, bytes);
}

export function chosenLocation(index: u32): u32 {
  return <u32>(load<u64>(at(index), 8) & ((1 << LOCATION_BITS) - 1));
}
export function locationBytes(id: u32): f64 {
  return <f64>bytesIn(locationAt(id));
}
export function locationFirst(id: u32): f64 {
  return <f64>firstIn(locationAt(id));
}
export function locationAllocations(id: u32): f64 {
  return <f64>countIn(locationAt(id));
}
