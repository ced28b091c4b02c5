// The record loop for the streaming files of header versions 12 and 13. The highest set bit of the tag
// decides:
//
//   1ppppaaa  allocation        [p=15: delta(ptr)] [a=0: allocator u8] [native, not F: delta(nf)] [not F: size varint]
//   01uuuuue  frame push        code id varint, instruction offset signed varint
//   001ppppc  object            [p=15: delta(ptr)] [native, created: delta(nf)]
//   0001nnnn  frame pop         pops n + 1
//   0000tttt  1 trailer · 2 memory record · 5 native trace index · 8 segment · 12 context switch · 14 code object,
//             unless it is unusual; the others are rare and left to the caller
//
// A record is processed only when all of it is there, so that the loop can stop anywhere and go on later.

import {MMAP} from './block';
import {readCode} from './codes';
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
import {currentThread, popFrames, pushFrame, switchThread} from './stacks';
import {
  longVarintValue,
  scanVarint,
  unZigZag,
  varint,
  varintBytes,
  varintEnd,
  varintEnds,
  varintValue,
} from './varint';
import {parsePos, setParsePos, writePos} from './window';

/** No record that is read here is longer. */
const MAX_RECORD_BYTES: u32 = 64;

// Allocator numbers 1–15 as bits. Everything else from 1 to 15 is a simple allocation.
const FREES: u32 = (1 << 5) | (1 << 1);
const MUNMAP: u32 = 15;
/** Instead of the index of an address among the newest ones: it is not there. */
const NEW_ADDRESS: u32 = 15;

// What a tag begins. One table instead of several questions: which way a record goes is hard to guess for a
// processor, so it should have to guess once.
const OTHER: u32 = 0;
const FREE: u32 = 1;
const FREE_NEW: u32 = 2;
const ALLOCATION: u32 = 3;
const ALLOCATION_NEW: u32 = 4;
const PUSH: u32 = 5;
const POP: u32 = 6;
const OBJECT: u32 = 7;
const kinds: usize = memory.data(256);

let hasNative: bool = false;
let lastPointer: u64 = 0;
let lastNative: u64 = 0;
let lastIp: u64 = 0;
/** The 15 newest addresses, a ring of 16: the newest at `cacheHead`. */
const cache: usize = memory.data(16 * 8, 8);
let cacheHead: u32 = 0;
export function initRecords12(native: bool): void {
  hasNative = native;
  for (let tag: u32 = 0; tag < 256; tag++) store<u8>(kinds + tag, kindOf(tag));
}

function kindOf(tag: u32): u32 {
  if (tag >= 0x80) {
    const isNew = ((tag >> 3) & 15) == NEW_ADDRESS;
    if (((FREES >> (tag & 7)) & 1) != 0) return isNew ? FREE_NEW : FREE;
    return isNew ? ALLOCATION_NEW : ALLOCATION;
  }
  if (tag >= 0x40) return PUSH;
  if (tag >= 0x20) return OBJECT;
  return tag >= 0x10 ? POP : OTHER;
}

/** The address that lies so far from the one before it; it is the newest one now. */
@inline
function newAddress(delta: u64): u64 {
  lastPointer += unZigZag(delta);
  const address = lastPointer << 3;
  cacheHead = (cacheHead - 1) & 15;
  store<u64>(cache + (<usize>cacheHead << 3), address);
  return address;
}

@inline
function cachedAddress(index: u32): u64 {
  return load<u64>(cache + (<usize>((cacheHead + index) & 15) << 3));
}

