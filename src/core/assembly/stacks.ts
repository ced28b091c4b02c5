// Threads, frames and the stack tree. Every thread has a root node; a stack is a node, its callers are the
// parents. So a thread's current stack is one number, a push goes to a child, a pop to the parent.

import {addChild, findChild, hashFrame} from './children';
import {findCode} from './codes';
import {hashPair} from './hash';
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
  /** Where to find its children by their frames (children.ts). */
  children: usize;
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
const frameTable = changetype<Table>(memory.data(16, 8));
const threadTable = changetype<Table>(memory.data(16, 8));

/** The thread of the records that come, and its stack; 0 before the first context switch. */
export let currentThread: u32 = 0;
export let currentNode: usize = 0;

// The callers of the current stack's latest frames, so that a pop need not wait for the node that it leaves:
//
//   path      ring of PATH_NODES nodes; the caller of the current node lies before pathTop
//   pathNodes how many of them are known
const PATH_NODES: u32 = 64;
const path: usize = memory.data(64 * 4, 64);
let pathTop: u32 = 0;
let pathNodes: u32 = 0;

@inline
function pathAt(index: u32): usize {
  return path + (<usize>(index & (PATH_NODES - 1)) << 2);
}

/** The current stack gets one frame longer. */
@inline
function enter(node: usize): void {
  store<u32>(pathAt(pathTop++), <u32>currentNode);
  pathNodes = min(pathNodes + 1, PATH_NODES);
  currentNode = node;
}

export function initStacks(): void {
  nodes.init(MAX_NODES);
  frames.init(MAX_NODES);
  threads.init(MAX_THREADS);
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
  pathNodes = 0;
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
  node.children = 0;
  node.nextSibling = id;
  return id;
}

/**
 * Returns false if this is the first time that a frame of an unknown code object is met. Tried before the
 * table: the child that was met after the one entered last (a function goes on from line to line, and does so
 * again when it is called again), and that one itself: two thirds of all pushes and more.
 */
@inline
export function pushFrame(code: u64, position: u64): bool {
  const child = nodeAt(currentNode).lastChild;
  if (child != 0) {
    const sibling = nodeAt(child).nextSibling;
    if (hasFrame(sibling, code, position)) {
      nodeAt(currentNode).lastChild = sibling;
      enter(sibling);
      return true;
    }
    if (hasFrame(child, code, position)) {
      enter(child);
      return true;
    }
  }
  return enterChild(code, position);
}

@inline
export function hasFrame(id: usize, code: u64, position: u64): bool {
  const frame = frameAt(nodeAt(id).frame);
  return frame.code == code && frame.position == position;
}

/** Puts a new child after the one that was entered last. */
function addToRing(id: usize, last: usize): void {
  if (last == 0) return;
  nodeAt(id).nextSibling = nodeAt(last).nextSibling;
  nodeAt(last).nextSibling = id;
}

function enterChild(code: u64, position: u64): bool {
  const parent = currentNode;
  const hash = hashFrame(code, position);
  const known = findChild(parent, hash, code, position);
  if (known != 0) {
    nodeAt(parent).lastChild = known;
    enter(known);
    return true;
  }
  const before = frames.count;
  const frame = frameOf(hash, code, position);
  const id = addNode(parent, frame, nodeAt(parent).depth + 1);
  const last = nodeAt(parent).lastChild;
  addChild(parent, id, hash, last);
  addToRing(id, last);
  nodeAt(parent).lastChild = id;
  enter(id);
  return frames.count == before || findCode(code) != 0;
}

function frameOf(hash: u32, code: u64, position: u64): usize {
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
  if (count > pathNodes) return popUnknown(count);
  pathTop -= count;
  pathNodes -= count;
  currentNode = load<u32>(pathAt(pathTop));
  return true;
}

/** Pops more frames than the path holds. */
function popUnknown(count: u32): bool {
  let id = currentNode;
  while (count > 0) {
    const node = nodeAt(id);
    if (node.frame == 0) break;
    id = node.parent;
    count--;
  }
  currentNode = id;
  pathNodes = 0;
  return count == 0;
}
