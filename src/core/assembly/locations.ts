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
//
// Where the history is kept, other moments than peaks are kept as well (history.ts). All of them have numbers, the epochs,
// and a stamp is the epoch of the last change.

import {sizeOf} from './block';
import {hashPair} from './hash';
import {saveForHistory} from './history';
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
  /** The count at the peak; where the history is kept, above it (32 bits) the number of its latest entry in the list of the changed. */
  private counts: u64;
  /** Record index of the oldest allocation that was alive at the peak (the earliest temporary one); where the history is kept, above it (26 bits) the number of the location. */
  private origin: u64;
  /** The number of the peak that the peak columns belong to; where the history is kept, the epoch of the last change. */
  stamp: u64;

  @inline
  get peakCount(): u64 {
    return KEEPS_HISTORY ? <u64>(<u32>this.counts) : this.counts;
  }

  @inline
  set peakCount(count: u64) {
    this.counts = KEEPS_HISTORY ? (this.counts & ~0xffff_ffff) | count : count;
  }

  @inline
  get peakFirst(): u64 {
    return KEEPS_HISTORY ? this.origin & MAX_INDEX : this.origin;
  }

  @inline
  set peakFirst(index: u64) {
    this.origin = KEEPS_HISTORY ? (this.origin & ~MAX_INDEX) | index : index;
  }

  /** Where the history is kept: its number. */
  @inline
  get id(): u32 {
    return <u32>(this.origin >> INDEX_BITS);
  }

  @inline
  set id(id: u32) {
    this.origin = ((<u64>id) << INDEX_BITS) | (this.origin & MAX_INDEX);
  }

  /** Where the history is kept: its latest entry in the list of those that have changed. */
  @inline
  get changed(): u32 {
    return <u32>(this.counts >> 32);
  }

  @inline
  set changed(index: u32) {
    this.counts = ((<u64>index) << 32) | <u64>(<u32>this.counts);
  }
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
/** Where the history is kept: the number of the latest moment that is kept. The columns of no location are of it yet. */
let epoch: u64 = 1;

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
  peakNumber = KEEPS_HISTORY ? advanceEpoch() : peakNumber + 1;
}

/** A moment to be kept has come. */
export function advanceEpoch(): u64 {
  epoch++;
  return epoch;
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
  const id = locations.take();
  const location = locationAt(id);
  const ptr = changetype<usize>(location);
  memory.fill(ptr, 0, offsetof<Location>());
  location.prev = ptr;
  location.next = ptr;
  location.node = currentNode;
  location.native = native;
  location.thread = currentThread;
  if (KEEPS_HISTORY) location.id = id;
  else location.stamp = peakNumber;
  return location;
}

/** To be called before a location changes. */
@inline
export function saveForPeak(location: Location): void {
  if (KEEPS_HISTORY) {
    if (location.stamp != epoch) saveForMoments(location);
    return;
  }
  if (location.stamp == peakNumber) return;
  savePeak(location);
  location.stamp = peakNumber;
}

@inline
function savePeak(location: Location): void {
  location.peakBytes = location.liveBytes;
  location.peakCount = location.liveCount;
  location.peakFirst = firstIndexOf(location);
}

function saveForMoments(location: Location): void {
  const stamp = location.stamp;
  if (stamp < peakNumber) savePeak(location);
  saveForHistory(location, stamp);
  location.stamp = epoch;
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
