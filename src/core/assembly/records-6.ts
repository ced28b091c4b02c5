// The record loop for files of header version 6: a tag of four bytes, then a struct of C with its padding,
// whose bytes may be anything.
//
//    1  allocation     thread u64 · address u64 · size u64 · allocator u32, 4 bytes · native stack u64
//    3  frame push     frame u64 · thread u64
//    4  native frame   ip u64 · parent u32, 4 bytes
//    5  maps
//    7  segment        address u64 · size u64
//    8  frame pop      thread u64 · count u8, 7 bytes
//   10  memory record  ms u64 · rss u64
//    2  frame index    frame u64 · names · line i32
//    6 segment header · 9 thread name, and a frame that is unusual: left to the caller
//    0  unused room, which may be anywhere; there is no trailer
//
// memray 1.0 did not distinguish native stacks where it added up allocations; so the native stack is not
// looked at.

import {toAllocator6} from './allocators';
import {readFrame6} from './codes';
import {allocationRecords, allocate, free, map, unmap} from './heap';
import {isExhausted} from './memory';
import {
  addNativeFrame,
  addRecord,
  addSegment,
  BAD_ALLOCATOR,
  BAD_SIZE,
  BAD_TAG,
  checkMemoryRecord,
  MORE,
  NO_MEMORY,
  noteBadReference,
  STOPPED,
  COLD,
  segmentsLeft,
} from './records-common';
import {CAN_STOP, nextStop, passStop} from './stops';
import {currentThread, popFrames, pushFrame, switchThread, threadAt} from './stacks';
import {parsePos, setParsePos, writePos} from './window';

const TAG_BYTES: u32 = 4;
const FRAME_INDEX: u32 = 2;
const SEGMENT: u32 = 7;

// Allocator numbers of version 6. The others from 1 to 10 are simple allocations.
const FREE: u32 = 2;
const MMAP: u32 = 9;
const MUNMAP: u32 = 10;

/**
 * Bytes of a record with its tag. Only the tag of those that are left to the caller, or that do not exist.
 */
function bytesOf(tag: u32): u32 {
  if (tag == 1) return TAG_BYTES + 40;
  return tag == 3 || tag == 4 || tag == 7 || tag == 8 || tag == 10 ? TAG_BYTES + 16 : TAG_BYTES;
}

/** As `readRecords12`. */
export function readRecords6(): i32 {
  const end = writePos;
  let at = parsePos;
  let status = MORE;
  while (end - at >= TAG_BYTES) {
    const tag = load<u32>(at);
    if (tag == 0) {
      at += TAG_BYTES;
      continue;
    }
    if (end - at < bytesOf(tag)) break;
    if (CAN_STOP && allocationRecords >= nextStop && passStop(allocationRecords)) {
      status = STOPPED;
      break;
    }
    const next = tag == FRAME_INDEX && segmentsLeft == 0 && !isExhausted ? readFrame6(at + TAG_BYTES, end, false) : 0;
    if (next != 0) {
      at = next;
      addRecord();
      continue;
    }
    status = isExhausted ? NO_MEMORY : readRecord(at, tag);
    if (status != MORE) break;
    at += bytesOf(tag);
    addRecord();
  }
  setParsePos(at);
  return status;
}

/** Returns MORE if the record was processed, or why it cannot be. */
function readRecord(start: usize, tag: u32): i32 {
  const at = start + TAG_BYTES;
  if (segmentsLeft != 0 && tag != SEGMENT) return BAD_TAG;
  switch (tag) {
    case 1:
      return readAllocation(at);
    case 3:
      enterThread(load<u64>(at, 8));
      if (!pushFrame(load<u64>(at), 0)) noteBadReference(start);
      return MORE;
    case 4:
      addNativeFrame(load<u64>(at), load<u32>(at, 8), start);
      return MORE;
    case SEGMENT:
      if (segmentsLeft == 0) return BAD_TAG;
      addSegment(load<u64>(at), load<u64>(at, 8));
      return MORE;
    case 8:
      enterThread(load<u64>(at));
      if (!popFrames(load<u8>(at, 8))) noteBadReference(start);
      return MORE;
    case 10:
      checkMemoryRecord(load<u64>(at, 8), load<u64>(at));
      return MORE;
    case FRAME_INDEX:
    case 5:
    case 6:
    case 9:
      return COLD;
    default:
      return BAD_TAG;
  }
}

/** Every record names its thread, mostly the same as the one before. */
@inline
function enterThread(id: u64): void {
  if (currentThread == 0 || threadAt(currentThread).id != id) switchThread(id);
}

function readAllocation(at: usize): i32 {
  const address = load<u64>(at, 8);
  const size = load<u64>(at, 16);
  const allocator = load<u32>(at, 24);
  if (allocator - 1 > MUNMAP - 1) return BAD_ALLOCATOR;
  enterThread(load<u64>(at));
  const done =
    allocator == FREE
      ? free(address)
      : allocator == MMAP
        ? map(address, size, 0)
        : allocator == MUNMAP
          ? unmap(address, size)
          : allocate(address, size, 0, KEEPS_BLOCKS ? toAllocator6(allocator) : 0);
  return done ? MORE : BAD_SIZE;
}
