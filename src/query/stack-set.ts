import {recall} from '../base/recall.js';
import type {FrameColumns, Snapshot} from '../heap/snapshot.js';
import {computeFrameFlags, DROPPED} from '../tree/frame-rules.js';

/**
 * The stacks of a snapshot while steps are applied to them: a prefix tree, and the locations that end in it. Different
 * nodes may stand for the same stack; they become one when the tree is built. Never changed in place.
 */
export interface StackSet {
  readonly snapshot: Snapshot;
  readonly length: number;
  /** The caller's node, −1 at the outermost frame; callers stand before what they call. */
  readonly prefix: Int32Array;
  /** Index into `frames`. */
  readonly frame: Int32Array;
  /** The frames of the snapshot first, then those that steps have made. */
  readonly frames: FrameColumns;
  readonly strings: readonly string[];
  /** IMPORT_SYSTEM, UNINTERESTING, NATIVE and DROPPED of each frame. */
  readonly flags: Uint8Array;
  /** Indices of the locations that are left, in the snapshot's order. */
  readonly locations: Int32Array;
  /** The innermost node of each of them, −1 where there is none. */
  readonly ends: Int32Array;
  /** The stacks that these were made of; null for those of the snapshot. */
  readonly origin: StackOrigin | null;
}

/** What became of the nodes of former stacks. */
export interface StackOrigin {
  readonly stacks: StackSet;
  /** For each node the new one that stands for it: itself, or what took its cost; −1 or GONE where there is none. */
  readonly placed: Int32Array;
  /** 1 for nodes that are there still. */
  readonly isKept: Uint8Array;
}

/** For a node that no location of the result may end at or below. */
export const GONE = -2;

/** All locations of a snapshot, with all their frames. */
export const createStackSet = recall((snapshot: Snapshot): StackSet => {
  const {locations, stacks, frames, strings} = snapshot;
  return {
    snapshot,
    ...stacks,
    frames,
    strings,
    flags: computeFrameFlags(frames, strings),
    locations: listNumbers(locations.length),
    ends: locations.stack,
    origin: null,
  };
});

/** The stacks with the frames that make nodes in memray's tree. */
export const dropInterpreterFrames = recall(
  (stacks: StackSet): StackSet => removeFrames(stacks, frame => isInterpreterFrame(stacks, frame)),
);

/** Whether a frame is one of the C functions of the interpreter that only a table shows. */
export function isInterpreterFrame({flags}: Pick<StackSet, 'flags'>, frame: number): boolean {
  return (flags[frame]! & DROPPED) !== 0;
}

function listNumbers(length: number): Int32Array {
  const numbers = new Int32Array(length);
  for (let index = 0; index < length; index++) numbers[index] = index;
  return numbers;
}

/** Whether one of the stacks has such a frame. Nodes of stacks that no location has any more do not count. */
export function hasFrame({prefix, frame, ends}: StackSet, isWanted: (frame: number) => boolean): boolean {
  const isSeen = new Uint8Array(prefix.length);
  for (const end of ends) {
    for (let node = end; node >= 0 && isSeen[node] === 0; node = prefix[node]!) {
      if (isWanted(frame[node]!)) return true;
      isSeen[node] = 1;
    }
  }
  return false;
}

/** 1 for each frame of the stacks. Nodes of stacks that no location has any more do not count. */
export function listFrames({prefix, frame, frames, ends}: StackSet): Uint8Array {
  const isThere = new Uint8Array(frames.length);
  const isSeen = new Uint8Array(prefix.length);
  for (const end of ends) {
    for (let node = end; node >= 0 && isSeen[node] === 0; node = prefix[node]!) {
      isSeen[node] = 1;
      isThere[frame[node]!] = 1;
    }
  }
  return isThere;
}

/** New nodes that stand for those of some stacks. */
export interface NewNodes extends Omit<StackOrigin, 'stacks'> {
  readonly length: number;
  readonly prefix: Int32Array;
  readonly frame: Int32Array;
}

/**
 * Makes new nodes one by one, callers first.
 * @param place what becomes of a node: the new node that stands for it, −1 (no frame is left) or GONE; `add` makes one.
 *   `above` is what became of its caller, −1 at the outermost frame.
 */
export function makeNodes(
  {length, prefix, frame}: Pick<StackSet, 'length' | 'prefix' | 'frame'>,
  place: (
    above: number,
    frame: number,
    add: (above: number, frame: number) => number,
    node: number,
  ) => number,
): NewNodes {
  const made = {prefix: new Int32Array(length), frame: new Int32Array(length)};
  const placed = new Int32Array(length);
  const isKept = new Uint8Array(length);
  let count = 0;
  const add = (above: number, added: number): number => {
    made.prefix[count] = above;
    made.frame[count] = added;
    return count++;
  };
  for (let node = 0; node < length; node++) {
    const caller = prefix[node]!;
    const known = count;
    placed[node] = place(caller < 0 ? -1 : placed[caller]!, frame[node]!, add, node);
    isKept[node] = Number(placed[node]! >= known);
  }
  return {
    length: count,
    prefix: made.prefix.subarray(0, count),
    frame: made.frame.subarray(0, count),
    placed,
    isKept,
  };
}

/**
 * The locations of some stacks on nodes that were made of theirs.
 * @param outside what becomes of locations without a frame
 */
export function moveToNodes(stacks: StackSet, nodes: NewNodes, outside = -1): StackSet {
  const {length, prefix, frame, placed, isKept} = nodes;
  const origin = {stacks, placed, isKept};
  return keepPlaced({...stacks, origin, length, prefix, frame}, stacks.ends, placed, outside);
}

/** Both in one: see `makeNodes` and `moveToNodes`. */
export function rebuildStacks(
  stacks: StackSet,
  place: Parameters<typeof makeNodes>[1],
  outside = -1,
): StackSet {
  return moveToNodes(stacks, makeNodes(stacks, place), outside);
}

/** The stacks without some frames: their cost stays with what called them. */
export function removeFrames(stacks: StackSet, isRemoved: (frame: number) => boolean): StackSet {
  const isGoing = new Uint8Array(stacks.frames.length);
  let count = 0;
  for (let frame = 0; frame < isGoing.length; frame++) {
    if (isRemoved(frame)) count += isGoing[frame] = 1;
  }
  if (count === 0) return stacks;
  return rebuildStacks(stacks, (above, frame, add) => (isGoing[frame] === 1 ? above : add(above, frame)));
}

/**
 * The locations whose node is not GONE.
 * @param ends of `stacks.locations`, in the old nodes
 * @param placed the new node of each old one
 * @param outside what becomes of locations without a frame
 */
export function keepPlaced(stacks: StackSet, ends: Int32Array, placed: Int32Array, outside = -1): StackSet {
  return keepLocations(stacks, index => (ends[index]! < 0 ? outside : placed[ends[index]!]!));
}

/** The locations for which `getEnd` does not say GONE, each with its new end. @param getEnd of an index in `stacks.locations` */
export function keepLocations(stacks: StackSet, getEnd: (index: number) => number): StackSet {
  const count = stacks.locations.length;
  const locations = new Int32Array(count);
  const ends = new Int32Array(count);
  let length = 0;
  for (let index = 0; index < count; index++) {
    const end = getEnd(index);
    if (end === GONE) continue;
    locations[length] = stacks.locations[index]!;
    ends[length++] = end;
  }
  return {...stacks, locations: locations.subarray(0, length), ends: ends.subarray(0, length)};
}
