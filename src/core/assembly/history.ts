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
// moments.

import {Cell, Changed} from './cells';
import {allocationRecords, heapBytes} from './heap';
import {putEntry, startEntries} from './history-entries';
import {List} from './list';
import {advanceEpoch, Location} from './locations';
import {allocateRegion, releaseRegion} from './memory';
import {mergedEntries, mergeCells} from './merge-cells';
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
  if (cells.count == MAX_CELLS || (areCostly() && cells.count >= 2 * MIN_CELLS)) joinNeighbours();
  if (isKept) startCell();
}

function joinNeighbours(): void {
  const region = allocateRegion(logCapacity);
  const end = region == 0 ? <usize>0 : mergeCells(cells, log, region);
  if (end == 0) {
    breakOff();
    return;
  }
  releaseRegion(log, logCapacity);
  log = region;
  logBytes = <u32>(end - region);
  cellLength *= 2;
}

/** Whether fewer cells are enough, for what they cost. */
function areCostly(): bool {
  return logBytes > LOG_BYTES || entries + mergedEntries > FREE_ENTRIES + allocationRecords / RECORDS_PER_ENTRY;
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
  entries += changed.count;
  let at = log + logBytes;
  startEntries();
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
