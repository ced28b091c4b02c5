// What the record loops of all versions have in common: why they stop, what they count, and the records that
// are alike.

import {allocationRecords, bestBytes, heapBytes, peakRecords} from './heap';
import {passMemoryRecord} from './timeline';
import {addNativeEntry, keepSegment, nativeCount, startImage} from './native';
import {longVarintValue, scanVarint} from './varint';
import {streamOffsetOf} from './window';

// Why the loop stopped. Mirrored in src/core/core.ts.
export const MORE: i32 = 0;
export const COLD: i32 = 1;
export const TRAILER: i32 = 2;
export const ZERO_TAG: i32 = 3;
export const BAD_TAG: i32 = 4;
export const BAD_VARINT: i32 = 5;
export const BAD_ALLOCATOR: i32 = 6;
export const BAD_SIZE: i32 = 7;
export const NO_MEMORY: i32 = 8;
export const STOPPED: i32 = 9;
/** Addresses are above it. */
export const LAST_STATUS: usize = 9;

export let segmentsLeft: u64 = 0;
/** Records of any kind. */
export let recordCount: u64 = 0;

// Bad references: reading goes on, the first one is remembered.
export let badReferences: u64 = 0;
export let firstBadOffset: u64 = 0;
export let firstBadRecord: u64 = 0;

// Plausibility.
export let clockSteps: u64 = 0;
export let implausibleRss: u64 = 0;
let lastMs: u64 = 0;

// When the peak was, as far as memory records tell: each says which peaks lie before it, since no other record
// has a time.
/** No time that a record can have: those before the start, where the clock was set back, are below zero. */
export const NO_TIME: i64 = i64.MIN_VALUE;
let knownPeak: u64 = 0;
let knownPeakMs: i64 = NO_TIME;
/** How many allocation records came before the last memory record, and the time of the first one with as many. */
let lastCount: u64 = 0;
let firstMs: u64 = 0;
/** Memory records so far. */
export let memoryRecords: u64 = 0;
/** The highest resident memory that was recorded, and when it was first. */
export let highestRss: u64 = 0;
export let highestRssMs: u64 = 0;

/** One more record was read. */
@inline
export function addRecord(): void {
  recordCount++;
}

/** A segment header was read: exactly `count` segments have to follow. */
export function expectSegments(count: u64): void {
  segmentsLeft = count;
  startImage();
}

export function noteBadReference(start: usize): void {
  if (badReferences == 0) {
    firstBadOffset = streamOffsetOf(start);
    firstBadRecord = recordCount;
  }
  badReferences++;
}

/** The native id `nf` if there is such a native stack, else 0. */
@inline
export function checkedNative(native: u64, start: usize): u32 {
  if (native <= nativeCount) return <u32>native;
  noteBadReference(start);
  return 0;
}

export function addNativeFrame(ip: u64, parent: u64, start: usize): void {
  if (!addNativeEntry(ip, parent)) noteBadReference(start);
}

/** The latest peak that was passed since the last memory record was after it. */
function notePeakTime(): void {
  if (peakRecords == knownPeak) return;
  knownPeak = peakRecords;
  knownPeakMs = reachedMs(peakRecords);
}

/** When so many allocation records had come: the first memory record after them, else the last one before. */
function reachedMs(records: u64): i64 {
  if (memoryRecords == 0) return NO_TIME;
  return <i64>(records == lastCount ? firstMs : lastMs);
}

/** When the peak was reached; NO_TIME where there is no memory record until then. */
export function peakMs(): i64 {
  notePeakTime();
  return heapBytes >= bestBytes ? reachedMs(allocationRecords) : knownPeakMs;
}

export function checkMemoryRecord(rss: u64, ms: u64): void {
  notePeakTime();
  if (KEEPS_HISTORY) passMemoryRecord(rss, ms);
  memoryRecords++;
  if (rss > highestRss || memoryRecords == 1) {
    highestRss = rss;
    highestRssMs = ms;
  }
  if (<i64>ms < <i64>lastMs) clockSteps++;
  lastMs = ms;
  if (allocationRecords != lastCount || memoryRecords == 1) firstMs = ms;
  lastCount = allocationRecords;
  if (rss < 1 << 56 && heapBytes > rss << 6) implausibleRss++;
}

/** tag 8 · address u64 · size varint: the same from version 7 on. */
export function readSegment(start: usize): usize {
  const tag = load<u8>(start);
  if (tag != 8) return tag == 0 ? ZERO_TAG : BAD_TAG;
  const at = scanVarint(start + 9, start + 19);
  if (load<u8>(at - 1) >= 0x80) return BAD_VARINT;
  addSegment(load<u64>(start, 1), longVarintValue(start + 9));
  return at;
}

export function addSegment(address: u64, size: u64): void {
  keepSegment(address, size);
  segmentsLeft--;
}
