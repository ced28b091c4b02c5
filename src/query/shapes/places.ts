import {ChildTable} from '../../base/child-table.js';
import {type CallTree, createCallTree} from '../../tree/call-tree.js';
import {sumByAllocator} from '../blocks.js';
import type {Frames} from '../level.js';
import type {StackSet} from '../stack-set.js';
import {SyntheticFrames} from '../synthetic-frames.js';
import {LocationTreeBuilder} from './location-tree.js';
import type {ShapeInput} from './shape.js';

/**
 * A table: a row for each innermost frame and allocator, each block with its own allocator. Blocks without a frame have
 * rows too, of a frame without a name.
 */
export function buildPlaces(input: ShapeInput): CallTree {
  const {parts: stacks, allocators: allocatorOf} = splitByAllocator(input.stacks, input.shown);
  const {ends} = stacks;
  const {level, nameless} = addNameless(input.level, ends);
  const shown = ends.length;
  const builder = new LocationTreeBuilder({...input, stacks, level, shown}, shown + 2);
  const rows = new ChildTable(shown);
  const allocators: number[] = [0];
  const leaves = new Int32Array(shown);
  for (let index = 0; index < shown; index++) {
    const end = ends[index]!;
    const key = end < 0 ? nameless : level.keyOf[stacks.frame[end]!]!;
    const allocator = allocatorOf[index]!;
    const known = rows.get(key, allocator);
    const row = known >= 0 ? known : rows.ensure(key, allocator, builder.addNode(0, key));
    allocators[row] = allocator;
    if (end >= 0) builder.addFrame(row, stacks.frame[end]!);
    builder.addLocation(row, index);
    leaves[index] = row;
  }
  const tree = builder.finish(leaves);
  const columns = {
    ...tree,
    allocators: Uint8Array.from({length: tree.length}, (_, row) => allocators[row] ?? 0),
  };
  return createCallTree(columns, {getShares: tree.getThreadShares});
}

/** Each shown location as one for each allocator of its blocks, in the order of the locations. */
function splitByAllocator(
  stacks: StackSet,
  shown: number,
): {readonly parts: StackSet; readonly allocators: Uint8Array} {
  const {snapshot} = stacks;
  const sums = sumByAllocator(snapshot, stacks.locations.subarray(0, shown));
  const {thread, stack, hiddenNative} = snapshot.locations;
  const pick = (values: Int32Array) => sums.index.map(index => values[stacks.locations[index]!]!);
  const locations = {
    length: sums.index.length,
    bytes: sums.bytes,
    allocations: sums.allocations,
    thread: pick(thread),
    stack: pick(stack),
    ...(hiddenNative && {hiddenNative: pick(hiddenNative)}),
  };
  return {
    parts: {
      ...stacks,
      snapshot: {...snapshot, locations},
      locations: sums.index.map((_, part) => part),
      ends: sums.index.map(index => stacks.ends[index]!),
    },
    allocators: sums.allocator,
  };
}

/** With a frame for blocks without one, where there are such blocks. */
function addNameless(level: Frames, ends: Int32Array): {readonly level: Frames; readonly nameless: number} {
  if (!ends.some(end => end < 0)) return {level, nameless: -1};
  const recorded = findNameless(level);
  if (recorded >= 0) return {level, nameless: level.keyOf[recorded] ?? recorded};
  const synthetic = new SyntheticFrames(level);
  const nameless = synthetic.addNamed('');
  return {level: {...level, ...synthetic.finish()}, nameless};
}

/** A capture may hold such a frame, and levels make one of files without a name. */
function findNameless(level: Frames): number {
  for (let frame = 0; frame < level.frames.length; frame++) {
    if (isNameless(level, frame)) return frame;
  }
  return -1;
}

/** Whether a frame is like that of blocks without one. */
export function isNameless({frames, strings}: Pick<Frames, 'frames' | 'strings'>, frame: number): boolean {
  const {line, function: name, file} = frames;
  return line[frame] === 0 && strings[name[frame]!] === '' && strings[file[frame]!] === '';
}
