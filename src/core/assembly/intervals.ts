// Mapped ranges as a treap ordered by (start, id), with the greatest end of each subtree: ranges may overlap, and an
// unmapping has to find every range that it meets. The random priorities keep the depth logarithmic whatever the
// addresses are, so that the recursion below stays shallow.

import {nextRandom} from './hash';
import {Pool} from './pool';

@unmanaged
export class Interval {
  start: u64;
  end: u64;
  /** Greatest end in the subtree. */
  maxEnd: u64;
  left: u32;
  right: u32;
  priority: u32;
  /** Its entry in the location's list. In a free interval: the next free one. */
  entry: u32;
}

const intervals = changetype<Pool<Interval>>(memory.data(16, 8));
let root: u32 = 0;
let freeInterval: u32 = 0;
/** Second result of split. */
let splitRight: u32 = 0;

export function initIntervals(): void {
  intervals.init(1 << 25);
}

@inline
export function intervalAt(id: u32): Interval {
  return intervals.at(id);
}

@inline
function isBefore(start: u64, id: u32, otherStart: u64, other: u32): bool {
  return start < otherStart || (start == otherStart && id < other);
}

@inline
function update(node: Interval): void {
  let end = node.end;
  if (node.left != 0) end = max(end, intervalAt(node.left).maxEnd);
  if (node.right != 0) end = max(end, intervalAt(node.right).maxEnd);
  node.maxEnd = end;
}

/** Splits a subtree in what lies before (start, id), which it returns, and the rest, in splitRight. */
function split(tree: u32, start: u64, id: u32): u32 {
  if (tree == 0) {
    splitRight = 0;
    return 0;
  }
  const node = intervalAt(tree);
  if (isBefore(node.start, tree, start, id)) {
    node.right = split(node.right, start, id);
    update(node);
    return tree;
  }
  const left = split(node.left, start, id);
  node.left = splitRight;
  update(node);
  splitRight = tree;
  return left;
}

function merge(left: u32, right: u32): u32 {
  if (left == 0) return right;
  if (right == 0) return left;
  const leftNode = intervalAt(left);
  const rightNode = intervalAt(right);
  if (leftNode.priority > rightNode.priority) {
    leftNode.right = merge(leftNode.right, right);
    update(leftNode);
    return left;
  }
  rightNode.left = merge(left, rightNode.left);
  update(rightNode);
  return right;
}

function insertInto(tree: u32, id: u32): u32 {
  const added = intervalAt(id);
  if (tree == 0) {
    added.left = 0;
    added.right = 0;
    update(added);
    return id;
  }
  const node = intervalAt(tree);
  if (added.priority > node.priority) {
    added.left = split(tree, added.start, id);
    added.right = splitRight;
    update(added);
    return id;
  }
  if (isBefore(added.start, id, node.start, tree)) node.left = insertInto(node.left, id);
  else node.right = insertInto(node.right, id);
  node.maxEnd = max(node.maxEnd, added.end);
  return tree;
}

function removeFrom(tree: u32, id: u32, start: u64): u32 {
  const node = intervalAt(tree);
  if (tree == id) return merge(node.left, node.right);
  if (isBefore(start, id, node.start, tree)) node.left = removeFrom(node.left, id, start);
  else node.right = removeFrom(node.right, id, start);
  update(node);
  return tree;
}

/** Adds [start, end), start < end, and returns its id. */
export function addInterval(start: u64, end: u64, entry: u32): u32 {
  let id = freeInterval;
  if (id != 0) freeInterval = intervalAt(id).entry;
  else id = intervals.take();
  const interval = intervalAt(id);
  interval.start = start;
  interval.end = end;
  interval.priority = nextRandom();
  interval.entry = entry;
  root = insertInto(root, id);
  return id;
}

export function removeInterval(id: u32): void {
  const interval = intervalAt(id);
  root = removeFrom(root, id, interval.start);
  interval.entry = freeInterval;
  freeInterval = id;
}

/** Gives the interval new bounds. */
export function moveInterval(id: u32, start: u64, end: u64): void {
  const interval = intervalAt(id);
  root = removeFrom(root, id, interval.start);
  interval.start = start;
  interval.end = end;
  root = insertInto(root, id);
}

/** An interval that meets [start, end), 0 if there is none. */
export function findInterval(start: u64, end: u64): u32 {
  let id = root;
  while (id != 0) {
    const node = intervalAt(id);
    if (node.left != 0 && intervalAt(node.left).maxEnd > start) {
      // If nothing there meets the range, then some interval there begins behind it, and so does all to the right.
      id = node.left;
    } else if (node.start >= end) {
      return 0;
    } else if (node.end > start) {
      return id;
    } else {
      id = node.right;
    }
  }
  return 0;
}
