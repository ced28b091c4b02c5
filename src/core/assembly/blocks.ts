// The blocks of the locations: how many there are of each (location, allocator, size). Only in a build of its
// own (scripts/build-core.mjs), where KEEPS_BLOCKS is 1, so that other loads pay nothing for it.
//
// The blocks of the peak, or of the leaks, are those that are alive at one moment: they are counted when it has
// come, all of them unless only some are wanted (born.ts). Those of temporary allocations, and of all allocations of the run, are counted one by one.

import {blockOf, MMAP, sizeOf} from './block';
import {isBorn} from './born';
import {hashPair} from './hash';
import {isLayered, LayeredMap} from './layered-maps';
import {List} from './list';
import {entryAt, Location, locationAt, locationCount} from './locations';
import {ownerLocation} from './map-owners';
import {sweepMaps, visitPieces} from './map-sweep';
import {allocateRegion, isExhausted, raiseBudget} from './memory';
import {Table} from './table';

/** Where the moment of the live blocks is the end of the records. */
const NEVER: u64 = <u64>-1;
const MAX_BLOCKS: u32 = 1 << 25;
/** With its slot, and what is free while they grow. How many there are is not bounded by the live allocations. */
const BYTES_PER_BLOCK: u64 = 96;
/** An allocation counts although it is freed, so the sum is not bounded by the heap. */
const MAX_BYTES: u64 = 1 << 53;
/** The pieces of layered maps may be as many as maps times spans: so many spans are looked at. */
const MAX_PIECE_STEPS: u64 = 1 << 27;

/** Blocks that are alike. */
@unmanaged
class Blocks {
  block: u64;
  count: u64;
  location: u32;
  hash: u32;
}

// Not static data, which would be in both builds.
let blocks = changetype<List<Blocks>>(0);
let table = changetype<Table>(0);
/** How many allocation records come before the moment of the live blocks. */
let moment: u64 = NEVER;
let isCounted: bool = false;
/** The latest that were counted: mostly there are more of them. */
let latest: u32 = 0;
let pieceSteps: u64 = 0;
let runBytes: u64 = 0;

/** Whether all allocations of the run are counted, freed or not. */
export let isRunView: bool = false;
/** Whether there was no room for all blocks. */
export let areBlocksCut: bool = false;

/** The blocks that are alive after so many allocation records; at the end if there are fewer. */
export function countLiveAt(records: u64): void {
  init();
  moment = records;
}

/** The blocks that a view of sums counts. */
export function countSums(isRun: bool): void {
  init();
  isRunView = isRun;
  isCounted = true;
}

function init(): void {
  blocks = changetype<List<Blocks>>(allocateRegion(offsetof<List<Blocks>>()));
  table = changetype<Table>(allocateRegion(offsetof<Table>()));
  blocks.init(MAX_BLOCKS);
  table.init(1024);
}

/** Called before each allocation record. */
@inline
export function passRecord(records: u64): void {
  if (records == moment) countLive();
}

/** No more records come. Returns whether there are blocks. */
export function finishBlocks(): bool {
  countLive();
  return !areBlocksCut;
}

function countLive(): void {
  if (isCounted) return;
  isCounted = true;
  for (let id: u32 = 1; id < locationCount(); id++) {
    const location = changetype<usize>(locationAt(id));
    for (let at = locationAt(id).next; at != location; at = entryAt(at).next) {
      const entry = entryAt(at);
      if (isBorn(entry.index)) countBlock(location, entry.block);
    }
  }
  if (isLayered) sweepMaps(false, countPieces);
}

function countPieces(map: LayeredMap): void {
  if (!isBorn(map.index)) return;
  if (pieceSteps > MAX_PIECE_STEPS) areBlocksCut = true;
  else pieceSteps += visitPieces(map, countPiece);
}

function countPiece(map: LayeredMap, bytes: u64): void {
  countBlock(ownerLocation(map.owner), blockOf(bytes, MMAP));
}

/** Whether the sum of the run stays exact with so many bytes more. */
export function hasRoomInRun(bytes: u64): bool {
  return bytes <= MAX_BYTES && runBytes + bytes <= MAX_BYTES;
}

/** An allocation of the run; its sums are where those of the peak would be. */
export function countInRun(location: Location, block: u64, index: u64): void {
  const bytes = sizeOf(block);
  runBytes += bytes;
  if (location.peakCount == 0) location.peakFirst = index;
  location.peakBytes += bytes;
  location.peakCount++;
  countBlock(changetype<usize>(location), block);
}

export function countBlock(location: usize, block: u64): void {
  if (latest < blocks.count && isAt(latest, location, block)) {
    blocks.at(latest).count++;
    return;
  }
  const hash = hashPair(block, location);
  table.growIfFull();
  let offset = table.home(hash);
  for (let slot = table.slotAt(offset); slot != 0; slot = table.slotAt(offset)) {
    latest = <u32>(slot >> 32) - 1;
    if (<u32>slot == hash && isAt(latest, location, block)) {
      blocks.at(latest).count++;
      return;
    }
    offset = table.next(offset);
  }
  raiseBudget(BYTES_PER_BLOCK);
  blocks.reserve(1);
  areBlocksCut = areBlocksCut || isExhausted;
  if (areBlocksCut) return;
  latest = blocks.count;
  const added = blocks.add();
  added.block = block;
  added.count = 1;
  added.location = <u32>location;
  added.hash = hash;
  table.fill(offset, hash, latest + 1);
}

@inline
function isAt(index: u32, location: usize, block: u64): bool {
  return blocks.at(index).block == block && blocks.at(index).location == <u32>location;
}

export function blockCount(): u32 {
  return blocks.count;
}

/** Where they lie: 6 words each. */
export function blocksAt(): u32 {
  return blocks.count == 0 ? 0 : <u32>changetype<usize>(blocks.at(0));
}
