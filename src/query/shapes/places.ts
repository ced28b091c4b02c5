import {ChildTable} from '../../base/child-table.js';
import {type CallTree, createCallTree} from '../../tree/call-tree.js';
import {forEachBlock, getBlocks} from '../blocks.js';
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
  const {parts, allocators: allocatorOf} = splitByAllocator(input.stacks, input.shown);
  const {stacks, ends} = parts;
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

interface Parts {
  readonly stacks: StackSet;
  readonly ends: Int32Array;
}

/** Each shown location as one for each allocator of its blocks, in the order of the locations. */
function splitByAllocator(
  stacks: StackSet,
  shown: number,
): {readonly parts: Parts; readonly allocators: readonly number[]} {
  const {snapshot} = stacks;
  const {allocator, size, count} = getBlocks(snapshot);
  const parts = {
    location: [] as number[],
    bytes: [] as number[],
    allocations: [] as number[],
    end: [] as number[],
  };
  const allocators: number[] = [];
  const partOf = new ChildTable(shown);
  forEachBlock(snapshot, stacks.locations.subarray(0, shown), (index, block) => {
    let part = partOf.get(index, allocator[block]!);
    if (part < 0) {
      part = partOf.ensure(index, allocator[block]!, allocators.length);
      allocators.push(allocator[block]!);
      parts.location.push(stacks.locations[index]!);
      parts.end.push(stacks.ends[index]!);
      parts.bytes.push(0);
      parts.allocations.push(0);
    }
    parts.bytes[part]! += size[block]! * count[block]!;
    parts.allocations[part]! += count[block]!;
  });
  const {thread, stack, hiddenNative} = snapshot.locations;
  const pick = (values: Int32Array) => Int32Array.from(parts.location, location => values[location]!);
  const locations = {
    length: allocators.length,
    bytes: Float64Array.from(parts.bytes),
    allocations: Float64Array.from(parts.allocations),
    thread: pick(thread),
    stack: pick(stack),
    ...(hiddenNative && {hiddenNative: pick(hiddenNative)}),
  };
  const ends = Int32Array.from(parts.end);
  const numbers = ends.map((_, index) => index);
  return {
    parts: {stacks: {...stacks, snapshot: {...snapshot, locations}, locations: numbers, ends}, ends},
    allocators,
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
function findNameless({frames, strings}: Frames): number {
  const {length, function: name, file, line} = frames;
  for (let frame = 0; frame < length; frame++) {
    if (line[frame] === 0 && strings[name[frame]!] === '' && strings[file[frame]!] === '') return frame;
  }
  return -1;
}
