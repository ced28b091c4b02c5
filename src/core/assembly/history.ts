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
//   log     for each cell the locations that have changed in it (history-entries.ts)
//
// When there are too many cells, or the log is too long, neighbours become one, which keeps the higher of their highest
// moments. Where many locations change in each cell, cells that are still to come get longer instead: those before stay
// as they are, since joining them costs as much as they did. So cells have no more than a 64th of all records each.

import {Cell, Changed} from './cells';
import {allocationRecords, heapBytes} from './heap';
import {putEntry, startEntries} from './history-entries';
import {List} from './list';
import {advanceEpoch, Location} from './locations';
import {allocateRegion, releaseRegion} from './memory';
import {countPairs, mergedEntries, mergeCells} from './merge-cells';
import {updateStop} from './stops';

const MAX_CELLS: u32 = 1024;
/** Where they cost much, cells become one as long as so many are left. */
const MIN_CELLS: u64 = 64;
/** Entries that cost little: so many, and one for so many records. */
const FREE_ENTRIES: u64 = 1 << 18;
const RECORDS_PER_ENTRY: u64 = 8;
const LOG_BYTES: u32 = 16 << 20;
/** What fewer cells may take. */
const MAX_LOG_BYTES: u32 = 48 << 20;
const MAX_ENTRY_BYTES: u32 = 50;
/** By so much the entries of a pair of cells may be longer than before. */
const MAX_STEP_BYTES: u32 = 16;
const NEVER: u64 = <u64>-1;

// Not static data, which would be in all builds.
let cells = changetype<List<Cell>>(0);
let changed = changetype<List<Changed>>(0);
/** How many there may be before somebody has to look. */
let changedRoom: u32 = 0;
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
/** Entries that were collected so far. */
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
  const index = changed.count;
  if (index == changedRoom) makeChangedRoom();
  const values = changed.add();
  location.changed = index;
  values.bytes = values.highBytes = location.liveBytes;
  values.count = values.highCount = location.liveCount;
  values.location = <u32>changetype<usize>(location);
}

function makeChangedRoom(): void {
  changed.reserve(1);
  changedRoom = changed.room;
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
  const isFull = cells.count == MAX_CELLS || logBytes > LOG_BYTES;
  if ((areCostly() || (isFull && !hasShortCells())) && canBeLonger()) cellLength *= 2;
  if (isFull && hasShortCells()) joinShortCells();
  if (isKept) startCell();
}

/** Whether enough cells are left if they get twice as long. Where there is no room for more, they have to. */
function canBeLonger(): bool {
  return allocationRecords >= 2 * MIN_CELLS * cellLength || cells.count == MAX_CELLS;
}

/** Whether it is worthwhile to join those that are shorter than the cells of now. */
function hasShortCells(): bool {
  return countPairs(cells, cellLength) >= cells.count >> 2;
}

function joinShortCells(): void {
  if (!reserveLog(cells.count * MAX_STEP_BYTES)) {
    breakOff();
    return;
  }
  const region = allocateRegion(logCapacity);
  const end = region == 0 ? <usize>0 : mergeCells(cells, log, region, cellLength);
  if (end == 0) {
    breakOff();
    return;
  }
  releaseRegion(log, logCapacity);
  log = region;
  logBytes = <u32>(end - region);
}

/** Whether fewer cells are enough, for what they cost. */
function areCostly(): bool {
  return entries + mergedEntries > FREE_ENTRIES + allocationRecords / RECORDS_PER_ENTRY;
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

function writeChanged(): void {
  const count = changed.count;
  entries += count;
  let at = log + logBytes;
  startEntries();
  for (let i: u32 = 0; i < count; i++) {
    const values = changed.at(i);
    const location = changetype<Location>(<usize>values.location);
    const gainedCount = <i64>location.liveCount - <i64>values.count;
    const gainedBytes = <i64>(location.liveBytes - values.bytes);
    const isHigh = location.stamp < highEpoch;
    const highCount = isHigh ? gainedCount : <i64>values.highCount - <i64>values.count;
    const highBytes = isHigh ? gainedBytes : <i64>(values.highBytes - values.bytes);
    // Most of what comes and goes is as it was before. One question, as each may be guessed wrong.
    if ((gainedCount | gainedBytes | highCount | highBytes) == 0) continue;
    at = putEntry(at, <i64>location.id, gainedCount, gainedBytes, highCount, highBytes);
  }
  logBytes = <u32>(at - log);
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
