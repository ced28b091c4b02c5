// Two cells of the history become one, which keeps the higher of their highest moments.

import {Cell} from './cells';
import {putEntry, readAt, startEntries, startReading, takeSigned, takeVarint} from './history-entries';
import {List} from './list';
import {locationCount} from './locations';
import {allocateRegion, releaseRegion} from './memory';

/** How many entries were merged so far. */
export let mergedEntries: u64 = 0;

let cells = changetype<List<Cell>>(0);
let logStart: usize = 0;

/** A location that gains something in either of two cells. */
@unmanaged
class Listed {
  number: u32;
}

let listed = changetype<List<Listed>>(0);

/** What a location gains in both. */
@unmanaged
class Gain {
  bytes: i64;
  highBytes: i64;
  count: i32;
  highCount: i32;
  isListed: u32;
}

let gains: usize = 0;
let gainCapacity: u32 = 0;

@inline
function gainOf(number: u32): Gain {
  return changetype<Gain>(gains + <usize>number * offsetof<Gain>());
}

function reserveGains(): bool {
  if (changetype<usize>(listed) == 0) {
    listed = changetype<List<Listed>>(allocateRegion(offsetof<List<Listed>>()));
    listed.init(1 << 24);
  }
  const needed = locationCount();
  if (needed <= gainCapacity) return true;
  const bytes = <usize>gainCapacity * offsetof<Gain>();
  const capacity = needed + (needed >> 1) + 1024;
  const region = allocateRegion(<usize>capacity * offsetof<Gain>());
  if (region == 0) return false;
  if (gainCapacity != 0) releaseRegion(gains, bytes);
  memory.fill(region, 0, <usize>capacity * offsetof<Gain>());
  gains = region;
  gainCapacity = capacity;
  return true;
}

/** Whether a cell and the next one are short enough to become one. `start`: how many records come before them. */
@inline
function isPair(all: List<Cell>, index: u32, start: u64, maxRecords: u64): bool {
  return index + 1 < all.count && all.at(index + 1).records - start <= maxRecords;
}

/** How many pairs of neighbours would become one. */
export function countPairs(all: List<Cell>, maxRecords: u64): u32 {
  let pairs: u32 = 0;
  let start: u64 = 0;
  for (let index: u32 = 0; index < all.count; index++) {
    if (isPair(all, index, start, maxRecords)) {
      pairs++;
      index++;
    }
    start = all.at(index).records;
  }
  return pairs;
}

/**
 * Makes one cell of each two neighbours that have no more records than `maxRecords`, and writes their entries into another
 * region. Returns where these end, 0 if there is no memory.
 */
export function mergeCells(all: List<Cell>, log: usize, region: usize, maxRecords: u64): usize {
  if (!reserveGains()) return 0;
  cells = all;
  logStart = log;
  let at = region;
  let from = log;
  let start: u64 = 0;
  let kept: u32 = 0;
  const count = cells.count;
  for (let index: u32 = 0; index < count; index++) {
    const isFirst = isPair(all, index, start, maxRecords);
    at = isFirst ? mergePair(index, from, at) : copyCell(index, from, at);
    const last = cells.at(isFirst ? index + 1 : index);
    from = logStart + last.logEnd;
    start = last.records;
    const cell = cells.at(kept++);
    if (isFirst) joinCells(cell, index++);
    else cells.copy(index, kept - 1);
    cell.logEnd = <u32>(at - region);
  }
  cells.count = kept;
  return at;
}

function copyCell(index: u32, from: usize, to: usize): usize {
  const bytes = logStart + cells.at(index).logEnd - from;
  memory.copy(to, from, bytes);
  return to + bytes;
}

/** Whether the second of two cells has the higher moment; of equals the first counts. */
@inline
function isSecondHigher(index: u32): bool {
  return cells.at(index + 1).highBytes > cells.at(index).highBytes;
}

/** `cell` may be the first of both. */
function joinCells(cell: Cell, index: u32): void {
  const highest = cells.at(isSecondHigher(index) ? index + 1 : index);
  const highestRecords = highest.highRecords;
  const highestBytes = highest.highBytes;
  cell.records = cells.at(index + 1).records;
  cell.bytes = cells.at(index + 1).bytes;
  cell.highRecords = highestRecords;
  cell.highBytes = highestBytes;
}

/** Writes the entries of two cells as those of one. Returns where they end. */
function mergePair(index: u32, from: usize, to: usize): usize {
  const isSecond = isSecondHigher(index);
  listed.count = 0;
  startReading(from);
  addEntries(logStart + cells.at(index).logEnd, false, true);
  // The start of the second cell is the end of the first.
  if (isSecond) {
    for (let i: u32 = 0; i < listed.count; i++) {
      const gain = gainOf(listed.at(i).number);
      gain.highBytes = gain.bytes;
      gain.highCount = gain.count;
    }
  }
  addEntries(logStart + cells.at(index + 1).logEnd, true, isSecond);
  startEntries();
  for (let i: u32 = 0; i < listed.count; i++) {
    const number = listed.at(i).number;
    const gain = gainOf(number);
    to = putEntry(to, <i64>number, gain.count, gain.bytes, gain.highCount, gain.highBytes);
    memory.fill(changetype<usize>(gain), 0, offsetof<Gain>());
  }
  return to;
}

/** Adds the entries up to `end`. `hasHighest`: the highest moment of both cells is in this one. */
function addEntries(end: usize, isSecond: bool, hasHighest: bool): void {
  let number: i64 = 0;
  while (readAt < end) {
    const head = takeVarint();
    const form = head & 3;
    const step = head >> 2;
    number += <i64>(step >> 1) ^ -(<i64>(step & 1));
    mergedEntries++;
    const gain = gainOf(<u32>number);
    if (gain.isListed == 0) {
      gain.isListed = 1;
      listed.reserve(1);
      listed.add().number = <u32>number;
    }
    const count = form == 3 ? 0 : takeSigned();
    const bytes = form == 3 ? 0 : takeSigned();
    const highCount = form == 0 ? count : form == 1 ? 0 : takeSigned();
    const highBytes = form == 0 ? bytes : form == 1 ? 0 : takeSigned();
    if (hasHighest) {
      gain.highCount = gain.count + <i32>highCount;
      gain.highBytes = gain.bytes + highBytes;
    }
    gain.count += <i32>count;
    gain.bytes += bytes;
  }
}
