// Seeded hashing. Addresses and ids come from the file, so without a seed that the file's author cannot know, keys could
// be chosen to collide.

let seed0: u64 = 0;
let seed1: u64 = 1;
let seed2: u64 = 1;

export function initHash(seedA: u64, seedB: u64): void {
  seed0 = seedA;
  seed1 = (seedA * 0x9e3779b97f4a7c15 + seedB) | 1;
  seed2 = (seedB * 0xbf58476d1ce4e5b9 + seedA) | 1;
}

let randomState: u64 = 0;

/** Numbers that the file's author cannot know. */
export function randomWord(): u32 {
  return hashPair(randomState++, 4);
}

/** Hash of two words. */
@inline
export function hashPair(a: u64, b: u64): u32 {
  let x = (a ^ seed0) * seed1;
  x = (x ^ (x >> 32) ^ b) * seed2;
  x = (x ^ (x >> 29)) * seed1;
  return <u32>(x >> 32);
}

/**
 * Hash of an address that is the same for 8 neighbours of 16 bytes: allocations that were made together are mostly freed
 * together, and so touch the same group of slots.
 */
@inline
export function homeHash(address: u64): u32 {
  let x = ((address >> 7) ^ seed0) * seed1;
  x = (x ^ (x >> 32)) * seed2;
  return <u32>(x >> 32);
}
