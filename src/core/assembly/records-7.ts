// The record loop for the streaming files of header versions 7 to 11. The low half of the tag says what it
// is, the high half are flags:
//
//   1  allocation                    flags = allocator; delta(ptr) [not F: size varint]
//   2  allocation with native stack  flags = allocator; delta(ptr), size varint, delta(nf)
//   4  frame push                    delta(frame)
//   9  frame pop                     pops flags + 1
//   5 native trace index · 6 maps · 8 segment · 11 memory record · 12 context switch: as they are in records-12.ts
//   3  frame index                   flags = 1: not an entry frame; delta(frame), names, delta(line)
//   7 segment header · 10 thread name, and a frame that is unusual: left to the caller
//   0  flags 1: trailer, from version 8 on; version 7 has unused room of zeros instead, which may be anywhere
//
// A frame is a number here that stands for function, file and line at once; so it is its own code, at
// position 0.

import {toAllocator7} from './allocators';
import {readFrame7} from './codes';
import {allocationRecords, allocate, free, map, unmap} from './heap';
import {isExhausted} from './memory';
import {
  addNativeFrame,
  addRecord,
  BAD_ALLOCATOR,
  BAD_SIZE,
  BAD_TAG,
  BAD_VARINT,
  checkedNative,
  checkMemoryRecord,
  MORE,
  LAST_STATUS,
  NO_MEMORY,
  noteBadReference,
  COLD,
  readSegment,
  segmentsLeft,
  TRAILER,
  STOPPED,
  ZERO_TAG,
} from './records-common';
import {CAN_STOP, nextStop, passStop} from './stops';
import {popFrames, pushFrame, switchThread} from './stacks';
import {longVarintValue, scanVarint, unZigZag, varint, varintBytes, varintEnd} from './varint';
import {parsePos, setParsePos, writePos} from './window';

/** No record that is read here is longer. */
const MAX_RECORD_BYTES: u32 = 64;

// Allocator numbers of versions 7 to 11, as bits. The others from 1 to 15 are simple allocations.
const FREES: u32 = (1 << 2) | (1 << 15);
const MMAP: u32 = 10;
const MUNMAP: u32 = 11;

const TRAILER_TAG: u32 = 0x10;

let hasTrailer: bool = false;
let lastPointer: u64 = 0;
let lastNative: u64 = 0;
let lastIp: u64 = 0;
/** Shared by what defines frames and what enters them. */
let lastFrame: u64 = 0;

/** Records before the first context switch belong to thread 0. */
export function initRecords7(trailer: bool): void {
  hasTrailer = trailer;
  switchThread(0);
}

/** The number of the frame that a zig-zag step leads to, which is the last one now. */
export function moveFrame7(step: u64): u64 {
  lastFrame += unZigZag(step);
  return lastFrame;
}

/** Whether the record at `at` lies before `end` as a whole. True also if it is bad: the loop will say so. */
function isWhole(at: usize, end: usize): bool {
  const tag: u32 = load<u8>(at++);
  const isFree = ((FREES >> (tag >> 4)) & 1) != 0;
  switch (tag & 15) {
    case 1:
      at = scanVarint(at, end);
      return at != 0 && (isFree || scanVarint(at, end) != 0);
    case 2:
      at = scanVarint(at, end);
      if (at != 0) at = scanVarint(at, end);
      return at != 0 && scanVarint(at, end) != 0;
    case 4:
      return scanVarint(at, end) != 0;
    case 5:
    case 11:
      at = scanVarint(at, end);
      return at != 0 && scanVarint(at, end) != 0;
    case 8:
      return end - at >= 8 && scanVarint(at + 8, end) != 0;
    case 12:
      return end - at >= 8;
    default:
      return true;
  }
}

/** As `readRecords12`. */
export function readRecords7(): i32 {
  const end = writePos;
  let at = parsePos;
  let status = MORE;
  while (at < end) {
    if (!hasTrailer && load<u8>(at) == 0) {
      at++;
      continue;
    }
    if (<u32>(end - at) < MAX_RECORD_BYTES && !isWhole(at, end)) break;
    if (isExhausted) {
      status = NO_MEMORY;
      break;
    }
    if (CAN_STOP && allocationRecords >= nextStop && passStop(allocationRecords)) {
      status = STOPPED;
      break;
    }
    const next = readRecord(at);
    // Statuses are small numbers, addresses are not.
    if (next <= LAST_STATUS) {
      status = <i32>next;
      break;
    }
    at = next;
    addRecord();
  }
  setParsePos(at);
  return status;
}

