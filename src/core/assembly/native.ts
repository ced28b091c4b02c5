// Native stacks as a trie: entry k (from 1, in the order of the file) is a return address and the entry of
// its caller, 0 = none. A caller comes before what it calls, so no walk can go in a circle.

import {allocateRegion, releaseRegion} from './memory';
import {Pool} from './pool';

/** One GiB of entries. */
const MAX_ENTRIES: u32 = 1 << 26;

@unmanaged
export class NativeEntry {
  ip: u64;
  parent: u32;
}

const entries = changetype<Pool<NativeEntry>>(memory.data(16, 8));
/** How many entries there are. */
export let nativeCount: u32 = 0;

/** Returns false for a caller that is not there; the stack then ends. */
export function addNativeEntry(ip: u64, parent: u64): bool {
  // Most captures have none and need no room for them.
  if (nativeCount == 0) entries.init(MAX_ENTRIES);
  const isSound = parent <= nativeCount;
  const entry = entries.at(entries.take());
  entry.ip = ip;
  entry.parent = isSound ? <u32>parent : 0;
  nativeCount++;
  return isSound;
}

@inline
export function nativeAt(id: u32): NativeEntry {
  return entries.at(id);
}

// The segments of the image that is being read: pairs of (address u64, bytes u64). Its owner takes them over
// before the next image begins.

const SEGMENT_BYTES: u32 = 16;
/** A real image has some ten; of one with more than this the rest is not kept. */
const MAX_SEGMENTS: u32 = 4096;

export let segments: usize = 0;
export let segmentCount: u32 = 0;
let segmentRoom: u32 = 0;

export function startImage(): void {
  segmentCount = 0;
}

export function keepSegment(address: u64, bytes: u64): void {
  if (segmentCount == segmentRoom && !growSegments()) return;
  const segment = segments + <usize>(segmentCount++) * SEGMENT_BYTES;
  store<u64>(segment, address);
  store<u64>(segment, bytes, 8);
}

function growSegments(): bool {
  const room = max<u32>(2 * segmentRoom, 64);
  const grown: usize = room > MAX_SEGMENTS ? 0 : allocateRegion(<usize>room * SEGMENT_BYTES);
  if (grown == 0) return false;
  if (segmentRoom != 0) {
    memory.copy(grown, segments, <usize>segmentRoom * SEGMENT_BYTES);
    releaseRegion(segments, <usize>segmentRoom * SEGMENT_BYTES);
  }
  segments = grown;
  segmentRoom = room;
  return true;
}
