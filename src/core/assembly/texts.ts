// Texts of a capture: names of functions, files and threads. Each text is kept once, however often it occurs,
// and is a number from then on; 0 stands for none. Kept bytes never move:
//
//   … | bytes of a text or a line table, padded | …                       |
//                                                      ^ blockAt           ^ blockEnd

import {hashPair, hashText} from './hash';
import {allocateRegion, isExhausted} from './memory';
import {Pool} from './pool';
import {Table} from './table';

const BLOCK_BYTES: u32 = 64 << 10;
const MAX_TEXTS: u32 = 1 << 26;

@unmanaged
export class Text {
  at: usize;
  bytes: u32;
}

const texts = changetype<Pool<Text>>(memory.data(16, 8));
const table = changetype<Table>(memory.data(16, 8));
let blockAt: usize = 0;
let blockEnd: usize = 0;
/** Functions that come one after the other mostly lie in the same file. */
let lastFile: u32 = 0;

export function initTexts(): void {
  texts.init(MAX_TEXTS);
  table.init(1024);
}

@inline
export function textAt(id: u32): Text {
  return texts.at(id);
}

/** The number of the text of `bytes` bytes at `at`; 0 when memory has ended. */
export function keepText(at: usize, bytes: u32): u32 {
  const hash = hashPair(hashText(at, bytes), bytes);
  table.growIfFull();
  let offset = table.home(hash);
  for (let slot = table.slotAt(offset); slot != 0; slot = table.slotAt(offset)) {
    const id = <u32>(slot >> 32);
    if (<u32>slot == hash && isText(id, at, bytes)) return id;
    offset = table.next(offset);
  }
  const kept = keepBytes(at, bytes);
  if (kept == 0 || isExhausted) return 0;
  const id = texts.take();
  const text = texts.at(id);
  text.at = kept;
  text.bytes = bytes;
  table.fill(offset, hash, id);
  return id;
}

/** The same for the name of a file. */
export function keepFile(at: usize, bytes: u32): u32 {
  if (lastFile == 0 || !isText(lastFile, at, bytes)) lastFile = keepText(at, bytes);
  return lastFile;
}

function isText(id: u32, at: usize, bytes: u32): bool {
  const text = texts.at(id);
  return text.bytes == bytes && memory.compare(text.at, at, bytes) == 0;
}

/** A copy of bytes that stays where it is; 0 when memory has ended. */
export function keepBytes(at: usize, bytes: u32): usize {
  // At least one, so that an empty text has an address too.
  const room = (bytes + 8) & ~7;
  if (room > <u32>(blockEnd - blockAt)) {
    // The rest of a block is given up, but not for something so large that it gets a region of its own.
    if (room > BLOCK_BYTES >> 2) {
      const own = allocateRegion(room);
      if (own != 0) memory.copy(own, at, bytes);
      return own;
    }
    const block = allocateRegion(BLOCK_BYTES);
    if (block == 0) return 0;
    blockAt = block;
    blockEnd = block + BLOCK_BYTES;
  }
  const kept = blockAt;
  memory.copy(kept, at, bytes);
  blockAt += room;
  return kept;
}
