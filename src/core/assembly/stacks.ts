// Threads, frames and the stack tree. Every thread has a root node; a stack is a node, its callers are the parents.
// So a thread's current stack is one number, a push goes to a child, a pop to the parent.

import {findCode} from './codes';
import {hashChild, hashPair} from './hash';
import {Pool} from './pool';
import {Slab} from './slab';
import {Table} from './table';

const MAX_NODES: u32 = 1 << 24;
const MAX_THREADS: u32 = 1 << 20;

@unmanaged
export class StackNode {
  parent: usize;
  /** 0 in a root. */
  frame: usize;
  /** The child that was entered last: mostly the next one again. */
  lastChild: usize;
  /** The children of a node form a ring in the order in which they were met. */
  nextSibling: usize;
  /** The location used last here (several if there are native stacks), 0 = none yet. */
  location: usize;
  /** 0 for a root, 1 for an outermost frame. */
  depth: u32;
  /** Index + 1 in the snapshot that is being made, else 0. */
  mark: u32;
  /** Makes two nodes fill a cache line, so that none lies in two. */
  private padding: u32;
}

@unmanaged
export class Frame {
  code: u64;
  /** Instruction offset (i32) << 1 | is entry frame. */
  position: u64;
}

@unmanaged
export class Thread {
  id: u64;
  /** A and M records so far, for temporary allocations. */
  allocations: u64;
  /** Its current stack. */
  node: usize;
}

const nodes = changetype<Slab<StackNode>>(memory.data(24, 8));
const frames = changetype<Slab<Frame>>(memory.data(24, 8));
const threads = changetype<Pool<Thread>>(memory.data(16, 8));
const childTable = changetype<Table>(memory.data(16, 8));
const frameTable = changetype<Table>(memory.data(16, 8));
const threadTable = changetype<Table>(memory.data(16, 8));

/** The thread of the records that come, and its stack; 0 before the first context switch. */
export let currentThread: u32 = 0;
export let currentNode: usize = 0;

export function initStacks(): void {
  nodes.init(MAX_NODES);
  frames.init(MAX_NODES);
  threads.init(MAX_THREADS);
  childTable.init(1024);
  frameTable.init(1024);
  threadTable.init(64);
}

@inline
export function nodeAt(node: usize): StackNode {
  return changetype<StackNode>(node);
}

@inline
export function frameAt(frame: usize): Frame {
  return changetype<Frame>(frame);
}

@inline
export function threadAt(id: u32): Thread {
  return threads.at(id);
}

export function threadCount(): u32 {
  return threads.count;
}

/** Goes on with the thread `id`, a new one if it was never met. */
export function switchThread(id: u64): void {
  if (currentThread != 0) threadAt(currentThread).node = currentNode;
  const hash = hashPair(id, 1);
  let offset = threadTable.home(hash);
  let found: u32 = 0;
  for (let slot = threadTable.slotAt(offset); slot != 0; slot = threadTable.slotAt(offset)) {
    if (<u32>slot == hash && threadAt(<u32>(slot >> 32)).id == id) {
      found = <u32>(slot >> 32);
      break;
    }
    offset = threadTable.next(offset);
  }
  if (found == 0) {
    found = threads.take();
    const thread = threadAt(found);
    thread.id = id;
    thread.allocations = 0;
    thread.node = addNode(0, 0, 0);
    threadTable.insert(hash, found);
  }
  currentThread = found;
  currentNode = threadAt(found).node;
}

function addNode(parent: usize, frame: usize, depth: u32): usize {
  const node = nodes.take();
  const id = changetype<usize>(node);
  node.parent = parent;
  node.frame = frame;
  node.lastChild = 0;
  node.location = 0;
  node.depth = depth;
  node.mark = 0;
  node.nextSibling = id;
  return id;
}

/**
 * Returns false if this is the first time that a frame of an unknown code object is met. Tried before the table: the
 * child that was met after the one entered last (a function goes on from line to line, and does so again when it is
 * called again), and that one itself: two thirds of all pushes and more.
 */
@inline
export function pushFrame(code: u64, position: u64): bool {
  const child = nodeAt(currentNode).lastChild;
  if (child != 0) {
    const sibling = nodeAt(child).nextSibling;
    if (hasFrame(sibling, code, position)) {
      nodeAt(currentNode).lastChild = sibling;
      currentNode = sibling;
      return true;
    }
    if (hasFrame(child, code, position)) {
      currentNode = child;
      return true;
    }
  }
  return enterChild(code, position);
}

@inline
function hasFrame(id: usize, code: u64, position: u64): bool {
  const frame = frameAt(nodeAt(id).frame);
  return frame.code == code && frame.position == position;
}

/** Puts a new child behind the one that was entered last. */
function addToRing(id: usize, last: usize): void {
  if (last == 0) return;
  nodeAt(id).nextSibling = nodeAt(last).nextSibling;
  nodeAt(last).nextSibling = id;
}

function enterChild(code: u64, position: u64): bool {
  const parent = currentNode;
  const hash = hashChild(<u32>parent / offsetof<StackNode>(), code, position);
  childTable.growIfFull();
  let offset = childTable.home(hash);
  for (let slot = childTable.slotAt(offset); slot != 0; slot = childTable.slotAt(offset)) {
    if (<u32>slot == hash) {
      const id = <usize>(slot >> 32);
      const node = nodeAt(id);
      const frame = frameAt(node.frame);
      if (node.parent == parent && frame.code == code && frame.position == position) {
        nodeAt(parent).lastChild = id;
        currentNode = id;
        return true;
      }
    }
    offset = childTable.next(offset);
  }
  const before = frames.count;
  const frame = frameOf(code, position);
  const id = addNode(parent, frame, nodeAt(parent).depth + 1);
  childTable.fill(offset, hash, <u32>id);
  addToRing(id, nodeAt(parent).lastChild);
  nodeAt(parent).lastChild = id;
  currentNode = id;
  return frames.count == before || findCode(code) != 0;
}

function frameOf(code: u64, position: u64): usize {
  const hash = hashPair(code, position);
  let offset = frameTable.home(hash);
  for (let slot = frameTable.slotAt(offset); slot != 0; slot = frameTable.slotAt(offset)) {
    if (<u32>slot == hash) {
      const frame = frameAt(<usize>(slot >> 32));
      if (frame.code == code && frame.position == position) return changetype<usize>(frame);
    }
    offset = frameTable.next(offset);
  }
  const frame = frames.take();
  frame.code = code;
  frame.position = position;
  frameTable.insert(hash, <u32>changetype<usize>(frame));
  return changetype<usize>(frame);
}

/** Returns false if there were fewer frames than are to be popped; the stack is then empty. */
@inline
export function popFrames(count: u32): bool {
  let id = currentNode;
  while (count > 0) {
    const node = nodeAt(id);
    if (node.frame == 0) break;
    id = node.parent;
    count--;
  }
  currentNode = id;
  return count == 0;
}
