// The running heap: what the allocation records do to the live allocations, the locations and the peak.
//
// The peak is the last record at which the heap was highest. It is passed at a *falling edge*: a record that
// takes bytes away while the heap is at or above the best so far. Frees of nothing or of zero bytes leave the
// heap at its peak. memray's rule: an address that is allocated twice keeps its old bytes in the running
// heap, not in its location.

import {addEntry, findEntry, initAddressTable, removeEntry} from './address-table';
import {blockOf, MMAP} from './block';
import {countInRun, hasRoomInRun, isRunView, passRecord} from './blocks';
import {homeHash} from './hash';
import {endHistory, lowerBest, passEdge} from './history';
import {
  addInterval,
  findInterval,
  foundEnd,
  foundEntry,
  foundStart,
  moveFoundEnd,
  moveFoundStart,
  removeFound,
} from './intervals';
import {isLayered, layerMaps, mapLayer, unmapLayers} from './layered-maps';
import {
  appendEntry,
  currentLocation,
  entryAt,
  insertPiece,
  Location,
  releaseEntry,
  saveForPeak,
  startNewPeak,
  takeEntry,
  unlinkEntry,
} from './locations';
import {isExhausted} from './memory';
import {bytesOf, takeSpans} from './spans';
import {countIfTemporary, isTemporaryView, rememberRecent} from './temporary';

/** Sums beyond this are no longer exact where they are shown. */
export const MAX_HEAP_BYTES: u64 = 1 << 53;

/** All mapped and allocated bytes by memray's counting. */
export let heapBytes: u64 = 0;
export let bestBytes: u64 = 0;
/** Allocation records so far: A, F, M and U. */
export let allocationRecords: u64 = 0;
/** How many of them came up to the latest passed peak, its record included. */
export let peakRecords: u64 = 0;
/** For plausibility. */
export let frees: u64 = 0;
export let unknownFrees: u64 = 0;
export let largestSize: u64 = 0;

export function initHeap(): void {
  initAddressTable();
}

/** Returns false, and does nothing, if the heap would get too large for exact numbers. */
@inline
function addToHeap(size: u64): bool {
  if (size > MAX_HEAP_BYTES || heapBytes + size > MAX_HEAP_BYTES) return false;
  heapBytes += size;
  if (size > largestSize) largestSize = size;
  return true;
}

/** Where blocks are kept: before a record. Returns as `addToHeap`. */
function startRecord(allocated: u64): bool {
  passRecord(allocationRecords);
  return !isRunView || hasRoomInRun(allocated);
}

@inline
function takeFromHeap(size: u64): void {
  if (KEEPS_HISTORY && size > 0 && heapBytes > lowerBest) passEdge();
  if (size > 0 && heapBytes >= bestBytes) {
    bestBytes = heapBytes;
    peakRecords = allocationRecords;
    // Views of sums have them where the peak's would be saved.
    if (!isTemporaryView && !(KEEPS_BLOCKS && isRunView)) startNewPeak();
  }
  heapBytes -= size;
}

/** The highest heap from now on is looked for, whatever it was before. */
export function restartPeak(): void {
  bestBytes = 0;
  peakRecords = allocationRecords;
}

/** What views of sums have to know of an allocation. */
@inline
function noteAllocation(address: u64, block: u64, location: Location): void {
  if (isTemporaryView) rememberRecent(address, block, allocationRecords, changetype<usize>(location));
  if (KEEPS_BLOCKS && isRunView) countInRun(location, block, allocationRecords);
}

export function allocate(address: u64, size: u64, native: u32, allocator: u32): bool {
  if (KEEPS_BLOCKS && !startRecord(size)) return false;
  if (!addToHeap(size)) return false;
  const location = currentLocation(native);
  const hash = homeHash(address);
  let entry = findEntry(address, hash);
  if (changetype<usize>(entry) != 0) {
    unlinkEntry(entry);
  } else {
    entry = takeEntry();
    entry.address = address;
    addEntry(entry, hash);
  }
  entry.block = blockOf(size, allocator);
  appendEntry(entry, location, allocationRecords);
  noteAllocation(address, blockOf(size, allocator), location);
  allocationRecords++;
  return true;
}

