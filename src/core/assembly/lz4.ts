// LZ4 blocks. A sequence:
//
//   token: literal length (4 bits) | match length − 4 (4 bits)      15 = more length bytes follow, 255 = go on
//   [length bytes]  literals  offset u16  [length bytes]            the last sequence ends after its literals
//
// Matches may reach back into earlier blocks (linked blocks). Everything is checked: lengths against the
// block, output against the frame's block size, offsets against the history that there is. What was decoded
// before an error stays.

import {commitWindow, writePos} from './window';

/** Where in the block the last decoding stopped, in bytes from its start: what is wrong is before it. */
export let lz4ErrorAt: u32 = 0;

/**
 * Copies 16 bytes at a time; writes up to 15 more than asked. The target is 16 bytes or more after the
 * source, or apart.
 */
@inline
function copyVectors(target: usize, source: usize, bytes: usize): void {
  const end = target + bytes;
  do {
    v128.store(target, v128.load(source));
    target += 16;
    source += 16;
  } while (target < end);
}

/** The same by 8 bytes. */
@inline
function copyWords(target: usize, source: usize, bytes: usize): void {
  const end = target + bytes;
  do {
    store<u64>(target, load<u64>(source));
    target += 8;
    source += 8;
  } while (target < end);
}

@inline
function copyMatch(target: usize, distance: u32, length: u32): void {
  const source = target - distance;
  if (distance >= 16) {
    copyVectors(target, source, length);
    return;
  }
  if (distance >= 8) {
    copyWords(target, source, length);
    return;
  }
  // A short period: written byte by byte until the distance (a multiple of the period) is a word or more.
  const head = min<u32>(length, ((7 + distance) / distance) * distance);
  for (let i: u32 = 0; i < head; i++) store<u8>(target + i, load<u8>(source + i));
  if (length > head) copyWords(target + head, source, length - head);
}

/**
 * Decodes the block [source, end) after writePos. `history` is the first byte that a match may refer to,
 * `limit` the most bytes the block may hold. Both buffers have slack for whole words. Returns whether the
 * block was valid.
 */
export function decodeBlock(source: usize, end: usize, history: usize, limit: u32): bool {
  const start = source;
  const outStart = writePos;
  const outEnd = outStart + limit;
  let out = outStart;
  let isValid = false;
  while (true) {
    if (source >= end) break;
    const token: u32 = load<u8>(source++);
    let literals: u32 = token >> 4;
    if (literals == 15) {
      let more: u32 = 255;
      while (more == 255 && source < end) {
        more = load<u8>(source++);
        literals += more;
      }
      if (more == 255) break;
    }
    const whole = literals <= <u32>(end - source) && literals <= <u32>(outEnd - out);
    if (!whole) literals = min(literals, min(<u32>(end - source), <u32>(outEnd - out)));
    if (literals > 0) {
      if (literals > 256) memory.copy(out, source, literals);
      else copyVectors(out, source, literals);
      source += literals;
      out += literals;
    }
    if (!whole) break;
    if (source == end) {
      isValid = true;
      break;
    }
    if (end - source < 2) break;
    const distance: u32 = load<u16>(source);
    source += 2;
    if (distance == 0 || distance > <u32>(out - history)) break;
    let length: u32 = token & 15;
    if (length == 15) {
      let more: u32 = 255;
      while (more == 255 && source < end) {
        more = load<u8>(source++);
        length += more;
      }
      if (more == 255) break;
    }
    length += 4;
    const room = <u32>(outEnd - out);
    const fits = length <= room;
    if (!fits) length = room;
    if (length > 0) copyMatch(out, distance, length);
    out += length;
    if (!fits) break;
  }
  lz4ErrorAt = <u32>(source - start);
  commitWindow(<u32>(out - outStart));
  return isValid;
}
