// The children of a stack node by their frames. A node with one child has only its lastChild; from the second
// child on it has a block, a hash table of its own, so that the children of one node lie together:
//
//   u32 how many children | u32 unused       then 2^n - 1 slots:  u32 hash of the frame | u32 node, 0 = empty
//
// A block of 2^n words is aligned to 32 bytes; where it is kept, the low bits of its address hold n. Small
// blocks come from chunks, and those that were outgrown are used again.

import {hashPair} from './hash';
import {allocateRegion, releaseRegion} from './memory';
import {frameAt, hasFrame, nodeAt} from './stacks';
import {noteProbe} from './table';

const FIRST_BITS: u32 = 2;
const MAX_SMALL_BITS: u32 = 9;
const BITS_MASK: usize = 31;
const CHUNK_BYTES: usize = 1 << 16;

/**
 * For each number of bits the first of the unused blocks, each of which begins with the address of the next.
 */
const unused: usize = memory.data(32 * 4, 4);
let chunk: usize = 0;
let chunkEnd: usize = 0;

@inline
export function hashFrame(code: u64, position: u64): u32 {
  return hashPair(code, position);
}

@inline
function wordsOf(bits: u32): u32 {
  return <u32>1 << bits;
}

/** The slot to look at first; the first word is none. */
@inline
function homeOf(hash: u32, bits: u32): u32 {
  const home = hash & (wordsOf(bits) - 1);
  return home + u32(home == 0);
}

@inline
function nextOf(slot: u32, bits: u32): u32 {
  const next = (slot + 1) & (wordsOf(bits) - 1);
  return next + u32(next == 0);
}

/** The child of `parent` with this frame, 0 if there is none. Its lastChild is not looked at. */
@inline
export function findChild(parent: usize, hash: u32, code: u64, position: u64): usize {
  const children = nodeAt(parent).children;
  if (children == 0) return 0;
  const bits = <u32>(children & BITS_MASK);
  const block = children & ~BITS_MASK;
  let slot = homeOf(hash, bits);
  let word = load<u64>(block + (<usize>slot << 3));
  while (word != 0) {
    const id = <usize>(word >> 32);
    if (<u32>word == hash && hasFrame(id, code, position)) return id;
    slot = nextOf(slot, bits);
    word = load<u64>(block + (<usize>slot << 3));
    noteProbe();
  }
  return 0;
}

/** Adds a child that is not there; `last` is the parent's lastChild so far. */
export function addChild(parent: usize, child: usize, hash: u32, last: usize): void {
  const node = nodeAt(parent);
  if (last == 0) return;
  if (node.children == 0) {
    node.children = createBlock(FIRST_BITS);
    if (node.children == 0) return;
    const frame = frameAt(nodeAt(last).frame);
    insert(node.children, last, hashFrame(frame.code, frame.position));
  } else if (isFull(node.children) && !grow(parent)) {
    return;
  }
  insert(node.children, child, hash);
}

@inline
function isFull(children: usize): bool {
  const words = wordsOf(<u32>(children & BITS_MASK));
  // A slot always stays empty, where searches end.
  return load<u32>(children & ~BITS_MASK) >= (words == 4 ? 2 : (words >> 2) * 3);
}

function insert(children: usize, child: usize, hash: u32): void {
  const bits = <u32>(children & BITS_MASK);
  const block = children & ~BITS_MASK;
  store<u32>(block, load<u32>(block) + 1);
  let slot = homeOf(hash, bits);
  while (load<u64>(block + (<usize>slot << 3)) != 0) slot = nextOf(slot, bits);
  store<u64>(block + (<usize>slot << 3), ((<u64>child) << 32) | hash);
}

/** Without memory the child is not added: nothing is read from then on. */
function grow(parent: usize): bool {
  const old = nodeAt(parent).children;
  const bits = <u32>(old & BITS_MASK);
  const grown = createBlock(bits + 1);
  if (grown == 0) return false;
  const block = old & ~BITS_MASK;
  for (let slot: u32 = 1; slot < wordsOf(bits); slot++) {
    const word = load<u64>(block + (<usize>slot << 3));
    if (word != 0) insert(grown, <usize>(word >> 32), <u32>word);
  }
  releaseBlock(block, bits);
  nodeAt(parent).children = grown;
  return true;
}

/** An empty block, with the bits of its size; 0 if there is no memory. */
function createBlock(bits: u32): usize {
  const bytes = <usize>wordsOf(bits) << 3;
  const block = bits <= MAX_SMALL_BITS ? takeSmall(bits, bytes) : allocateRegion(bytes);
  if (block == 0) return 0;
  memory.fill(block, 0, bytes);
  return block | bits;
}

function takeSmall(bits: u32, bytes: usize): usize {
  const first = unused + (<usize>bits << 2);
  const block = <usize>load<u32>(first);
  if (block != 0) {
    store<u32>(first, load<u32>(block));
    return block;
  }
  if (chunk + bytes > chunkEnd) {
    chunk = allocateRegion(CHUNK_BYTES);
    if (chunk == 0) {
      chunkEnd = 0;
      return 0;
    }
    chunkEnd = chunk + CHUNK_BYTES;
  }
  const taken = chunk;
  chunk += bytes;
  return taken;
}

function releaseBlock(block: usize, bits: u32): void {
  if (bits > MAX_SMALL_BITS) {
    releaseRegion(block, <usize>wordsOf(bits) << 3);
    return;
  }
  const first = unused + (<usize>bits << 2);
  store<u32>(block, load<u32>(first));
  store<u32>(first, <u32>block);
}
