// Seeded hashing. Addresses and ids come from the file, so without a seed that the file's author cannot know,
// keys could be chosen to collide.

let seed0: u64 = 0;
let seed1: u64 = 1;
let seed2: u64 = 1;
/** 2^32 − 5, a prime. */
const TEXT_PRIME: u64 = 0xfffffffb;
let textKey: u64 = 1;

export function initHash(seedA: u64, seedB: u64): void {
  seed0 = seedA;
  seed1 = (seedA * 0x9e3779b97f4a7c15 + seedB) | 1;
  seed2 = (seedB * 0xbf58476d1ce4e5b9 + seedA) | 1;
  textKey = 2 + (seed1 >> 16) % (TEXT_PRIME - 2);
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
 * Hash of an address that is the same for 8 neighbours of 16 bytes: allocations that were made together are
 * mostly freed together, and so touch the same group of slots.
 */
@inline
export function homeHash(address: u64): u32 {
  let x = ((address >> 7) ^ seed0) * seed1;
  x = (x ^ (x >> 32)) * seed2;
  return <u32>(x >> 32);
}

/**
 * Hash of a text: the value of the polynomial whose coefficients are its words, at a secret point. Two texts
 * of the same length have the same value at no more points than they have words, so none can be found that
 * collide at most of them; mixing words with a seed would not do, since differences in top bits cancel out
 * whatever the seed is.
 */
export function hashText(at: usize, bytes: u32): u64 {
  let value: u64 = 0;
  const end = at + (bytes & ~3);
  for (; at < end; at += 4) value = reduce(value * textKey + load<u32>(at));
  const rest = bytes & 3;
  if (rest != 0) value = reduce(value * textKey + (load<u32>(at) & ((1 << (rest << 3)) - 1)));
  return value;
}

/** A number of up to 64 bits as one of 33 bits that is equal modulo the prime. */
@inline
function reduce(x: u64): u64 {
  x = (x >> 32) * 5 + (x & 0xffffffff);
  return (x >> 32) * 5 + (x & 0xffffffff);
}
