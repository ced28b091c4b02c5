// What each location held in the course of the run: only in the build with KEEPS_HISTORY, so that other loads pay nothing
// for it.
//
// The run is divided into cells of equally many allocation records. Of each cell two states are kept: that at its end and
// that at its highest moment, as what has changed since the end of the cell before. Nothing is done for a location that
// does not change: as with the peak (locations.ts), its values are saved right before its first change after a moment
// that is kept. One number, the epoch, counts all such moments, so a change of a location that was changed before still
// costs one comparison.
//
//   cells   where the cells end, and their highest moments
//   log     for each cell the locations that have changed in it: varints, zig-zag where they are signed
//             step of the number << 2 | form · count at the end · bytes at the end · count at the highest · bytes there
//           form  0 the highest state is that at the end · 1 it is that at the start · 2 all four numbers · 3 the end is
//           the start: only the last two
//
// When there are too many cells, or the log is too long, neighbours become one, which keeps the higher of their highest
// moments.

import {allocationRecords, heapBytes} from './heap';
import {List} from './list';
import {advanceEpoch, Location, locationCount} from './locations';
import {allocateRegion, releaseRegion} from './memory';
import {updateStop} from './stops';

const MAX_CELLS: u32 = 1024;
/** Where they cost much, cells become one as long as so many are left. */
const MIN_CELLS: u32 = 64;
/** Entries that cost little: so many, and one for so many records. */
const FREE_ENTRIES: u64 = 1 << 20;
const RECORDS_PER_ENTRY: u64 = 8;
const LOG_BYTES: u32 = 16 << 20;
/** What fewer cells may take. */
const MAX_LOG_BYTES: u32 = 48 << 20;
const MAX_ENTRY_BYTES: u32 = 50;
const NEVER: u64 = <u64>-1;

@unmanaged
class Cell {
  /** Allocation records up to its end, and up to its highest moment. */
  records: u64;
  highRecords: u64;
  bytes: u64;
  highBytes: u64;
  /** Where its part of the log ends. */
  logEnd: u32;
}

/** A location that has changed since the present cell began, with what it held then and at the highest moment since. */
@unmanaged
class Changed {
  bytes: u64;
  highBytes: u64;
  count: u32;
  highCount: u32;
  location: u32;
}

// Not static data, which would be in all builds.
let cells = changetype<List<Cell>>(0);
let changed = changetype<List<Changed>>(0);
let log: usize = 0;
let logBytes: u32 = 0;
let logCapacity: u32 = 0;

/** Whether what locations hold is being kept. */
export let isKept: bool = false;
/** Whether there was no memory for more, or the mapped ranges could not be followed any longer. */
export let isCutShort: bool = false;
/** How many allocation records end the present cell. */
export let cellEnd: u64 = NEVER;
let cellLength: u64 = 1;
let cellStart: u64 = 0;
/** Entries that were collected, or merged, so far. */
let entries: u64 = 0;

/** The epochs in which the present cell began, and in which its highest moment was. */
let cellEpoch: u64 = 0;
let highEpoch: u64 = 0;
let highRecords: u64 = 0;
/** The highest heap so far of the present cell, and since the latest memory record. */
let cellBest: u64 = 0;
let recentBest: u64 = 0;
/** A heap above it is a new highest one of either. */
export let lowerBest: u64 = NEVER;

/** To be called before the first record. */
export function keepHistory(): void {
  cells = changetype<List<Cell>>(allocateRegion(offsetof<List<Cell>>()));
  changed = changetype<List<Changed>>(allocateRegion(offsetof<List<Changed>>()));
  cells.init(MAX_CELLS + 1);
  changed.init(1 << 24);
  isKept = true;
  startCell();
  updateStop();
}

/** Before a location changes for the first time after a moment that is kept. `stamp`: the epoch of its last change. */
export function saveForHistory(location: Location, stamp: u64): void {
  if (stamp >= highEpoch) return;
  if (stamp < cellEpoch) {
    addChanged(location);
    return;
  }
  const values = changed.at(location.changed);
  values.highBytes = location.liveBytes;
  values.highCount = location.liveCount;
}

