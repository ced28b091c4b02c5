// The biggest locations of a view: bytes descending, equals by their first allocation. A heap of the N best so far with
// the worst of them on top, sorted in place at the end: the order is total, since no allocation has two locations.

import {bestBytes, heapBytes} from './heap';
import {countLayers, isLayered} from './layered-maps';
import {firstIndexOf, Location, locationAt, locationCount, peakNumber} from './locations';
import {ownerOf} from './map-owners';
import {allocateResult, releaseRegion} from './memory';

// What is asked for. Mirrored in src/core/core.ts.
const PEAK: i32 = 0;
const TEMPORARY: i32 = 2;

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
  return isLive || (!isSummed && location.stamp != peakNumber);
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
function chosenAt(index: u32): u32 {
  return load<u32>(chosen + (<usize>index << 2));
}

@inline
function setChosen(index: u32, id: u32): void {
  store<u32>(chosen + (<usize>index << 2), id);
}

/** Whether a comes after b in the order. */
function isWorse(a: u32, b: u32): bool {
  const left = locationAt(a);
  const right = locationAt(b);
  const leftBytes = bytesIn(left);
  const rightBytes = bytesIn(right);
  if (leftBytes != rightBytes) return leftBytes < rightBytes;
  return firstIn(left) > firstIn(right);
}

function siftDown(index: u32, count: u32): void {
  const id = chosenAt(index);
  while (true) {
    let child: u32 = 2 * index + 1;
    if (child >= count) break;
    if (child + 1 < count && isWorse(chosenAt(child + 1), chosenAt(child))) child++;
    if (!isWorse(chosenAt(child), id)) break;
    setChosen(index, chosenAt(child));
    index = child;
  }
  setChosen(index, id);
}

function siftUp(index: u32): void {
  const id = chosenAt(index);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isWorse(id, chosenAt(parent))) break;
    setChosen(index, chosenAt(parent));
    index = parent;
  }
  setChosen(index, id);
}

/** Chooses up to `most` locations and returns how many there are; −1 if memory has ended. */
export function select(view: i32, most: u32): i32 {
  isSummed = view == TEMPORARY;
  // At or above the best the heap is at its peak now.
  isLive = !isSummed && (view != PEAK || heapBytes >= bestBytes);
  withLayers = isLayered && !isSummed;
  if (withLayers) countLayers(!isLive);
  most = min(most, locationCount());
  const bytes = (<usize>most << 2) + 4;
  if (bytes > chosenBytes) {
    const region = allocateResult(2 * bytes);
    if (region == 0) return -1;
    if (chosen != 0) releaseRegion(chosen, chosenBytes);
    chosen = region;
    chosenBytes = 2 * bytes;
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
    if (chosenCount < most) {
      setChosen(chosenCount, id);
      siftUp(chosenCount++);
    } else if (most > 0 && isWorse(chosenAt(0), id)) {
      setChosen(0, id);
      siftDown(0, most);
    }
  }
  for (let left = chosenCount; left > 1; left--) {
    const worst = chosenAt(0);
    setChosen(0, chosenAt(left - 1));
    setChosen(left - 1, worst);
    siftDown(0, left - 1);
  }
  return chosenCount;
}

export function chosenLocation(index: u32): u32 {
  return chosenAt(index);
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
