// Varints: 7 bits a byte, low group first, top bit = more follow. The common ones, of up to 8 bytes, are read
// from one word without branches; longer ones (9 or 10 bytes) byte by byte. An 11th byte is an error.

const TOP_BITS: u64 = 0x8080808080808080;

/** The top bits of the bytes that end a varint. */
@inline
export function varintEnds(word: u64): u64 {
  return ~word & TOP_BITS;
}

/** Bytes of the varint that begins the word; 9 if it is longer than 8. */
@inline
export function varintBytes(word: u64): u32 {
  return (<u32>ctz(varintEnds(word)) >> 3) + 1;
}

/** Its value, for up to 8 bytes. */
@inline
export function varintValue(word: u64, bytes: u32): u64 {
  let x = word & (<u64>-1 >> (64 - (<u64>bytes << 3)));
  x = ((x & 0x7f007f007f007f00) >> 1) | (x & 0x007f007f007f007f);
  x = ((x & 0x3fff00003fff0000) >> 2) | (x & 0x00003fff00003fff);
  return ((x & 0x0fffffff00000000) >> 4) | (x & 0x0fffffff);
}

/** The value of the varint at `at`, of which `word` is the begin. */
@inline
export function varint(at: usize, word: u64, bytes: u32): u64 {
  return bytes <= 8 ? varintValue(word, bytes) : longVarintValue(at);
}

/** Where it ends; 0 if it is too long. */
@inline
export function varintEnd(at: usize, bytes: u32): usize {
  return bytes <= 8 ? at + bytes : longVarintEnd(at);
}

function longVarintEnd(at: usize): usize {
  if (load<u8>(at, 8) < 0x80) return at + 9;
  return load<u8>(at, 9) < 0x80 ? at + 10 : 0;
}

/** The value of a varint of any length, modulo 2^64. */
export function longVarintValue(at: usize): u64 {
  let value: u64 = 0;
  for (let shift: u64 = 0; shift < 70; shift += 7) {
    const byte = <u64>load<u8>(at++);
    if (shift < 64) value |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return value;
}

/** 0, 1, 2, 3 … → 0, −1, 1, −2 … */
@inline
export function unZigZag(value: u64): u64 {
  return (value >> 1) ^ (0 - (value & 1));
}

/** The end of the varint at `at`, if it lies before `end` or is too long to be one; else 0. */
export function scanVarint(at: usize, end: usize): usize {
  for (let i: u32 = 0; i < 10; i++) {
    if (at >= end) return 0;
    if (load<u8>(at++) < 0x80) return at;
  }
  return at;
}
