// What is left of each of the layered maps, now or at the latest peak.
//
// A span belongs to the maps that cover it and are at least as old as its oldest. So the maps are gone
// through in the order of their records, and before each one the spans become active whose oldest map is not
// later: what is left of the map are the active spans between its start and its end. How many bytes they
// have, and how many pieces they form where they touch each other, are two sums over a stretch of the spans:
// Fenwick trees give them in logarithmic time.

import {peakRecords} from './heap';
import {LayeredMap, maps, RemovedSpan, removed} from './layered-maps';
import {List} from './list';
import {allSpans, Span, visitSpans} from './spans';

const MAX_PARTS: u32 = 1 << 24;

/** A span of the state that is looked at. */
@unmanaged
class Part {
  start: u64;
  end: u64;
  oldest: u64;
  isActive: bool;
  /** Whether it comes from the removed spans. */
  isRemoved: bool;
  /** Whether a map begins or ends at its start. */
  hasEdge: bool;
}

/** The parts by their oldest map. */
@unmanaged
class Turn {
  oldest: u64;
  part: u32;
}

/** Sums of a Fenwick tree. */
@unmanaged
class Sums {
  bytes: u64;
  /** Active parts that do not touch an active one before them. */
  heads: i32;
}

const parts = changetype<List<Part>>(memory.data(16, 8));
const turns = changetype<List<Turn>>(memory.data(16, 8));
const sums = changetype<List<Sums>>(memory.data(16, 8));
let isPeakSwept: bool = false;
let nextRemoved: u32 = 0;

/** What is left of the map that is visited. */
export let leftBytes: u64 = 0;
export let leftPieces: u64 = 0;
/** Its parts, where blocks are kept. */
let leftFrom: u32 = 0;
let leftTo: u32 = 0;

export function initSweep(): void {
  parts.init(MAX_PARTS);
  turns.init(MAX_PARTS);
  sums.init(MAX_PARTS);
}

/** Room for the sweep of so many spans. */
export function reserveSweep(spans: u32): void {
  parts.count = 0;
  turns.count = 0;
  sums.count = 0;
  parts.reserve(spans);
  turns.reserve(spans);
  sums.reserve(spans + 1);
}

/** Visits all maps of which something is left, in the order of their records. */
export function sweepMaps(isAtPeak: bool, visit: (map: LayeredMap) => void): void {
  collectParts(isAtPeak);
  let turn: u32 = 0;
  for (let i: u32 = 0; i < maps.count; i++) {
    const map = maps.at(i);
    if (isAtPeak && map.index >= peakRecords) break;
    for (; turn < turns.count && turns.at(turn).oldest <= map.index; turn++) activate(turns.at(turn).part);
    const first = partFrom(map.start);
    const end = partFrom(map.end);
    markEdge(first, map.start);
    markEdge(end, map.end);
    addUp(first, end);
    if (KEEPS_BLOCKS) {
      leftFrom = first;
      leftTo = end;
    }
    if (leftPieces > 0) visit(map);
  }
}

function collectParts(isAtPeak: bool): void {
  parts.count = 0;
  turns.count = 0;
  isPeakSwept = isAtPeak;
  nextRemoved = isAtPeak ? 0 : removed.count;
  if (isAtPeak) removed.sort();
  visitSpans(allSpans(), collectSpan);
  collectRemoved(<u64>-1);
  turns.sort();
  sums.clear(parts.count + 1);
}

function collectSpan(span: Span): void {
  if (isPeakSwept && span.oldest >= peakRecords) return;
  collectRemoved(span.start);
  addPart(span.start, span.end, span.oldest, false);
}

/** Adds the removed spans before this address. */
function collectRemoved(before: u64): void {
  for (; nextRemoved < removed.count && removed.at(nextRemoved).start < before; nextRemoved++) {
    const span = removed.at(nextRemoved);
    addPart(span.start, span.end, span.oldest, true);
  }
}

function addPart(start: u64, end: u64, oldest: u64, isRemoved: bool): void {
  const turn = turns.add();
  turn.oldest = oldest;
  turn.part = parts.count;
  const part = parts.add();
  part.start = start;
  part.end = end;
  part.oldest = oldest;
  part.isActive = false;
  part.isRemoved = isRemoved;
  part.hasEdge = false;
}

/** The first part that starts at `address` or after it. */
function partFrom(address: u64): u32 {
  let low: u32 = 0;
  let high = parts.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (parts.at(middle).start < address) low = middle + 1;
    else high = middle;
  }
  return low;
}

@inline
function markEdge(index: u32, address: u64): void {
  if (index < parts.count && parts.at(index).start == address) parts.at(index).hasEdge = true;
}

/** Whether the part is active, and so is one that ends where it starts. */
function isContinued(index: u32): bool {
  if (index == 0 || index >= parts.count) return false;
  const before = parts.at(index - 1);
  const part = parts.at(index);
  return part.isActive && before.isActive && before.end == part.start;
}

function activate(index: u32): void {
  const part = parts.at(index);
  part.isActive = true;
  addTo(index, part.end - part.start, isContinued(index) ? 0 : 1);
  if (isContinued(index + 1)) addTo(index + 1, 0, -1);
}

function addTo(index: u32, bytes: u64, heads: i32): void {
  for (let at = index + 1; at < sums.count; at += at & (0 - at)) {
    sums.at(at).bytes += bytes;
    sums.at(at).heads += heads;
  }
}

/** Adds up the active parts from `first` to before `end`. */
function addUp(first: u32, end: u32): void {
  leftBytes = 0;
  let heads: i32 = 0;
  for (let at = end; at > 0; at &= at - 1) {
    leftBytes += sums.at(at).bytes;
    heads += sums.at(at).heads;
  }
  for (let at = first; at > 0; at &= at - 1) {
    leftBytes -= sums.at(at).bytes;
    heads -= sums.at(at).heads;
  }
  // What lies before the map does not make its first part less of a piece.
  if (first < end && isContinued(first)) heads++;
  leftPieces = heads;
}

/** While a map is visited, where blocks are kept: visits the bytes of each piece. Returns how many parts it looked at. */
export function visitPieces(map: LayeredMap, visit: (map: LayeredMap, bytes: u64) => void): u32 {
  let bytes: u64 = 0;
  for (let index = leftFrom; index < leftTo; index++) {
    const part = parts.at(index);
    if (!part.isActive) continue;
    if (bytes > 0 && !isContinued(index)) {
      visit(map, bytes);
      bytes = 0;
    }
    bytes += part.end - part.start;
  }
  if (bytes > 0) visit(map, bytes);
  return leftTo - leftFrom;
}

/** After the sweep of the peak: joins removed spans that are parts of one. */
export function mergeRemoved(): void {
  removed.count = 0;
  for (let i: u32 = 0; i < parts.count; i++) {
    const part = parts.at(i);
    if (!part.isRemoved) continue;
    if (removed.count > 0 && !part.hasEdge) {
      const last = removed.at(removed.count - 1);
      if (last.end == part.start && last.oldest == part.oldest) {
        last.end = part.end;
        continue;
      }
    }
    const kept = removed.add();
    kept.start = part.start;
    kept.end = part.end;
    kept.oldest = part.oldest;
  }
}
