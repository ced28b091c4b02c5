import {recall} from '../base/recall.js';
import {ALLOCATORS} from '../heap/allocators.js';
import type {BlockColumns, CaptureInfo, RunColumns, Snapshot} from '../heap/snapshot.js';
import type {StackSet} from './stack-set.js';

/** The names of the allocators that a block can have. */
export const BLOCK_ALLOCATORS = ALLOCATORS.filter(name => name !== '' && !/free$|^munmap$/.test(name));

/** @throws Error where they were not read: see `lacksBlocks` */
export function getBlocks({blocks}: Pick<Snapshot, 'blocks'>): BlockColumns {
  if (blocks === undefined) throw new Error('the blocks of this snapshot were not read');
  return blocks;
}

/**
 * The stacks with some of their blocks only. Locations without any are gone, and the biggest come first again.
 * @param isKept `capture`: whose block it is, where captures are compared; else that of the snapshot
 */
export function keepBlocks(
  stacks: StackSet,
  isKept: (block: number, capture: CaptureInfo) => boolean,
): StackSet {
  const {snapshot} = stacks;
  const all = getBlocks(snapshot);
  const {capture} = snapshot;
  const owners = snapshot.runs?.map(({part}) => capture.parts?.[part]?.capture ?? capture) ?? [capture];
  const blocks = pickBlocks(all, block => owners.some(owner => isKept(block, owner)));
  const {bytes, allocations} = sumBlocks(blocks, snapshot.locations.length);
  const runs = snapshot.runs?.map((run, index) =>
    keepRunBlocks(run, all, block => isKept(block, owners[index]!)),
  );
  const left = Int32Array.from(stacks.locations.keys()).filter(
    index => allocations[stacks.locations[index]!]! > 0,
  );
  // Equals in the order of the snapshot, whatever was kept before.
  left.sort((a, b) => {
    const [first, second] = [stacks.locations[a]!, stacks.locations[b]!];
    return bytes[second]! - bytes[first]! || first - second;
  });
  return {
    ...stacks,
    snapshot: {
      ...snapshot,
      blocks,
      locations: {...snapshot.locations, bytes, allocations},
      ...(runs && {runs}),
    },
    locations: left.map(index => stacks.locations[index]!),
    ends: left.map(index => stacks.ends[index]!),
  };
}

/** The bytes and the allocations of each of so many locations. */
function sumBlocks({length, location, size, count}: BlockColumns, locations: number) {
  const bytes = new Float64Array(locations);
  const allocations = new Float64Array(locations);
  for (let block = 0; block < length; block++) {
    bytes[location[block]!]! += size[block]! * count[block]!;
    allocations[location[block]!]! += count[block]!;
  }
  return {bytes, allocations};
}

/** @param all the blocks of all runs, of which `isKept` is asked */
function keepRunBlocks(run: RunColumns, all: BlockColumns, isKept: (block: number) => boolean): RunColumns {
  const own = getBlocks(run);
  const kept = new Uint8Array(own.length);
  matchBlocks(all, own, (block, ofRun) => {
    if (isKept(block)) kept[ofRun] = 1;
  });
  const blocks = pickBlocks(own, block => kept[block] === 1);
  const {bytes, allocations} = sumBlocks(
    blocks,
    run.location.reduce((most, one) => Math.max(most, one), -1) + 1,
  );
  const left = Int32Array.from(run.location.keys()).filter(index => allocations[run.location[index]!]! > 0);
  left.sort((a, b) => bytes[run.location[b]!]! - bytes[run.location[a]!]! || a - b);
  const location = left.map(index => run.location[index]!);
  return {
    ...run,
    length: location.length,
    location,
    bytes: Float64Array.from(location, each => bytes[each]!),
    allocations: Float64Array.from(location, each => allocations[each]!),
    blocks,
  };
}

/** Visits each block of a run with the one of all runs that it is a part of. Both are in the same order. */
function matchBlocks(
  all: BlockColumns,
  own: BlockColumns,
  visit: (block: number, ofRun: number) => void,
): void {
  let block = 0;
  for (let ofRun = 0; ofRun < own.length; ofRun++) {
    while (
      block < all.length &&
      (all.location[block] !== own.location[ofRun] ||
        all.allocator[block] !== own.allocator[ofRun] ||
        all.size[block] !== own.size[ofRun])
    ) {
      block++;
    }
    if (block < all.length) visit(block, ofRun);
  }
}

function pickBlocks({location, allocator, size, count}: BlockColumns, isKept: (block: number) => boolean) {
  const kept = Int32Array.from(location.keys()).filter(isKept);
  return {
    length: kept.length,
    location: kept.map(block => location[block]!),
    allocator: Uint8Array.from(kept, block => allocator[block]!),
    size: Float64Array.from(kept, block => size[block]!),
    count: Float64Array.from(kept, block => count[block]!),
  };
}

/** For each location its first block, and at the end how many blocks there are. */
const indexBlocks = recall(({location, length}: BlockColumns, locations: number): Int32Array => {
  const first = new Int32Array(locations + 1);
  for (let block = 0; block < length; block++) first[location[block]! + 1]!++;
  for (let index = 0; index < locations; index++) first[index + 1]! += first[index]!;
  return first;
});

/** Visits the blocks of some locations of a snapshot. @param visit `index` is one of `locations` */
export function forEachBlock(
  snapshot: Snapshot,
  locations: Int32Array,
  visit: (index: number, block: number) => void,
): void {
  const first = indexBlocks(getBlocks(snapshot), snapshot.locations.length);
  for (let index = 0; index < locations.length; index++) {
    const location = locations[index]!;
    for (let block = first[location]!; block < first[location + 1]!; block++) visit(index, block);
  }
}

/** The blocks of locations, added up: a row for each allocator of a location, in the order of the locations. */
export interface AllocatorSums {
  /** Which of the locations, as an index into what was given. */
  readonly index: Int32Array;
  /** memray's number (`../heap/allocators.ts`). */
  readonly allocator: Uint8Array;
  readonly bytes: Float64Array;
  readonly allocations: Float64Array;
}

export function sumByAllocator(snapshot: Snapshot, locations: Int32Array): AllocatorSums {
  const {allocator, size, count} = getBlocks(snapshot);
  const rows = {
    index: [] as number[],
    allocator: [] as number[],
    bytes: [] as number[],
    allocations: [] as number[],
  };
  /** For each allocator its latest row. */
  const latest = new Int32Array(ALLOCATORS.length).fill(-1);
  forEachBlock(snapshot, locations, (index, block) => {
    const number = allocator[block]!;
    if (latest[number]! < 0 || rows.index[latest[number]!] !== index) {
      latest[number] = rows.index.push(index) - 1;
      rows.allocator.push(number);
      rows.bytes.push(0);
      rows.allocations.push(0);
    }
    rows.bytes[latest[number]!]! += size[block]! * count[block]!;
    rows.allocations[latest[number]!]! += count[block]!;
  });
  return {
    index: Int32Array.from(rows.index),
    allocator: Uint8Array.from(rows.allocator),
    bytes: Float64Array.from(rows.bytes),
    allocations: Float64Array.from(rows.allocations),
  };
}
