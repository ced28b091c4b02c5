// Live allocations by address, in groups of 15 slots. A group has 16 bytes that are compared at once, and a
// cache line of entries:
//
//   tags      15 × u8 tag, 0 = empty | u8 how many entries found this group full and went on to a later one
//   entries   15 × u32 slot | 4 unused bytes
//   slot      entry, whose address is a multiple of 32 | 4 more bits of its hash << 1 |
//             whether its home is another group
//
// With the bits the table grows without looking at the entries, which would be a cache miss each: one bit is
// used up by each growth, and after four of them they are filled up again.
//
// An entry that finds its home full goes to the next group, and so on; the count (255 = it stays there for
// ever) tells a search whether to go on. So nothing is moved and no tombstone stays when an entry goes.

import {homeHash} from './hash';
import {Entry, entryAt} from './locations';
import {allocateRegion, releaseRegion} from './memory';

const FIRST_GROUPS: u32 = 256;
const GROUP_SLOTS: u32 = 15;
/** It grows when so many of 16 slots are taken; the 16th does not exist. */
const FULL_SIXTEENTHS: u32 = 12;
const STUCK: u32 = 255;
const SLOT_HASH_BITS: u32 = 4;
const SLOT_HASH_MASK: u32 = (1 << SLOT_HASH_BITS) - 1;
const IS_AWAY: u32 = 1;
const NOT_ENTRY: u32 = 31;

let tags: usize = 0;
let slots: usize = 0;
/** Groups less 1; a power of 2 less 1. */
let mask: u32 = 0;
/** The lowest bit of the hashes that is in the slots. */
let slotShift: u32 = ctz(FIRST_GROUPS);
let count: u32 = 0;
let limit: u32 = 0;
/** Groups that lookups had to go beyond the first; a figure for tests of crafted keys. */
export let passedGroups: u64 = 0;

export function initAddressTable(): void {
  useRegion(allocateRegion(regionBytes(FIRST_GROUPS)), FIRST_GROUPS);
}

function regionBytes(groups: u32): usize {
  return <usize>groups * 80;
}

/** Entries first: each group of them is one cache line. */
function useRegion(region: usize, groups: u32): void {
  slots = region;
  tags = region + (<usize>groups << 6);
  memory.fill(tags, 0, <usize>groups << 4);
  mask = groups - 1;
  limit = groups * FULL_SIXTEENTHS;
}

/** Never 0; neighbours of 16 bytes in a group differ. */
@inline
function tagOf(hash: u32, address: u64): u32 {
  const tag = ((hash >> 24) & 0xf8) | (<u32>(address >> 4) & 7);
  return tag + <u32>(tag == 0);
}

@inline
function tagsOf(group: u32): usize {
  return tags + (<usize>group << 4);
}

@inline
function slotOf(group: u32, slot: u32): usize {
  return slots + (<usize>group << 6) + (<usize>slot << 2);
}

@inline
function entryIn(group: u32, slot: u32): Entry {
  return entryAt(load<u32>(slotOf(group, slot)) & ~NOT_ENTRY);
}

@inline
function passCount(group: u32): u32 {
  return load<u8>(tagsOf(group), GROUP_SLOTS);
}

/** The slots of a group with this tag as bits. */
@inline
function slotsWith(group: u32, tag: u32): u32 {
  const equal = i8x16.eq(v128.load(tagsOf(group)), i8x16.splat(<i8>tag));
  return <u32>i8x16.bitmask(equal) & ((1 << GROUP_SLOTS) - 1);
}

/** The live entry with this address, null if there is none. `hash`: its homeHash. */
@inline
export function findEntry(address: u64, hash: u32): Entry {
  const tag = tagOf(hash, address);
  const home = hash & mask;
  let group = home;
  do {
    for (let found = slotsWith(group, tag); found != 0; found &= found - 1) {
      const entry = entryIn(group, ctz(found));
      if (entry.address == address) return entry;
    }
    if (passCount(group) == 0) break;
    passedGroups++;
    group = (group + 1) & mask;
  } while (group != home);
  return entryAt(0);
}

