// What is left of layered maps, by location: filled when it is asked for.

import {hashPair} from './hash';
import {Location} from './locations';
import {Pool} from './pool';
import {Table} from './table';

const MAX_OWNERS: u32 = 1 << 24;

@unmanaged
export class Owner {
  bytes: u64;
  /** Pieces. */
  count: u64;
  /** Record index of the oldest map of which something is left. */
  first: u64;
  location: usize;
}

const owners = changetype<Pool<Owner>>(memory.data(16, 8));
const table = changetype<Table>(memory.data(16, 8));
/** Stands for all locations that own no map. */
const noOwner: usize = memory.data(32, 8);

export function initOwners(): void {
  owners.init(MAX_OWNERS);
  table.init(64);
}

/** The number of a location as an owner. */
export function ownerNumberOf(location: Location): u32 {
  const known = findOwner(location);
  if (known != 0) return known;
  const id = owners.take();
  owners.at(id).location = changetype<usize>(location);
  table.insert(hashOf(location), id);
  return id;
}

@inline
function hashOf(location: Location): u32 {
  return hashPair(changetype<usize>(location), 3);
}

function findOwner(location: Location): u32 {
  const hash = hashOf(location);
  let offset = table.home(hash);
  for (let slot = table.slotAt(offset); slot != 0; slot = table.slotAt(offset)) {
    const id = <u32>(slot >> 32);
    if (<u32>slot == hash && owners.at(id).location == changetype<usize>(location)) return id;
    offset = table.next(offset);
  }
  return 0;
}

export function ownerOf(location: Location): Owner {
  const id = findOwner(location);
  return id == 0 ? changetype<Owner>(noOwner) : owners.at(id);
}

/** The location of an owner. */
export function ownerLocation(id: u32): usize {
  return owners.at(id).location;
}

export function clearOwners(): void {
  for (let id: u32 = 1; id < owners.count; id++) {
    const owner = owners.at(id);
    owner.bytes = 0;
    owner.count = 0;
  }
}

/** Adds what is left of a map. Maps come in the order of their records. */
export function addToOwner(id: u32, bytes: u64, count: u64, index: u64): void {
  const owner = owners.at(id);
  if (owner.count == 0) owner.first = index;
  owner.bytes += bytes;
  owner.count += count;
}
