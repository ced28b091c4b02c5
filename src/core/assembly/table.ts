// Open addressing with linear probing, for what is only ever added. A slot:
//
//   u32 hash | u32 id       id 0 = empty
//
// The home of a slot is its hash & mask: growing never looks at the elements. Comparing keys is up to
// the caller, which walks from home() by next() until it meets an empty slot.

import {allocateRegion, releaseRegion} from './memory';

/** Slots that lookups had to go beyond the first; a figure for tests of crafted keys. */
export let probeCount: u64 = 0;

@inline
export function noteProbe(): void {
  probeCount++;
}

/** It grows when so many eighths of the slots are taken. */
const FULL_EIGHTHS: u32 = 6;

@unmanaged
export class Table {
  slots: usize;
  /** Bytes of all slots less 8: masks a byte offset. */
  mask: u32;
  count: u32;
  /** Grow when count gets here. */
  limit: u32;

  init(capacity: u32): void {
    this.slots = allocateRegion((<usize>capacity) << 3);
    memory.fill(this.slots, 0, (<usize>capacity) << 3);
    this.setCapacity(capacity);
    this.count = 0;
  }

  private setCapacity(capacity: u32): void {
    this.mask = (capacity - 1) << 3;
    this.limit = (capacity >> 3) * FULL_EIGHTHS;
  }

  /** Byte offset of the first slot to look at. */
  @inline
  home(hash: u32): u32 {
    return (hash << 3) & this.mask;
  }

  @inline
  next(offset: u32): u32 {
    probeCount++;
    return (offset + 8) & this.mask;
  }

  /** hash | id << 32, 0 = empty. */
  @inline
  slotAt(offset: u32): u64 {
    return load<u64>(this.slots + offset);
  }

  /** Fills the empty slot at `offset`. The caller calls `growIfFull` before it looks for the slot. */
  @inline
  fill(offset: u32, hash: u32, id: u32): void {
    store<u64>(this.slots + offset, ((<u64>id) << 32) | hash);
    this.count++;
  }

  /** Adds an id whose key is known to be absent. */
  insert(hash: u32, id: u32): void {
    this.growIfFull();
    let offset = this.home(hash);
    while (this.slotAt(offset) != 0) offset = this.next(offset);
    this.fill(offset, hash, id);
  }

  @inline
  growIfFull(): void {
    if (this.count >= this.limit) this.grow();
  }

  grow(): void {
    const oldSlots = this.slots;
    const oldBytes = this.mask + 8;
    // 2^28 slots of 8 bytes are half of the address space; the other half could not hold their elements.
    const slots: usize = oldBytes >= 1 << 30 ? 0 : allocateRegion((<usize>oldBytes) << 1);
    if (slots == 0) {
      // Memory has ended; some slots remain for the record at hand.
      this.limit = oldBytes >> 3;
      return;
    }
    memory.fill(slots, 0, (<usize>oldBytes) << 1);
    this.slots = slots;
    this.setCapacity(oldBytes >> 2);
    for (let old: u32 = 0; old < oldBytes; old += 8) {
      const slot = load<u64>(oldSlots + old);
      if (slot == 0) continue;
      let offset = this.home(<u32>slot);
      while (this.slotAt(offset) != 0) offset = (offset + 8) & this.mask;
      store<u64>(slots + offset, slot);
    }
    releaseRegion(oldSlots, oldBytes);
  }

  clear(): void {
    memory.fill(this.slots, 0, <usize>this.mask + 8);
    this.count = 0;
  }
}