/** Takes the entry with this address out and returns it, null if there is none. */
@inline
export function removeEntry(address: u64): Entry {
  const hash = homeHash(address);
  const tag = tagOf(hash, address);
  const home = hash & mask;
  let group = home;
  do {
    for (let found = slotsWith(group, tag); found != 0; found &= found - 1) {
      const slot = ctz(found);
      const entry = entryIn(group, slot);
      if (entry.address != address) continue;
      store<u8>(tagsOf(group) + slot, 0);
      count--;
      if (group != home) forgetPass(home, group);
      return entry;
    }
    if (passCount(group) == 0) break;
    passedGroups++;
    group = (group + 1) & mask;
  } while (group != home);
  return entryAt(0);
}

/** An entry that had passed the groups from `home` on is gone. */
function forgetPass(home: u32, end: u32): void {
  for (let group = home; group != end; group = (group + 1) & mask) {
    const passed = passCount(group);
    if (passed != STUCK) store<u8>(tagsOf(group), passed - 1, GROUP_SLOTS);
  }
}

/** Adds an entry whose address is known to be absent. */
@inline
export function addEntry(entry: Entry, hash: u32): void {
  if (count >= limit) grow();
  count++;
  place(entry, hash);
}

@inline
function place(entry: Entry, hash: u32): void {
  const slot = <u32>changetype<usize>(entry) | (((hash >> slotShift) & SLOT_HASH_MASK) << 1);
  placeSlot(slot, hash & mask, tagOf(hash, entry.address));
}

@inline
function placeSlot(slot: u32, home: u32, tag: u32): void {
  let group = home;
  let free = slotsWith(group, 0);
  while (free == 0) {
    const passed = passCount(group);
    if (passed != STUCK) store<u8>(tagsOf(group), passed + 1, GROUP_SLOTS);
    group = (group + 1) & mask;
    free = slotsWith(group, 0);
  }
  const place = ctz(free);
  store<u8>(tagsOf(group) + place, tag);
  store<u32>(slotOf(group, place), slot | u32(group != home));
}

function grow(): void {
  const oldSlots = slots;
  const oldTags = tags;
  const oldGroups = mask + 1;
  // Beyond 2^25 groups the entries would not fit into the address space.
  const region = oldGroups >= 1 << 24 ? <usize>0 : allocateRegion(regionBytes(2 * oldGroups));
  if (region == 0) {
    // Memory has ended; some slots remain for the record at hand.
    limit = <u32>-1;
    return;
  }
  useRegion(region, 2 * oldGroups);
  // The bit of the hash that decides between the two groups that one becomes.
  const bit = ctz(oldGroups) - slotShift;
  const hasBit = bit < SLOT_HASH_BITS;
  if (!hasBit) slotShift = ctz(2 * oldGroups);
  for (let group: u32 = 0; group < oldGroups; group++) {
    const groupTags = oldTags + (<usize>group << 4);
    const empty = i8x16.eq(v128.load(groupTags), i8x16.splat(0));
    const taken = ~(<u32>i8x16.bitmask(empty)) & ((1 << GROUP_SLOTS) - 1);
    for (let left = taken; left != 0; left &= left - 1) {
      const at = ctz(left);
      const slot = load<u32>(oldSlots + (<usize>group << 6) + (<usize>at << 2));
      if (hasBit && (slot & IS_AWAY) == 0) {
        const home = ((slot >> (bit + 1)) & 1) == 0 ? group : group + oldGroups;
        placeSlot(slot, home, load<u8>(groupTags + at));
      } else {
        const entry = entryAt(slot & ~NOT_ENTRY);
        place(entry, homeHash(entry.address));
      }
    }
  }
  releaseRegion(oldSlots, regionBytes(oldGroups));
}
