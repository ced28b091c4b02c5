// Mapped ranges as a B+-tree in the order of their starts. Ranges may overlap, and an unmapping has to find
// every range that it meets: so each item above the leaves knows the greatest end below it. With a million
// ranges every node on the way is a cache miss, so nodes are wide, and scanned from their first item on,
// which lets the processor read ahead.
//
//   item     in a leaf: a range       above: a child
//   u64      start                    no start below is less, no start in the items before is greater
//   u64      end                      the greatest end below
//   u32      entry                    the child
//
// All leaves are on one level, and all nodes but the root are at least a quarter full, whatever is added and
// removed.

import {allocateRegion} from './memory';

const CAPACITY: u32 = 32;
const LEAST: u32 = CAPACITY >> 2;
const ITEM_BYTES: u32 = 20;
const CHUNK_NODES: u32 = 16;
/** More than 2^32 ranges need, each node a quarter full. */
const MAX_LEVELS: u32 = 12;

/** Its items follow it in memory. */
@unmanaged
class Node {
  count: u32;
  /** In a free node: the next free one. */
  next: u32;

  @inline
  itemAt(at: u32): usize {
    return changetype<usize>(this) + offsetof<Node>() + <usize>(at * ITEM_BYTES);
  }

  @inline
  startAt(at: u32): u64 {
    return load<u64>(this.itemAt(at));
  }

  @inline
  setStart(at: u32, start: u64): void {
    store<u64>(this.itemAt(at), start);
  }

  @inline
  endAt(at: u32): u64 {
    return load<u64>(this.itemAt(at), 8);
  }

  @inline
  setEnd(at: u32, end: u64): void {
    store<u64>(this.itemAt(at), end, 8);
  }

  @inline
  entryAt(at: u32): u32 {
    return load<u32>(this.itemAt(at), 16);
  }

  @inline
  childAt(at: u32): Node {
    return changetype<Node>(load<u32>(this.itemAt(at), 16));
  }

  @inline
  insert(at: u32, start: u64, end: u64, id: u32): void {
    moveItems(this, at, this, at + 1, this.count - at);
    this.setStart(at, start);
    this.setEnd(at, end);
    store<u32>(this.itemAt(at), id, 16);
    this.count++;
  }

  @inline
  remove(at: u32): void {
    this.count--;
    moveItems(this, at + 1, this, at, this.count - at);
  }

  /** How many items start at `start` or before. */
  @inline
  countUpTo(start: u64): u32 {
    const count = this.count;
    let at: u32 = 0;
    while (at < count && this.startAt(at) <= start) at++;
    return at;
  }

  /** The first item that ends after `start`; `count` if none does. */
  @inline
  firstAfter(start: u64): u32 {
    const count = this.count;
    let at: u32 = 0;
    while (at < count && this.endAt(at) <= start) at++;
    return at;
  }

  greatestEnd(): u64 {
    const count = this.count;
    let end: u64 = 0;
    for (let at: u32 = 0; at < count; at++) end = max(end, this.endAt(at));
    return end;
  }
}

const NODE_BYTES: u32 = <u32>offsetof<Node>() + CAPACITY * ITEM_BYTES;

/** Copies items; the counts stay as they are. */
@inline
function moveItems(from: Node, fromAt: u32, to: Node, toAt: u32, count: u32): void {
  memory.copy(to.itemAt(toAt), from.itemAt(fromAt), <usize>(count * ITEM_BYTES));
}

let root = changetype<Node>(0);
/** Levels above the leaves. */
let height: u32 = 0;
let freeNode: u32 = 0;
let freeNodes: u32 = 0;

/** The way down to the latest position: on each level, from the root on, a node and which of its items. */
const path: usize = memory.data(<i32>MAX_LEVELS * 8, 8);

@inline
function pathNode(level: u32): Node {
  return changetype<Node>(load<u32>(path + ((<usize>level) << 3)));
}

@inline
function pathItem(level: u32): u32 {
  return load<u32>(path + ((<usize>level) << 3), 4);
}

@inline
function setPath(level: u32, node: Node, at: u32): void {
  store<u32>(path + ((<usize>level) << 3), <u32>changetype<usize>(node));
  store<u32>(path + ((<usize>level) << 3), at, 4);
}

export function initIntervals(): void {
  keepReserve();
  root = takeNode();
}

/** Enough nodes for one more range are always there, so that a record can be finished when memory ends. */
function keepReserve(): void {
  while (freeNodes <= MAX_LEVELS) {
    const chunk = <u32>allocateRegion(CHUNK_NODES * NODE_BYTES);
    if (chunk == 0) return;
    for (let i: u32 = 0; i < CHUNK_NODES; i++) releaseNode(changetype<Node>(chunk + i * NODE_BYTES));
  }
}

function takeNode(): Node {
  const node = changetype<Node>(freeNode);
  freeNode = node.next;
  freeNodes--;
  node.count = 0;
  return node;
}

function releaseNode(node: Node): void {
  node.next = freeNode;
  freeNode = <u32>changetype<usize>(node);
  freeNodes++;
}

/** Adds [start, end), start < end. */
export function addInterval(start: u64, end: u64, entry: u32): void {
  let node = root;
  for (let level: u32 = 0; level < height; level++) {
    let at = node.countUpTo(start);
    if (at == 0) node.setStart(0, start);
    else at--;
    if (end > node.endAt(at)) node.setEnd(at, end);
    setPath(level, node, at);
    node = node.childAt(at);
  }
  const at = node.countUpTo(start);
  if (node.count < CAPACITY) node.insert(at, start, end, entry);
  else insertSplitting(node, at, start, end, entry);
  keepReserve();
}