/** Returns false, and does nothing, if the temporary allocations would get too large for exact numbers. */
export function free(address: u64): bool {
  if (KEEPS_BLOCKS) startRecord(0);
  if (isTemporaryView && !countIfTemporary(address, 0, false)) return false;
  frees++;
  const entry = removeEntry(address);
  if (changetype<usize>(entry) != 0) {
    takeFromHeap(entry.size);
    unlinkEntry(entry);
    releaseEntry(entry);
  } else {
    unknownFrees++;
  }
  allocationRecords++;
  return true;
}

export function map(address: u64, size: u64, native: u32): bool {
  if (KEEPS_BLOCKS && !startRecord(size)) return false;
  if (!addToHeap(size)) return false;
  const location = currentLocation(native);
  if (size > 0) addRange(address, size, location);
  noteAllocation(address, blockOf(size, MMAP), location);
  allocationRecords++;
  return true;
}

function addRange(address: u64, size: u64, location: Location): void {
  const end = address + size;
  // A range beyond the end of the address space meets nothing, as in memray.
  const isUnmappable = end <= address;
  if (isLayered && !isUnmappable) {
    heapBytes -= mapLayer(address, end, location);
    return;
  }
  const entry = takeEntry();
  entry.address = address;
  entry.block = blockOf(size, MMAP);
  appendEntry(entry, location, allocationRecords);
  if (!isUnmappable) addInterval(address, end, <u32>changetype<usize>(entry));
}

/** Returns as `free`. All that one munmap takes away is one falling edge. */
export function unmap(address: u64, size: u64): bool {
  if (KEEPS_BLOCKS) startRecord(0);
  if (isTemporaryView && !countIfTemporary(address, size, true)) return false;
  const end = address + size;
  if (end > address) {
    if (isLayered) takeLayers(address, end);
    else cutIntervals(address, end);
  }
  allocationRecords++;
  return true;
}

function takeLayers(start: u64, end: u64): void {
  const taken = takeSpans(start, end);
  takeFromHeap(bytesOf(taken));
  unmapLayers(taken);
}

/** Cuts of one munmap that left something, beyond the two that it takes where nothing overlaps. */
let extraCuts: u32 = 0;
const MAX_EXTRA_CUTS: u32 = 1000;

function cutIntervals(start: u64, end: u64): void {
  let cuts: u32 = 0;
  while (!isExhausted && findInterval(start, end)) cuts += u32(cutFound(start, end));
  if (cuts <= 2) return;
  extraCuts += cuts - 2;
  if (extraCuts <= MAX_EXTRA_CUTS) return;
  if (KEEPS_HISTORY) endHistory();
  layerMaps();
}

/** Takes [start, end) out of the interval that was found. Returns whether something is left of it. */
function cutFound(start: u64, end: u64): bool {
  const intervalStart = foundStart();
  const intervalEnd = foundEnd();
  const from = max(start, intervalStart);
  const to = min(end, intervalEnd);
  const removed = to - from;
  takeFromHeap(removed);
  const entry = entryAt(foundEntry());
  if (removed == entry.size) {
    removeFound();
    unlinkEntry(entry);
    releaseEntry(entry);
    return false;
  }
  const location = entry.location;
  saveForPeak(location);
  location.liveBytes -= removed;
  entry.block -= removed;
  if (from == intervalStart) {
    moveFoundStart(to);
  } else if (to == intervalEnd) {
    moveFoundEnd(from);
  } else {
    moveFoundEnd(from);
    entry.block = blockOf(from - intervalStart, MMAP);
    const piece = takeEntry();
    piece.block = blockOf(intervalEnd - to, MMAP);
    insertPiece(piece, entry);
    addInterval(to, intervalEnd, <u32>changetype<usize>(piece));
  }
  return true;
}