/** Whether the record at `at` lies before `end` as a whole. True also if it is bad: the loop will say so. */
function isWhole(at: usize, end: usize): bool {
  const tag: u32 = load<u8>(at++);
  if (tag >= 0x80) {
    if (((tag >> 3) & 15) == 15) at = scanVarint(at, end);
    let allocator = tag & 7;
    if (at != 0 && allocator == 0) {
      if (at >= end) return false;
      allocator = load<u8>(at++);
    }
    if (allocator > 15 || ((FREES >> allocator) & 1) != 0) return at != 0;
    if (at != 0 && hasNative) at = scanVarint(at, end);
    return at != 0 && scanVarint(at, end) != 0;
  }
  if (tag >= 0x40) {
    at = scanVarint(at, end);
    return at != 0 && scanVarint(at, end) != 0;
  }
  if (tag >= 0x20) {
    if (((tag >> 1) & 15) == 15) at = scanVarint(at, end);
    return at != 0 && (!hasNative || (tag & 1) == 0 || scanVarint(at, end) != 0);
  }
  if (tag == 2 || tag == 5) {
    at = scanVarint(at, end);
    return at != 0 && scanVarint(at, end) != 0;
  }
  if (tag == 8) return end - at >= 8 && scanVarint(at + 8, end) != 0;
  return tag != 12 || end - at >= 8;
}