/** Inserts into a full leaf at the path's end. */
function insertSplitting(leaf: Node, leafAt: u32, start: u64, end: u64, entry: u32): void {
  let node = leaf;
  let at = leafAt;
  let id = entry;
  let level = height;
  while (node.count == CAPACITY) {
    const right = split(node, at, start, end, id);
    if (level == 0) growRoot();
    else level--;
    // The split part becomes the next item of the node above.
    const left = node;
    node = pathNode(level);
    at = pathItem(level) + 1;
    node.setEnd(at - 1, left.greatestEnd());
    start = right.startAt(0);
    end = right.greatestEnd();
    id = <u32>changetype<usize>(right);
  }
  node.insert(at, start, end, id);
}

/** Puts an item into a full node, whose last items go to a new one. */
function split(node: Node, at: u32, start: u64, end: u64, id: u32): Node {
  // Ranges that are added in order, upwards or downwards, leave nodes behind that are fuller than half.
  let kept: u32 = CAPACITY >> 1;
  if (at == CAPACITY) kept = CAPACITY - LEAST;
  if (at == 0) kept = LEAST;
  const right = takeNode();
  right.count = CAPACITY - kept;
  node.count = kept;
  moveItems(node, kept, right, 0, right.count);
  if (at <= kept) node.insert(at, start, end, id);
  else right.insert(at - kept, start, end, id);
  return right;
}

/** Puts a root with the old one as its only item on top, where the path then begins. */
function growRoot(): void {
  const old = root;
  root = takeNode();
  root.insert(0, old.startAt(0), 0, <u32>changetype<usize>(old));
  height++;
  setPath(0, root, 0);
}

/**
 * Finds the first interval that meets [start, end), for the functions below; they leave it no longer found.
 */
export function findInterval(start: u64, end: u64): bool {
  let node = root;
  let at = node.firstAfter(start);
  if (at == node.count) return false;
  for (let level: u32 = 0; level < height; level++) {
    setPath(level, node, at);
    node = node.childAt(at);
    at = node.firstAfter(start);
  }
  setPath(height, node, at);
  // Of all that end after the range's start, none starts before this one.
  return node.startAt(at) < end;
}

@inline
export function foundStart(): u64 {
  return pathNode(height).startAt(pathItem(height));
}

@inline
export function foundEnd(): u64 {
  return pathNode(height).endAt(pathItem(height));
}

@inline
export function foundEntry(): u32 {
  return pathNode(height).entryAt(pathItem(height));
}

export function removeFound(): void {
  const end = foundEnd();
  pathNode(height).remove(pathItem(height));
  lowerEnds(end);
  if (pathNode(height).count < LEAST) fillUp();
}

/** Lets the interval begin later. */
export function moveFoundStart(start: u64): void {
  const leaf = pathNode(height);
  const at = pathItem(height);
  if (at + 1 < leaf.count && start <= leaf.startAt(at + 1)) {
    leaf.setStart(at, start);
    return;
  }
  const end = leaf.endAt(at);
  const entry = leaf.entryAt(at);
  removeFound();
  addInterval(start, end, entry);
}

/** Lets the interval end earlier. */
export function moveFoundEnd(end: u64): void {
  const old = foundEnd();
  pathNode(height).setEnd(pathItem(height), end);
  lowerEnds(old);
}

/** Makes the greatest ends on the path true after this end has gone. */
function lowerEnds(end: u64): void {
  for (let level = height; level > 0; level--) {
    const above = pathNode(level - 1);
    const at = pathItem(level - 1);
    if (above.endAt(at) != end) return;
    above.setEnd(at, pathNode(level).greatestEnd());
  }
}

/** Gives the nodes of the path that have too few items some of a neighbour's, from the leaf upwards. */
function fillUp(): void {
  for (let level = height; level > 0 && pathNode(level).count < LEAST; level--) {
    const at = pathItem(level - 1);
    joinOrEven(pathNode(level - 1), at == 0 ? 0 : at - 1);
  }
  if (height > 0 && root.count == 1) {
    const old = root;
    root = old.childAt(0);
    height--;
    releaseNode(old);
  }
}

/** Makes one node of two neighbours, or moves items until they have equally many. */
function joinOrEven(above: Node, at: u32): void {
  const left = above.childAt(at);
  const right = above.childAt(at + 1);
  const total = left.count + right.count;
  if (total <= CAPACITY) {
    moveItems(right, 0, left, left.count, right.count);
    left.count = total;
    above.setEnd(at, max(above.endAt(at), above.endAt(at + 1)));
    above.remove(at + 1);
    releaseNode(right);
    return;
  }
  const half = total >> 1;
  if (left.count < half) {
    const moved = half - left.count;
    moveItems(right, 0, left, left.count, moved);
    moveItems(right, moved, right, 0, right.count - moved);
  } else {
    const moved = left.count - half;
    moveItems(right, 0, right, moved, right.count);
    moveItems(left, half, right, 0, moved);
  }
  left.count = half;
  right.count = total - half;
  above.setEnd(at, left.greatestEnd());
  above.setStart(at + 1, right.startAt(0));
  above.setEnd(at + 1, right.greatestEnd());
}