function readRecord(start: usize): usize {
  const tag: u32 = load<u8>(start);
  if (segmentsLeft != 0) return readSegment(start);
  switch (tag & 15) {
    case 0:
      return tag == 0 ? ZERO_TAG : hasTrailer && tag == TRAILER_TAG ? TRAILER : BAD_TAG;
    case 1:
      return readAllocation(start, tag >> 4, false);
    case 2:
      return readAllocation(start, tag >> 4, true);
    case 4:
      return readPush(start);
    case 5:
    case 11:
      return readPair(start, (tag & 15) == 5);
    case 9:
      if (!popFrames((tag >> 4) + 1)) noteBadReference(start);
      return start + 1;
    case 12:
      switchThread(load<u64>(start, 1));
      return start + 9;
    case 3:
      return readFrame(start, tag);
    case 6:
    case 7:
    case 10:
      return COLD;
    default:
      return BAD_TAG;
  }
}

/** What is unusual about a frame is left to the caller, and so is one that is not there as a whole. */
function readFrame(start: usize, tag: u32): usize {
  const names = scanVarint(start + 1, writePos);
  if (names == 0 || load<u8>(names - 1) >= 0x80) return COLD;
  const frame = lastFrame + unZigZag(longVarintValue(start + 1));
  const at = readFrame7(frame, names, writePos, (tag & 0x10) == 0);
  if (at == 0) return COLD;
  lastFrame = frame;
  return at;
}

@inline
function readPush(start: usize): usize {
  const word = load<u64>(start, 1);
  const bytes = varintBytes(word);
  lastFrame += unZigZag(varint(start + 1, word, bytes));
  const at = varintEnd(start + 1, bytes);
  if (at == 0) return BAD_VARINT;
  if (!pushFrame(lastFrame, 0)) noteBadReference(start);
  return at;
}

@inline
function readAllocation(start: usize, allocator: u32, hasNativeStack: bool): usize {
  if (allocator == 0) return BAD_ALLOCATOR;
  let word = load<u64>(start, 1);
  let bytes = varintBytes(word);
  lastPointer += unZigZag(varint(start + 1, word, bytes));
  let at = varintEnd(start + 1, bytes);
  if (at == 0) return BAD_VARINT;
  const isFree = ((FREES >> allocator) & 1) != 0;
  if (isFree && !hasNativeStack) return free(lastPointer) ? at : BAD_SIZE;
  word = load<u64>(at);
  bytes = varintBytes(word);
  const size = varint(at, word, bytes);
  at = varintEnd(at, bytes);
  if (at == 0) return BAD_VARINT;
  let nativeId: u32 = 0;
  if (hasNativeStack) {
    word = load<u64>(at);
    bytes = varintBytes(word);
    lastNative += unZigZag(varint(at, word, bytes));
    at = varintEnd(at, bytes);
    if (at == 0) return BAD_VARINT;
    if (!isFree && allocator != MUNMAP) nativeId = checkedNative(lastNative, start);
  }
  if (isFree) return free(lastPointer) ? at : BAD_SIZE;
  const done =
    allocator == MMAP
      ? map(lastPointer, size, nativeId)
      : allocator == MUNMAP
        ? unmap(lastPointer, size)
        : allocate(lastPointer, size, nativeId, KEEPS_BLOCKS ? toAllocator7(allocator) : 0);
  return done ? at : BAD_SIZE;
}

/** A native frame or a memory record: both are two numbers. */
function readPair(start: usize, isNative: bool): usize {
  const middle = scanVarint(start + 1, start + 11);
  const at = scanVarint(middle, middle + 10);
  if (load<u8>(middle - 1) >= 0x80 || load<u8>(at - 1) >= 0x80) return BAD_VARINT;
  const first = longVarintValue(start + 1);
  const second = longVarintValue(middle);
  if (isNative) {
    lastIp += unZigZag(first);
    lastNative += unZigZag(second);
    addNativeFrame(lastIp, lastNative, start);
  } else {
    checkMemoryRecord(first, second);
  }
  return at;
}
