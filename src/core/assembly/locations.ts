// Locations: what one stack (with one native stack) of one thread holds now, and what it held at the peak.
//
// Peaks are numbered. A location's peak columns are valid if its stamp is the latest peak's number; otherwise
// nothing has changed there since that peak, and its current columns are those of the peak. So a new peak
// costs nothing, and a location is saved at most once per peak, right before it changes.
//
// The live entries of a location form a ring with the location itself, which has its links where an entry has
// them:
//
//   location <-> oldest entry <-> … <-> newest entry <-> location
//
// so that nothing has to be asked when an entry comes or goes.

import {sizeOf} from './block';
import {hashPair} from './hash';
import {Pool} from './pool';
import {Slab} from './slab';
import {currentNode, currentThread, nodeAt} from './stacks';
import {Table} from './table';

const MAX_ENTRIES: u32 = 1 << 27;
/** A live allocation with its slots in tables, and a location and a stack node of its own. */
const BYTES_PER_ENTRY: u32 = 192;
const MAX_LOCATIONS: u32 = 1 << 24;
const INDEX_BITS: u64 = 38;
const MAX_INDEX: u64 = (1 << INDEX_BITS) - 1;
/** Locations are aligned to their size of 64 bytes. */
const LOCATION_SHIFT: u64 = 6;

@unmanaged
export class Location {
  node: usize;
  native: u32;
  thread: u32;
  liveCount: u32;
  liveBytes: u64;
  /** The newest and the oldest live entry. */
  prev: usize;
  next: usize;
  /** At the latest peak; in the view of temporary allocations: the sums of those. */
  peakBytes: u64;
  peakCount: u64;
  /** Record index of the oldest allocation that was alive at the peak (the earliest temporary one). */
  peakFirst: u64;
  /** The number of the peak that the peak columns belong to. */
  stamp: u64;
}

/** A live allocation, or a piece of a mapped range. */
@unmanaged
export class Entry {
  address: u64;
  /** Its size; where blocks are kept, with its allocator (blocks.ts). */
  block: u64;
  /** Index of its allocation record (38 bits: hours of reading) | location / 64 << 38. */
  origin: u64;
  prev: usize;
  /** In a free entry: the next free one. */
  next: usize;

  @inline
  get size(): u64 {
    return sizeOf(this.block);
  }

  @inline
  get index(): u64 {
    return this.origin & MAX_INDEX;
  }

  @inline
  get location(): Location {
    return changetype<Location>(<usize>(this.origin >> INDEX_BITS) << <usize>LOCATION_SHIFT);
  }
}

const locations = changetype<Pool<Location>>(memory.data(16, 8));
const entries = changetype<Slab<Entry>>(memory.data(24, 8));
const nativeTable = changetype<Table>(memory.data(16, 8));
let freeEntry: usize = 0;

/** The number of the latest peak; 0 before the first, which is the empty heap at the start. */
export let peakNumber: u64 = 0;

export function initLocations(): void {
  locations.init(MAX_LOCATIONS);
  entries.init(MAX_ENTRIES, BYTES_PER_ENTRY);
  nativeTable.init(64);
}

@inline
export function locationAt(id: u32): Location {
  return locations.at(id);
}

@inline
export function entryAt(entry: usize): Entry {
  return changetype<Entry>(entry);
}

export function locationCount(): u32 {
  return locations.count;
}

export function startNewPeak(): void {
  peakNumber++;
}

/** The location of the current stack with this native stack. */
@inline
export function currentLocation(native: u32): Location {
  const location = changetype<Location>(nodeAt(currentNode).location);
  if (changetype<usize>(location) != 0 && location.native == native) return location;
  return findLocation(native);
}

function findLocation(native: u32): Location {
  const node = nodeAt(currentNode);
  const latest = changetype<Location>(node.location);
  // A node's only location needs no entry in the table, and nearly all nodes have no other.
  if (changetype<usize>(latest) != 0) {
    const known = tabled(native);
    if (known != 0) {
      node.location = known;
      return changetype<Location>(known);
    }
    if (tabled(latest.native) == 0) addToTable(latest);
  }
  const location = createLocation(native);
  if (changetype<usize>(latest) != 0) addToTable(location);
  node.location = changetype<usize>(location);
  return location;
}

@inline
function nativeHash(native: u32): u32 {
  return hashPair(currentNode, <u64>native | (1 << 32));
}

/** The current node's location with this native stack if it is in the table, else 0. */
function tabled(native: u32): usize {
  const hash = nativeHash(native);
  let offset = nativeTable.home(hash);
  for (let slot = nativeTable.slotAt(offset); slot != 0; slot = nativeTable.slotAt(offset)) {
    const location = changetype<Location>(<usize>(slot >> 32));
    if (<u32>slot == hash && location.node == currentNode && location.native == native) {
      return changetype<usize>(location);
    }
    offset = nativeTable.next(offset);
  }
  return 0;
}

/** Of the current node. */
function addToTable(location: Location): void {
  nativeTable.insert(nativeHash(location.native), <u32>changetype<usize>(location));
}

function createLocation(native: u32): Location {
  const location = locationAt(locations.take());
  const ptr = changetype<usize>(location);
  memory.fill(ptr, 0, offsetof<Location>());
  location.prev = ptr;
  location.next = ptr;
  location.node = currentNode;
  location.native = native;
  location.thread = currentThread;
  location.stamp = peakNumber;
  return location;
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
  return location.next == changetype<usize>(location) ? 0 : entryAt(location.next).index;
}

@inline
export function takeEntry(): Entry {
  const entry = changetype<Entry>(freeEntry);
  if (freeEntry == 0) return entries.take();
  freeEntry = entry.next;
  return entry;
}

@inline
export function releaseEntry(entry: Entry): void {
  entry.next = freeEntry;
  freeEntry = changetype<usize>(entry);
}

/** Puts an entry, whose block is set, at the end of a location. `index`: of its allocation record. */
@inline
export function appendEntry(entry: Entry, location: Location, index: u64): void {
  saveForPeak(location);
  location.liveBytes += entry.size;
  location.liveCount++;
  entry.origin = index | ((<u64>changetype<usize>(location)) << (INDEX_BITS - LOCATION_SHIFT));
  const before = location.prev;
  entry.prev = before;
  entry.next = changetype<usize>(location);
  entryAt(before).next = changetype<usize>(entry);
  location.prev = changetype<usize>(entry);
}

/** Puts a piece of an entry right after it. The sum of bytes stays the caller's business. */
export function insertPiece(piece: Entry, entry: Entry): void {
  entry.location.liveCount++;
  piece.origin = entry.origin;
  piece.prev = changetype<usize>(entry);
  piece.next = entry.next;
  entryAt(entry.next).prev = changetype<usize>(piece);
  entry.next = changetype<usize>(piece);
}

/** Takes an entry out of its location. */
@inline
export function unlinkEntry(entry: Entry): void {
  const location = entry.location;
  saveForPeak(location);
  location.liveBytes -= entry.size;
  location.liveCount--;
  entryAt(entry.prev).next = entry.next;
  entryAt(entry.next).prev = entry.prev;
}
