// Live allocations by address, in groups of 15 slots. A group has 16 bytes that are compared at once, and a cache line of
// entries:
//
//   tags      15 × u8 tag, 0 = empty | u8 how many entries found this group full and went on to a later one
//   entries   15 × u32 entry | 4 unused bytes
//
// An entry that finds its home full goes to the next group, and so on; the count (255 = it stays there for ever) tells a
// search whether to go on. So nothing is moved and no tombstone stays when an entry goes.

import {homeHash} from './hash';
import {Entry, entryAt} from './locations';
import {allocateRegion, releaseRegion} from './memory';

const FIRST_GROUPS: u32 = 256;
const GROUP_SLOTS: u32 = 15;
/** It grows when so many of 16 slots are taken; the 16th does not exist. */
const FULL_SIXTEENTHS: u32 = 12;
const STUCK: u32 = 255;

let tags: usize = 0;
let slots: usize = 0;
/** Groups less 1; a power of 2 less 1. */
let mask: u32 = 0;
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
      const entry = entryAt(load<u32>(slotOf(group, ctz(found))));
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
      const entry = entryAt(load<u32>(slotOf(group, slot)));
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
  let group = hash & mask;
  let free = slotsWith(group, 0);
  while (free == 0) {
    const passed = passCount(group);
    if (passed != STUCK) store<u8>(tagsOf(group), passed + 1, GROUP_SLOTS);
    group = (group + 1) & mask;
    free = slotsWith(group, 0);
  }
  const slot = ctz(free);
  store<u8>(tagsOf(group) + slot, tagOf(hash, entry.address));
  store<u32>(slotOf(group, slot), <u32>changetype<usize>(entry));
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
  for (let group: u32 = 0; group < oldGroups; group++) {
    const line = oldSlots + (<usize>group << 6);
    const empty = i8x16.eq(v128.load(oldTags + (<usize>group << 4)), i8x16.splat(0));
    const taken = ~(<u32>i8x16.bitmask(empty)) & ((1 << GROUP_SLOTS) - 1);
    for (let left = taken; left != 0; left &= left - 1) {
      const entry = entryAt(load<u32>(line + (<usize>ctz(left) << 2)));
      place(entry, homeHash(entry.address));
    }
  }
  releaseRegion(oldSlots, regionBytes(oldGroups));
}
