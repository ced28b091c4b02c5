// The window on the stream of records: bytes are appended at `writePos` (copied in, or decoded from LZ4
// blocks) and parsed from `parsePos` on.
//
//   base        parsePos      writePos            base + capacity
//   | history …… | not parsed | room …………………………… | slack |
//
// When room ends, history and what is not parsed slide down to base. LZ4 needs 64 KiB of history.

import {allocateRegion, releaseRegion} from './memory';

const HISTORY_BYTES: u32 = 65536;
/** Bytes after the room that copies of whole words may touch. */
const SLACK_BYTES: u32 = 64;

let base: usize = 0;
let capacity: u32 = 0;
/** Offset in the stream of the byte at base. */
let baseOffset: u64 = 0;
let keepHistory: bool = false;

export let parsePos: usize = 0;
export let writePos: usize = 0;

export function setParsePos(pos: usize): void {
  parsePos = pos;
}

export function initWindow(bytes: u32): void {
  capacity = bytes;
  base = allocateRegion(bytes + SLACK_BYTES);
  parsePos = base;
  writePos = base;
}

export function setKeepHistory(): void {
  keepHistory = true;
}

/** Offset in the stream of the byte at `pos`. */
export function streamOffsetOf(pos: usize): u64 {
  return baseOffset + (pos - base);
}

/** How many bytes before writePos may be referred to. */
@inline
export function historyStart(): usize {
  return writePos - base > HISTORY_BYTES ? writePos - HISTORY_BYTES : base;
}

/** Makes room for `bytes` more and returns where they go; 0 when memory has ended. */
export function reserveWindow(bytes: u32): usize {
  if (writePos + bytes <= base + capacity) return writePos;
  const keepFrom = keepHistory ? min(parsePos, historyStart()) : parsePos;
  const kept = <u32>(writePos - keepFrom);
  let target = base;
  if (kept + bytes > capacity) {
    target = allocateRegion(kept + bytes + SLACK_BYTES);
    if (target == 0) return 0;
  }
  memory.copy(target, keepFrom, kept);
  if (target != base) {
    releaseRegion(base, capacity + SLACK_BYTES);
    capacity = kept + bytes;
  }
  baseOffset += keepFrom - base;
  parsePos = target + (parsePos - keepFrom);
  writePos = target + kept;
  base = target;
  return writePos;
}

/** Takes over `bytes` that were written at writePos. */
export function commitWindow(bytes: u32): void {
  writePos += bytes;
}
