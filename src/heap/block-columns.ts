import {partitionPoint} from '../base/partition-point.js';
import type {BlockCoreExports} from '../core/block-core.js';
import type {BlockColumns} from './snapshot.js';

/** The core's rows: size and allocator u64, count u64, address of the location u32, hash u32. */
const ROW_WORDS = 6;
/** The highest byte of the first pair of words is the allocator, the rest is the size. */
const ALLOCATOR_SHIFT = 24;
const SIZE_MASK = 0xffffff;
/** All numbers of allocators are below it. */
const MAX_ALLOCATORS = 16;

/** Blocks in any order, with gaps in the numbers of their locations; the same ones may be there several times. */
interface BlockRows {
  readonly length: number;
  /** Negative where the row is left out. */
  getLocation(row: number): number;
  getAllocator(row: number): number;
  getSize(row: number): number;
  getCount(row: number): number;
}

/**
 * The blocks of some locations, in their order.
 * @param addresses of the locations in the core
 */
export function readBlocks(core: BlockCoreExports, addresses: readonly number[]): BlockColumns {
  const locationOf = new Map(addresses.map((address, location) => [address, location]));
  const length = locationOf.size === 0 ? 0 : core.blockCount() >>> 0;
  const start = core.blocksAt() >>> 0;
  const words = new Uint32Array(core.memory.buffer, start, length * ROW_WORDS);
  const wordOf = (row: number, word: number): number => words[row * ROW_WORDS + word]!;
  return sortBlocks({
    length,
    getLocation: row => locationOf.get(wordOf(row, 4)) ?? -1,
    getAllocator: row => wordOf(row, 1) >>> ALLOCATOR_SHIFT,
    getSize: row => (wordOf(row, 1) & SIZE_MASK) * 2 ** 32 + wordOf(row, 0),
    getCount: row => wordOf(row, 3) * 2 ** 32 + wordOf(row, 2),
  });
}

/** Where blocks come from: of each of its locations the one that they belong to, negative to leave them out. */
export interface BlockPart {
  readonly blocks: BlockColumns;
  readonly locations: Int32Array;
}

/** The blocks of several parts; those that are alike are added up. */
export function joinBlocks(parts: readonly BlockPart[]): BlockColumns {
  const starts: number[] = [];
  let length = 0;
  for (const {blocks} of parts) {
    starts.push(length);
    length += blocks.length;
  }
  const find = <T>(row: number, get: (part: BlockPart, own: number) => T): T => {
    const part = partitionPoint(0, starts.length, index => starts[index]! <= row) - 1;
    return get(parts[part]!, row - starts[part]!);
  };
  return sortBlocks({
    length,
    getLocation: row => find(row, ({blocks, locations}, own) => locations[blocks.location[own]!]!),
    getAllocator: row => find(row, ({blocks}, own) => blocks.allocator[own]!),
    getSize: row => find(row, ({blocks}, own) => blocks.size[own]!),
    getCount: row => find(row, ({blocks}, own) => blocks.count[own]!),
  });
}

function sortBlocks(rows: BlockRows): BlockColumns {
  const {order, group, size} = orderRows(rows);
  const isFirst = (row: number, at: number): boolean => {
    const before = order[at - 1]!;
    return at === 0 || group[before] !== group[row] || size[before] !== size[row];
  };
  const firsts = order.filter(isFirst);
  const count = new Float64Array(firsts.length);
  let last = -1;
  for (const row of order) {
    if (row === firsts[last + 1]) last++;
    count[last]! += rows.getCount(row);
  }
  return {
    length: firsts.length,
    location: Int32Array.from(firsts, row => Math.floor(group[row]! / MAX_ALLOCATORS)),
    allocator: Uint8Array.from(firsts, row => group[row]! % MAX_ALLOCATORS),
    size: Float64Array.from(firsts, row => size[row]!),
    count,
  };
}

/** Those that are not left out, by location, allocator and size. `group`: both of the former in one. */
function orderRows({length, getLocation, getAllocator, getSize}: BlockRows) {
  const group = new Int32Array(length);
  const size = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    const location = getLocation(row);
    group[row] = location < 0 ? -1 : location * MAX_ALLOCATORS + getAllocator(row);
    size[row] = getSize(row);
  }
  const ends = new Int32Array(group.reduce((most, one) => Math.max(most, one), -1) + 2);
  for (const one of group) if (one >= 0) ends[one + 1]!++;
  for (let one = 1; one < ends.length; one++) ends[one]! += ends[one - 1]!;
  const order = new Uint32Array(ends.at(-1)!);
  // Filling a group moves its start to its end.
  for (let row = 0; row < length; row++) if (group[row]! >= 0) order[ends[group[row]!]!++] = row;
  let start = 0;
  for (const end of ends) {
    if (end - start > 1) order.subarray(start, end).sort((a, b) => size[a]! - size[b]!);
    start = end;
  }
  return {order, group, size};
}

/** The blocks of the first locations; columns are shared, not copied. */
export function cutBlocks(
  {location, allocator, size, count, ...blocks}: BlockColumns,
  locations: number,
): BlockColumns {
  const length = partitionPoint(0, blocks.length, row => location[row]! < locations);
  return {
    length,
    location: location.subarray(0, length),
    allocator: allocator.subarray(0, length),
    size: size.subarray(0, length),
    count: count.subarray(0, length),
  };
}

/** The blocks of some of the locations, in the order in which they are named. */
export function pickBlocks(blocks: BlockColumns, chosen: Int32Array): BlockColumns {
  const last = blocks.length === 0 ? -1 : blocks.location[blocks.length - 1]!;
  const locations = new Int32Array(last + 1).fill(-1);
  chosen.forEach((location, index) => {
    if (location <= last) locations[location] = index;
  });
  return joinBlocks([{blocks, locations}]);
}