@inline
function addChanged(location: Location): void {
  location.changed = changed.count;
  changed.reserve(1);
  const values = changed.add();
  values.bytes = values.highBytes = location.liveBytes;
  values.count = values.highCount = location.liveCount;
  values.location = <u32>changetype<usize>(location);
}

/** Before bytes are taken from a heap above `lowerBest`. */
export function passEdge(): void {
  if (heapBytes > recentBest) recentBest = heapBytes;
  if (isKept && heapBytes > cellBest) noteHighest(allocationRecords);
  lowerBest = isKept ? min(recentBest, cellBest) : recentBest;
}

/** The highest heap since this was asked before; to be called at each memory record. */
export function takeRecentBest(): u64 {
  const best = max(recentBest, heapBytes);
  recentBest = heapBytes;
  lowerBest = isKept ? min(recentBest, cellBest) : recentBest;
  return best;
}

function noteHighest(records: u64): void {
  cellBest = heapBytes;
  highRecords = records;
  highEpoch = advanceEpoch();
}

function startCell(): void {
  cellStart = allocationRecords;
  cellEnd = allocationRecords + cellLength;
  cellEpoch = advanceEpoch();
  highEpoch = cellEpoch;
  cellBest = heapBytes;
  highRecords = allocationRecords;
  lowerBest = min(recentBest, cellBest);
  changed.count = 0;
}

/** The cell ends here, between two records. */
export function endCell(): void {
  addCell(allocationRecords);
  if (!isKept) return;
  if (cells.count == MAX_CELLS || (areCostly() && cells.count >= 2 * MIN_CELLS)) mergeCells();
  if (isKept) startCell();
}

/** Whether fewer cells are enough, for what they cost. */
function areCostly(): bool {
  return logBytes > LOG_BYTES || entries > FREE_ENTRIES + allocationRecords / RECORDS_PER_ENTRY;
}

function addCell(records: u64): void {
  if (heapBytes > cellBest) noteHighest(records);
  if (!reserveLog(changed.count * MAX_ENTRY_BYTES)) {
    breakOff();
    return;
  }
  writeChanged();
  const cell = cells.add();
  cell.records = records;
  cell.highRecords = highRecords;
  cell.bytes = heapBytes;
  cell.highBytes = cellBest;
  cell.logEnd = logBytes;
}

/** Ends the present cell if anything has come since it began: for the end of the records. */
export function endCellNow(): void {
  if (isKept && (allocationRecords > cellStart || cells.count == 0)) endCell();
}

/** Nothing more is kept; what was kept so far stays. */
function breakOff(): void {
  isKept = false;
  isCutShort = true;
  cellEnd = NEVER;
  lowerBest = recentBest;
  updateStop();
}

/** The mapped ranges are about to move where their locations do not tell what is left of them. */
export function endHistory(): void {
  if (!isKept) return;
  addCell(allocationRecords + 1);
  breakOff();
}

function reserveLog(bytes: u32): bool {
  if (logBytes + bytes <= logCapacity) return true;
  let capacity = max<u32>(logCapacity, 1 << 16);
  while (capacity < logBytes + bytes) capacity *= 2;
  const region: usize = capacity > MAX_LOG_BYTES * 2 ? 0 : allocateRegion(capacity);
  if (region == 0) return false;
  if (logCapacity != 0) {
    memory.copy(region, log, logBytes);
    releaseRegion(log, logCapacity);
  }
  log = region;
  logCapacity = capacity;
  return true;
}

@inline
function putVarint(at: usize, value: u64): usize {
  while (value >= 128) {
    store<u8>(at++, <u8>(value | 128));
    value >>= 7;
  }
  store<u8>(at++, <u8>value);
  return at;
}

@inline
function zigZag(value: i64): u64 {
  return (<u64>value << 1) ^ <u64>(value >> 63);
}

@inline
function putSigned(at: usize, value: i64): usize {
  return putVarint(at, zigZag(value));
}

/** The number of the location that the latest entry is about. */
let lastNumber: i64 = 0;