/** Reads records until something stops it. What is not processed begins at parsePos. */
export function readRecords12(): i32 {
  const end = writePos;
  let at = parsePos;
  let status = MORE;
  while (at < end) {
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

/** Processes the record at `start` and returns where it ends, or why it cannot. */
@inline
function readRecord(start: usize): usize {
  const tag: u32 = load<u8>(start);
  if (segmentsLeft != 0) return readSegment(start);
  switch (<u32>load<u8>(kinds + tag)) {
    case FREE:
      return readFree(start, tag, false);
    case FREE_NEW:
      return readFree(start, tag, true);
    case ALLOCATION:
      return readAllocation(start, tag, false);
    case ALLOCATION_NEW:
      return readAllocation(start, tag, true);
    case PUSH:
      return readPush(start, tag);
    case POP:
      if (currentThread == 0) startWithoutThread(start);
      if (!popFrames((tag & 15) + 1)) noteBadReference(start);
      return start + 1;
    case OBJECT:
      return readObject(start, tag);
    default:
      return readOther(start, tag);
  }
}

/**
 * Both numbers are mostly within one word. Where the next record begins then hangs on a single load: a
 * processor has nothing else to wait for between two pushes.
 */
@inline
function readPush(start: usize, tag: u32): usize {
  if (currentThread == 0) startWithoutThread(start);
  const word = load<u64>(start, 1);
  const ends = varintEnds(word);
  const lastEnds = ends & (ends - 1);
  if (lastEnds == 0) return readLongPush(start, tag);
  const codeBytes = (<u32>ctz(ends) >> 3) + 1;
  const bytes = (<u32>ctz(lastEnds) >> 3) + 1;
  const code = varintValue(word, codeBytes);
  const offset = varintValue(word >> (<u64>codeBytes << 3), bytes - codeBytes);
  push(start, tag, code, offset);
  return start + 1 + bytes;
}

function readLongPush(start: usize, tag: u32): usize {
  const middle = scanVarint(start + 1, start + 11);
  const end = scanVarint(middle, middle + 10);
  if (load<u8>(middle - 1) >= 0x80 || load<u8>(end - 1) >= 0x80) return BAD_VARINT;
  push(start, tag, longVarintValue(start + 1), longVarintValue(middle));
  return end;
}

@inline
function push(start: usize, tag: u32, code: u64, offset: u64): void {
  if (!pushFrame(code, (<u64>(<u32>unZigZag(offset)) << 1) | (tag & 1))) noteBadReference(start);
}

/** A record of a thread before any thread was named: goes on as thread 0. */
function startWithoutThread(start: usize): void {
  noteBadReference(start);
  switchThread(0);
}

/** A free whose allocator is in the tag. `isNew`: the address is not among the newest ones. */
@inline
function readFree(start: usize, tag: u32, isNew: bool): usize {
  if (currentThread == 0) startWithoutThread(start);
  let at = start + 1;
  let address: u64;
  if (isNew) {
    const word = load<u64>(at);
    const bytes = varintBytes(word);
    address = newAddress(varint(at, word, bytes));
    at = varintEnd(at, bytes);
    if (at == 0) return BAD_VARINT;
  } else {
    address = cachedAddress((tag >> 3) & 15);
  }
  return free(address) ? at : BAD_SIZE;
}

@inline
function readAllocation(start: usize, tag: u32, isNew: bool): usize {
  let at = start + 1;
  let address: u64;
  if (isNew) {
    const word = load<u64>(at);
    const bytes = varintBytes(word);
    address = newAddress(varint(at, word, bytes));
    at = varintEnd(at, bytes);
    if (at == 0) return BAD_VARINT;
  } else {
    address = cachedAddress((tag >> 3) & 15);
  }
  if (currentThread == 0) startWithoutThread(start);
  let allocator = tag & 7;
  if (allocator == 0) {
    allocator = load<u8>(at++);
    if (allocator - 1 > 14) return BAD_ALLOCATOR;
    if (((FREES >> allocator) & 1) != 0) return free(address) ? at : BAD_SIZE;
  }
  let nativeId: u32 = 0;
  if (hasNative) {
    const word = load<u64>(at);
    const bytes = varintBytes(word);
    lastNative += unZigZag(varint(at, word, bytes));
    at = varintEnd(at, bytes);
    if (at == 0) return BAD_VARINT;
    if (allocator != MUNMAP) nativeId = checkedNative(lastNative, start);
  }
  const word = load<u64>(at);
  let size = word & 0x7f;
  // Small sizes are so common that guessing where the next record begins beats computing it.
  if ((word & 0x80) == 0) {
    at++;
  } else {
    const bytes = varintBytes(word);
    size = varint(at, word, bytes);
    at = varintEnd(at, bytes);
    if (at == 0) return BAD_VARINT;
  }
  const done =
    allocator < MMAP
      ? allocate(address, size, nativeId, allocator)
      : allocator == MMAP
        ? map(address, size, nativeId)
        : unmap(address, size);
  return done ? at : BAD_SIZE;
}

/** Object records move the newest addresses and the registers; nothing else of them is needed. */
function readObject(start: usize, tag: u32): usize {
  let at = start + 1;
  if (((tag >> 1) & 15) == NEW_ADDRESS) {
    const word = load<u64>(at);
    const bytes = varintBytes(word);
    newAddress(varint(at, word, bytes));
    at = varintEnd(at, bytes);
    if (at == 0) return BAD_VARINT;
  }
  if (hasNative && (tag & 1) != 0) {
    const word = load<u64>(at);
    const bytes = varintBytes(word);
    lastNative += unZigZag(varint(at, word, bytes));
    at = varintEnd(at, bytes);
    if (at == 0) return BAD_VARINT;
  }
  return at;
}

function readOther(start: usize, tag: u32): usize {
  switch (tag) {
    case 0:
      return ZERO_TAG;
    case 1:
      return TRAILER;
    case 2:
    case 5: {
      const first = longVarintValue(start + 1);
      const middle = scanVarint(start + 1, start + 11);
      const second = longVarintValue(middle);
      const at = scanVarint(middle, middle + 10);
      if (load<u8>(middle - 1) >= 0x80 || load<u8>(at - 1) >= 0x80) return BAD_VARINT;
      if (tag == 2) {
        checkMemoryRecord(first, second);
      } else {
        lastIp += unZigZag(first);
        lastNative += unZigZag(second);
        addNativeFrame(lastIp, lastNative, start);
      }
      return at;
    }
    case 12:
      switchThread(load<u64>(start + 1));
      return start + 9;
    case 14: {
      const at = readCode(start + 1, writePos);
      return at == 0 ? <usize>COLD : at;
    }
    case 6:
    case 7:
    case 10:
      return COLD;
    default:
      return BAD_TAG;
  }
}
