// Locations: what one stack (with one native stack) of one thread holds now, and what it held at the peak.
//
// Peaks are numbered. A location's peak columns are valid if its stamp is the latest peak's number; otherwise nothing
// has changed there since that peak, and its current columns are those of the peak. So a new peak costs nothing, and a
// location is saved at most once per peak, right before it changes.

import {hashPair} from './hash';
import {Pool} from './pool';
import {currentNode, currentThread, nodeAt} from './stacks';
import {Table} from './table';

const MAX_ENTRIES: u32 = 1 << 27;
const MAX_LOCATIONS: u32 = 1 << 24;
const INDEX_BITS: u64 = 40;
const MAX_INDEX: u64 = (1 << INDEX_BITS) - 1;

@unmanaged
export class Location {
  node: u32;
  native: u32;
  thread: u32;
  liveCount: u32;
  liveBytes: u64;
  /** At the latest peak; in the view of temporary allocations: the sums of those. */
  peakBytes: u64;
  peakCount: u64;
  /** Record index of the oldest allocation that was alive at the peak (the earliest temporary one). */
  peakFirst: u64;
  /** The number of the peak that the peak columns belong to. */
  stamp: u64;
  /** Live entries in the order of their allocation. */
  head: u32;
  tail: u32;
}

/** A live allocation, or a piece of a mapped range. */
@unmanaged
export class Entry {
  address: u64;
  size: u64;
  /** Index of its allocation record (40 bits: half a day of reading) | location << 40. */
  origin: u64;
  prev: u32;
  /** In a free entry: the next free one. */
  next: u32;

  @inline
  get index(): u64 {
    return this.origin & MAX_INDEX;
  }

  @inline
  get location(): u32 {
    return <u32>(this.origin >> INDEX_BITS);
  }
}

const locations = changetype<Pool<Location>>(memory.data(16, 8));
const entries = changetype<Pool<Entry>>(memory.data(16, 8));
const nativeTable = changetype<Table>(memory.data(20, 8));
let freeEntry: u32 = 0;

/** The number of the latest peak; 0 before the first, which is the empty heap at the start. */
export let peakNumber: u64 = 0;

export function initLocations(): void {
  locations.init(MAX_LOCATIONS);
  entries.init(MAX_ENTRIES);
  nativeTable.init(64);
}

@inline
export function locationAt(id: u32): Location {
  return locations.at(id);
}

@inline
export function entryAt(id: u32): Entry {
  return entries.at(id);
}

export function locationCount(): u32 {
  return locations.count;
}

export function startNewPeak(): void {
  peakNumber++;
}

/** The location of the current stack with this native stack. */
@inline
export function currentLocation(native: u32): u32 {
  const id = nodeAt(currentNode).location;
  if (id != 0 && locationAt(id).native == native) return id;
  return findLocation(native);
}

function findLocation(native: u32): u32 {
  // The first location of a node is found through the node alone; the table is for nodes with several native stacks.
  const hash = hashPair(currentNode, <u64>native | (1 << 32));
  nativeTable.growIfFull();
  let offset = nativeTable.home(hash);
  for (let slot = nativeTable.slotAt(offset); slot != 0; slot = nativeTable.slotAt(offset)) {
    if (<u32>slot == hash) {
      const id = <u32>(slot >> 32);
      const location = locationAt(id);
      if (location.node == currentNode && location.native == native) {
        nodeAt(currentNode).location = id;
        return id;
      }
    }
    offset = nativeTable.next(offset);
  }
  const id = locations.take();
  const location = locationAt(id);
  memory.fill(changetype<usize>(location), 0, offsetof<Location>());
  location.node = currentNode;
  location.native = native;
  location.thread = currentThread;
  location.stamp = peakNumber;
  nativeTable.fill(offset, hash, id);
  nodeAt(currentNode).location = id;
  return id;
}

/** To be called before a location changes. */
@inline
export function saveForPeak(location: Location): void {
  if (location.stamp == peakNumber) return;
  location.peakBytes = location.liveBytes;
  location.peakCount = location.liveCount;
  location.peakFirst = firstIndexOf(location);
  location.stamp = peakNumber;
}

@inline
export function firstIndexOf(location: Location): u64 {
  return location.head == 0 ? 0 : entryAt(location.head).index;
}

@inline
export function takeEntry(): u32 {
  const id = freeEntry;
  if (id == 0) return entries.take();
  freeEntry = entryAt(id).next;
  return id;
}

@inline
export function releaseEntry(id: u32): void {
  entryAt(id).next = freeEntry;
  freeEntry = id;
}

/** Puts an entry, whose size is set, at the end of a location. `index`: of its allocation record. */
@inline
export function appendEntry(id: u32, entry: Entry, locationId: u32, index: u64): void {
  const location = locationAt(locationId);
  saveForPeak(location);
  location.liveBytes += entry.size;
  location.liveCount++;
  entry.origin = index | ((<u64>locationId) << INDEX_BITS);
  entry.prev = location.tail;
  entry.next = 0;
  if (location.tail != 0) entryAt(location.tail).next = id;
  else location.head = id;
  location.tail = id;
}

/** Puts a piece of an entry right behind it. The sum of bytes stays the caller's business. */
export function insertPiece(id: u32, after: u32): void {
  const entry = entryAt(id);
  const origin = entryAt(after);
  const location = locationAt(origin.location);
  location.liveCount++;
  entry.origin = origin.origin;
  entry.prev = after;
  entry.next = origin.next;
  if (origin.next != 0) entryAt(origin.next).prev = id;
  else location.tail = id;
  origin.next = id;
}

/** Takes an entry out of its location. */
@inline
export function unlinkEntry(entry: Entry): void {
  const location = locationAt(entry.location);
  saveForPeak(location);
  location.liveBytes -= entry.size;
  location.liveCount--;
  if (entry.prev != 0) entryAt(entry.prev).next = entry.next;
  else location.head = entry.next;
  if (entry.next != 0) entryAt(entry.next).prev = entry.prev;
  else location.tail = entry.prev;
}