/** What has changed since the start of a cell, up to its end and up to its highest moment. */
@inline
function putEntry(at: usize, number: i64, count: i64, bytes: i64, highCount: i64, highBytes: i64): usize {
  const isEnd = count == highCount && bytes == highBytes;
  const isStart = highCount == 0 && highBytes == 0;
  const isBack = count == 0 && bytes == 0;
  if (isBack && isStart) return at;
  const form: u64 = isEnd ? 0 : isStart ? 1 : isBack ? 3 : 2;
  at = putVarint(at, (zigZag(number - lastNumber) << 2) | form);
  lastNumber = number;
  if (form != 3) {
    at = putSigned(at, count);
    at = putSigned(at, bytes);
  }
  if (form >= 2) {
    at = putSigned(at, highCount);
    at = putSigned(at, highBytes);
  }
  return at;
}

function writeChanged(): void {
  entries += changed.count;
  let at = log + logBytes;
  lastNumber = 0;
  for (let i: u32 = 0; i < changed.count; i++) {
    const values = changed.at(i);
    const location = changetype<Location>(<usize>values.location);
    const count = <i64>location.liveCount - <i64>values.count;
    const bytes = <i64>(location.liveBytes - values.bytes);
    const isHigh = location.stamp < highEpoch;
    const highCount = isHigh ? count : <i64>values.highCount - <i64>values.count;
    const highBytes = isHigh ? bytes : <i64>(values.highBytes - values.bytes);
    at = putEntry(at, <i64>location.id, count, bytes, highCount, highBytes);
  }
  logBytes = <u32>(at - log);
}

// Two cells become one.

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
let readAt: usize = 0;

@inline
function gainOf(number: u32): Gain {
  return changetype<Gain>(gains + <usize>number * offsetof<Gain>());
}

@inline
function takeVarint(): u64 {
  let value: u64 = 0;
  let shift: u64 = 0;
  let byte: u64 = 0;
  do {
    byte = load<u8>(readAt++);
    value |= (byte & 127) << shift;
    shift += 7;
  } while (byte >= 128);
  return value;
}

@inline
function takeSigned(): i64 {
  const value = takeVarint();
  return <i64>(value >> 1) ^ -(<i64>(value & 1));
}

function reserveGains(): bool {
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

function mergeCells(): void {
  const region = reserveGains() ? allocateRegion(logCapacity) : 0;
  if (region == 0) {
    breakOff();
    return;
  }
  let at = region;
  let from = log;
  const count = cells.count;
  for (let index: u32 = 0; index < count; index += 2) {
    const isPair = index + 1 < count;
    at = isPair ? mergePair(index, from, at) : copyCell(index, from, at);
    from = log + cells.at(isPair ? index + 1 : index).logEnd;
    const cell = cells.at(index >> 1);
    if (isPair) joinCells(cell, index);
    else cells.copy(index, index >> 1);
    cell.logEnd = <u32>(at - region);
  }
  cells.count = (count + 1) >> 1;
  releaseRegion(log, logCapacity);
  log = region;
  logBytes = <u32>(at - region);
  cellLength *= 2;
}

function copyCell(index: u32, from: usize, to: usize): usize {
  const bytes = log + cells.at(index).logEnd - from;
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
  changed.count = 0;
  readAt = from;
  addEntries(log + cells.at(index).logEnd, false, true);
  // The start of the second cell is the end of the first.
  if (isSecond) {
    for (let i: u32 = 0; i < changed.count; i++) {
      const gain = gainOf(changed.at(i).location);
      gain.highBytes = gain.bytes;
      gain.highCount = gain.count;
    }
  }
  addEntries(log + cells.at(index + 1).logEnd, true, isSecond);
  lastNumber = 0;
  for (let i: u32 = 0; i < changed.count; i++) {
    const number = changed.at(i).location;
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
    entries++;
    const gain = gainOf(<u32>number);
    if (gain.isListed == 0) {
      gain.isListed = 1;
      changed.reserve(1);
      changed.add().location = <u32>number;
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

export function cellCount(): u32 {
  return cells.count;
}
export function cellsAt(): u32 {
  return cells.count == 0 ? 0 : <u32>changetype<usize>(cells.at(0));
}
export function logAt(): u32 {
  return <u32>log;
}
export function logLength(): u32 {
  return logBytes;
}
