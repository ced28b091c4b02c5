// Temporary allocations: freed after at most `threshold` other allocations of the freeing thread. memray
// searches the thread's last threshold + 1 allocations, newest first, for the address (munmap: and the size).
// Only the newest one of a key can be found, so two tables are enough, whatever the threshold: (thread,
// address) and (thread, address, size). What left the window is swept out when a table is full.

import {sizeOf} from './block';
import {countBlock} from './blocks';
import {hashPair} from './hash';
import {Location} from './locations';
import {raiseBudget, setExhausted} from './memory';
import {Pool} from './pool';
import {currentThread, threadAt} from './stacks';
import {Table} from './table';

@unmanaged
class Recent {
  address: u64;
  /** Its size; where blocks are kept, with its allocator. */
  block: u64;
  index: u64;
  /** The thread's number of allocations up to this one. */
  position: u64;
  location: usize;
  thread: u32;
  hash: u32;
  nextFree: u32;

  @inline
  get size(): u64 {
    return sizeOf(this.block);
  }
}

@unmanaged
class RecentTable {
  table: Table;
  pool: Pool<Recent>;
  free: u32;
}

const byAddress = changetype<RecentTable>(memory.data(12, 8));
const bySize = changetype<RecentTable>(memory.data(12, 8));
export let isTemporaryView: bool = false;
let threshold: u64 = 0;
/** With its slot. How many there are is up to the threshold, which the user chose. */
const BYTES_PER_RECENT: u64 = 96;
/** An allocation counts as often as it is freed, so the sum is not bounded by the heap. */
const MAX_BYTES: u64 = 1 << 53;
let temporaryBytes: u64 = 0;

export function initTemporary(limit: u64): void {
  isTemporaryView = true;
  threshold = limit;
  byAddress.table = changetype<Table>(memory.data(16, 8));
  byAddress.pool = changetype<Pool<Recent>>(memory.data(16, 8));
  bySize.table = changetype<Table>(memory.data(16, 8));
  bySize.pool = changetype<Pool<Recent>>(memory.data(16, 8));
  byAddress.table.init(64);
  byAddress.pool.init(1 << 26);
  bySize.table.init(64);
  bySize.pool.init(1 << 26);
}

@inline
function recentAt(recents: RecentTable, id: u32): Recent {
  return recents.pool.at(id);
}

@inline
function keyHash(recents: RecentTable, address: u64, size: u64): u32 {
  return hashPair(address, recents == bySize ? (size << 20) ^ currentThread : currentThread);
}

/** Byte offset of the key's slot, or of the empty slot where it belongs. */
function findSlot(recents: RecentTable, hash: u32, address: u64, size: u64): u32 {
  const table = recents.table;
  const withSize = recents == bySize;
  let offset = table.home(hash);
  for (let slot = table.slotAt(offset); slot != 0; slot = table.slotAt(offset)) {
    if (<u32>slot == hash) {
      const recent = recentAt(recents, <u32>(slot >> 32));
      if (recent.address == address && recent.thread == currentThread && (!withSize || recent.size == size)) break;
    }
    offset = table.next(offset);
  }
  return offset;
}

function remember(recents: RecentTable, address: u64, block: u64, index: u64, location: usize): void {
  const table = recents.table;
  const size = sizeOf(block);
  if (table.count >= table.limit) sweep(recents);
  const hash = keyHash(recents, address, size);
  const offset = findSlot(recents, hash, address, size);
  let id = <u32>(table.slotAt(offset) >> 32);
  if (id == 0) {
    id = recents.free;
    if (id != 0) {
      recents.free = recentAt(recents, id).nextFree;
    } else {
      raiseBudget(BYTES_PER_RECENT);
      id = recents.pool.take();
    }
    table.fill(offset, hash, id);
  }
  const recent = recentAt(recents, id);
  recent.address = address;
  recent.block = block;
  recent.index = index;
  recent.position = threadAt(currentThread).allocations;
  recent.location = location;
  recent.thread = currentThread;
  recent.hash = hash;
}

/** Drops what has left its thread's window; grows if much is left. */
function sweep(recents: RecentTable): void {
  const table = recents.table;
  // Walking the pool instead of the slots: the table is filled again meanwhile.
  for (let offset: u32 = 0; offset <= table.mask; offset += 8) {
    const id = <u32>(table.slotAt(offset) >> 32);
    if (id == 0) continue;
    const recent = recentAt(recents, id);
    if (threadAt(recent.thread).allocations - recent.position <= threshold) continue;
    recent.thread = 0;
    recent.nextFree = recents.free;
    recents.free = id;
  }
  table.clear();
  for (let id: u32 = 1; id < recents.pool.count; id++) {
    const recent = recentAt(recents, id);
    if (recent.thread != 0) table.insert(recent.hash, id);
  }
  if (table.count >= table.limit >> 1) table.grow();
  if (table.count >= table.limit) setExhausted();
}

/** An allocation of the current thread. */
export function rememberRecent(address: u64, block: u64, index: u64, location: usize): void {
  threadAt(currentThread).allocations++;
  remember(byAddress, address, block, index, location);
  remember(bySize, address, block, index, location);
}

/**
 * A deallocation by the current thread; `size` counts if it is a munmap. Returns false, and does nothing, if
 * the sum would get too large for exact numbers.
 */
export function countIfTemporary(address: u64, size: u64, isRanged: bool): bool {
  const recents = isRanged ? bySize : byAddress;
  const slot = recents.table.slotAt(findSlot(recents, keyHash(recents, address, size), address, size));
  if (slot == 0) return true;
  const recent = recentAt(recents, <u32>(slot >> 32));
  if (threadAt(currentThread).allocations - recent.position > threshold) return true;
  // Both are at most 2^53.
  if (temporaryBytes + recent.size > MAX_BYTES) return false;
  temporaryBytes += recent.size;
  const location = changetype<Location>(recent.location);
  if (location.peakCount == 0 || recent.index < location.peakFirst) location.peakFirst = recent.index;
  location.peakBytes += recent.size;
  location.peakCount++;
  if (KEEPS_BLOCKS) countBlock(recent.location, recent.block);
  return true;
}
