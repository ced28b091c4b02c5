// Mapped addresses as spans: stretches of addresses with the same maps above each other. Where nothing is
// mapped, there is no span. An unmapping takes away all maps of the addresses that it covers, so the maps of
// a span are those that cover it and are not older than the oldest of them: its record index is all that a
// span keeps, beside their number.
//
// The spans form a treap in the order of their addresses: a search tree that is a heap by random priorities,
// so that its height is logarithmic whatever the file says. A map is added to a subtree by adding it to the
// root of it alone; the nodes below get it when they are visited.

import {randomWord} from './hash';
import {isExhausted} from './memory';
import {Slab} from './slab';

const MAX_SPANS: u32 = 1 << 23;

@unmanaged
export class Span {
  start: u64;
  end: u64;
  /** Record index of the oldest of its maps. */
  oldest: u64;
  /** Addresses in this span and the spans below. */
  length: u64;
  /** The same, each address counted as often as it is mapped. */
  bytes: u64;
  /** How many maps it has. */
  maps: u32;
  /** How many more maps all spans below have. */
  pending: u32;
  left: usize;
  /** In a free span: the next free one. */
  right: usize;
  priority: u32;
  /** Fills a cache line. */
  private padding: u32;
}

const slab = changetype<Slab<Span>>(memory.data(<i32>offsetof<Slab<Span>>(), 8));
let root: usize = 0;
let freeSpan: usize = 0;
let usedSpans: u32 = 0;
/** Both parts of what `split` has split. */
let before: usize = 0;
let after: usize = 0;
/** What the latter part of a split span is to be; no part if its end is 0. */
let tailEnd: u64 = 0;
let tailOldest: u64 = 0;
let tailMaps: u32 = 0;

export function initSpans(): void {
  slab.init(MAX_SPANS);
}

export function spanCount(): u32 {
  return usedSpans;
}

@inline
function spanAt(span: usize): Span {
  return changetype<Span>(span);
}

function createSpan(start: u64, end: u64, oldest: u64, maps: u32): usize {
  let span = changetype<Span>(freeSpan);
  if (freeSpan == 0) span = slab.take();
  else freeSpan = span.right;
  usedSpans++;
  span.start = start;
  span.end = end;
  span.oldest = oldest;
  span.maps = maps;
  span.pending = 0;
  span.left = 0;
  span.right = 0;
  span.priority = randomWord();
  update(span);
  return changetype<usize>(span);
}

@inline
function update(span: Span): void {
  const length = span.end - span.start;
  span.length = length;
  span.bytes = length * span.maps;
  if (span.left != 0) {
    span.length += spanAt(span.left).length;
    span.bytes += spanAt(span.left).bytes;
  }
  if (span.right != 0) {
    span.length += spanAt(span.right).length;
    span.bytes += spanAt(span.right).bytes;
  }
}

@inline
function addMaps(span: usize, maps: u32): void {
  if (span == 0) return;
  spanAt(span).maps += maps;
  spanAt(span).pending += maps;
  spanAt(span).bytes += spanAt(span).length * maps;
}

@inline
function passDown(span: Span): void {
  if (span.pending == 0) return;
  addMaps(span.left, span.pending);
  addMaps(span.right, span.pending);
  span.pending = 0;
}

/** Splits a tree at an address, and the span that holds it. */
function split(tree: usize, address: u64): void {
  tailEnd = 0;
  splitTree(tree, address);
  // The tail gets a priority of its own, and so may belong above all that is there.
  if (tailEnd != 0) after = join(createSpan(address, tailEnd, tailOldest, tailMaps), after);
}

function splitTree(id: usize, address: u64): void {
  if (id == 0) {
    before = 0;
    after = 0;
    return;
  }
  const span = spanAt(id);
  passDown(span);
  if (span.end <= address) {
    splitTree(span.right, address);
    span.right = before;
    before = id;
  } else if (span.start >= address) {
    splitTree(span.left, address);
    span.left = after;
    after = id;
  } else {
    tailEnd = span.end;
    tailOldest = span.oldest;
    tailMaps = span.maps;
    span.end = address;
    before = id;
    after = span.right;
    span.right = 0;
  }
  update(span);
}

/** Makes one tree of two; all of the first lies before the second. */
function join(first: usize, second: usize): usize {
  if (first == 0) return second;
  if (second == 0) return first;
  const left = spanAt(first);
  const right = spanAt(second);
  if (left.priority > right.priority) {
    passDown(left);
    left.right = join(left.right, second);
    update(left);
    return first;
  }
  passDown(right);
  right.left = join(first, right.left);
  update(right);
  return second;
}

/** Maps [start, end) once more, by the record `index`. Returns how many addresses there was no memory for. */
export function addToSpans(start: u64, end: u64, index: u64): u64 {
  split(root, end);
  const last = after;
  split(before, start);
  const ahead = before;
  let middle = after;
  const length = end - start;
  while (lengthOf(middle) < length && !isExhausted) {
    const gap = createSpanInGap(middle, start, end, index);
    split(middle, spanAt(gap).start);
    const rest = after;
    middle = join(join(before, gap), rest);
  }
  addMaps(middle, 1);
  const missing = length - lengthOf(middle);
  root = join(join(ahead, middle), last);
  return missing;
}

@inline
function lengthOf(tree: usize): u64 {
  return tree == 0 ? 0 : spanAt(tree).length;
}

/** Fills a gap that a tree leaves between `start` and `end` with a span of no maps yet. There must be one. */
function createSpanInGap(tree: usize, start: u64, end: u64, index: u64): usize {
  let id = tree;
  while (id != 0) {
    const span = spanAt(id);
    if (lengthOf(span.left) < span.start - start) {
      end = span.start;
      id = span.left;
    } else {
      start = span.end;
      id = span.right;
    }
  }
  return createSpan(start, end, index, 0);
}

/** Unmaps [start, end) and returns the tree of its spans, for the functions below. */
export function takeSpans(start: u64, end: u64): usize {
  split(root, end);
  const last = after;
  split(before, start);
  root = join(before, last);
  return after;
}

/** Bytes of a tree, each address counted as often as it was mapped. */
@inline
export function bytesOf(tree: usize): u64 {
  return tree == 0 ? 0 : spanAt(tree).bytes;
}

export function allSpans(): usize {
  return root;
}

/** Visits the spans of a tree in the order of their addresses. */
export function visitSpans(tree: usize, visit: (span: Span) => void): void {
  // The tree is as high as the logarithm of its size.
  if (tree == 0) return;
  visitSpans(spanAt(tree).left, visit);
  visit(spanAt(tree));
  visitSpans(spanAt(tree).right, visit);
}

export function releaseSpans(tree: usize): void {
  if (tree == 0) return;
  const span = spanAt(tree);
  releaseSpans(span.left);
  releaseSpans(span.right);
  span.right = freeSpan;
  freeSpan = tree;
  usedSpans--;
}
