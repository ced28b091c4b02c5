// Maps above each other. The tree of intervals.ts has an item for each piece that is left of a map: a hole in
// n maps costs n steps, and n items more. Once such holes were frequent, all mapped ranges move here, where a
// hole costs the same whatever lies above each other:
//
//   maps       the ranges as they were mapped, in the order of their records
//   spans      which addresses are mapped, and by which of the maps (spans.ts)
//   removed    the spans of the latest peak that are gone
//
// A record changes the spans alone. What is left of each map, and so what a location holds, is computed from
// the three when it is asked for (map-sweep.ts). Maps of which nothing is left are dropped from time to time.

import {isBorn} from './born';
import {allocationRecords, peakRecords} from './heap';
import {findInterval, foundEntry, foundStart, removeFound} from './intervals';
import {List} from './list';
import {Entry, entryAt, Location, peakNumber, releaseEntry, unlinkEntry} from './locations';
import {addToOwner, clearOwners, initOwners, ownerNumberOf} from './map-owners';
import {initSweep, leftBytes, leftPieces, mergeRemoved, reserveSweep, sweepMaps} from './map-sweep';
import {isExhausted} from './memory';
import {addToSpans, initSpans, releaseSpans, Span, spanCount, visitSpans} from './spans';

const MAX_MAPS: u32 = 1 << 24;
/** The maps are looked through when there are so many, and then when twice as many are there as were kept. */
const FIRST_REVIEW: u32 = 4096;

@unmanaged
export class LayeredMap {
  /** Of its record. */
  index: u64;
  start: u64;
  end: u64;
  /** Number of its location as an owner. */
  owner: u32;
  /** Whether something is left of it, now or at the peak. */
  isKept: bool;
}

@unmanaged
export class RemovedSpan {
  start: u64;
  end: u64;
  oldest: u64;
}

export const maps = changetype<List<LayeredMap>>(memory.data(16, 8));
export const removed = changetype<List<RemovedSpan>>(memory.data(16, 8));
/** The peak that the removed spans belong to. */
let removedPeak: u64 = 0;
/** The latest peak when the maps moved here: what they had then was saved with their locations. */
let savedPeak: u64 = 0;
let reviewAt: u32 = FIRST_REVIEW;

/** Whether the maps have moved here. */
export let isLayered: bool = false;

/** Whether the latest peak is one that the maps here belong to. */
function hasLayeredPeak(): bool {
  return peakNumber != savedPeak;
}

/** Takes over all pieces of the tree of intervals, as a map each. */
export function layerMaps(): void {
  isLayered = true;
  savedPeak = peakNumber;
  maps.init(MAX_MAPS);
  removed.init(MAX_MAPS);
  initSpans();
  initOwners();
  initSweep();
  reserveRoom();
  while (!isExhausted && findInterval(0, <u64>-1)) takeOver(entryAt(foundEntry()), foundStart());
  maps.sort();
  reviewAt = 2 * maps.count + FIRST_REVIEW;
}

/** Takes over the interval that was found. */
function takeOver(entry: Entry, start: u64): void {
  removeFound();
  addMap(start, start + entry.size, entry.index, entry.location);
  unlinkEntry(entry);
  releaseEntry(entry);
  // As if all were there from the first record on: they come in the order of their addresses.
  addToSpans(start, start + entry.size, 0);
  reserveRoom();
}

function addMap(start: u64, end: u64, index: u64, location: Location): void {
  const map = maps.add();
  map.index = index;
  map.start = start;
  map.end = end;
  map.owner = ownerNumberOf(location);
}

/** Room for the next record, whatever it does: a map can fill a gap before and after each span. */
function reserveRoom(): void {
  const spans = 2 * spanCount() + 8;
  maps.reserve(1);
  removed.reserve(spans);
  reserveSweep(spans + removed.count);
}

/** A map by the current record. Returns how many of its bytes there was no memory for. */
export function mapLayer(start: u64, end: u64, location: Location): u64 {
  addMap(start, end, allocationRecords, location);
  const missing = addToSpans(start, end, allocationRecords);
  reviewIfGrown();
  reserveRoom();
  return missing;
}

/** Finishes an unmapping: `taken` is what takeSpans gave. */
export function unmapLayers(taken: usize): void {
  if (removedPeak != peakNumber) removed.count = 0;
  removedPeak = peakNumber;
  if (hasLayeredPeak()) visitSpans(taken, keepForPeak);
  releaseSpans(taken);
  reviewIfGrown();
  reserveRoom();
}

function keepForPeak(span: Span): void {
  if (span.oldest >= peakRecords) return;
  const kept = removed.add();
  kept.start = span.start;
  kept.end = span.end;
  kept.oldest = span.oldest;
}

function reviewIfGrown(): void {
  if (maps.count + removed.count < reviewAt) return;
  for (let i: u32 = 0; i < maps.count; i++) maps.at(i).isKept = false;
  sweepMaps(false, keepMap);
  if (hasLayeredPeak() && removedPeak == peakNumber) {
    sweepMaps(true, keepMap);
    mergeRemoved();
  }
  let kept: u32 = 0;
  for (let i: u32 = 0; i < maps.count; i++) {
    if (!maps.at(i).isKept) continue;
    if (kept < i) maps.copy(i, kept);
    kept++;
  }
  maps.count = kept;
  reviewAt = 2 * (kept + removed.count) + FIRST_REVIEW;
}

function keepMap(map: LayeredMap): void {
  map.isKept = true;
}

/** Fills the owners with what is left of their maps, now or at the latest peak. `isOfBorn`: of those that `isBorn`. */
export function countLayers(isAtPeak: bool, isOfBorn: bool): void {
  clearOwners();
  countsBorn = isOfBorn;
  if (isAtPeak && !hasLayeredPeak()) return;
  if (isAtPeak && removedPeak != peakNumber) removed.count = 0;
  sweepMaps(isAtPeak, countMap);
}

let countsBorn: bool = false;

function countMap(map: LayeredMap): void {
  if (countsBorn && !isBorn(map.index)) return;
  addToOwner(map.owner, leftBytes, leftPieces, map.index);
}
