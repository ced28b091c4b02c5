// Heap and resident memory over time: a point for each memory record, which is written about every 10 ms. When there are
// too many, neighbours become one. Only in the build with KEEPS_HISTORY.

import {allocationRecords, heapBytes} from './heap';
import {takeRecentBest} from './history';
import {List} from './list';
import {allocateRegion} from './memory';

const MAX_POINTS: u32 = 16384;
const MAX_WATCHES: u32 = 4096;

@unmanaged
class Point {
  /** Number of the memory record, from 0; of several that of the last. */
  record: u64;
  /** How many allocation records there were before it. */
  allocationRecords: u64;
  /** Since the start; below zero, as a signed number, where the clock was set back to before it. */
  ms: u64;
  heap: u64;
  /** The highest heap since the point before, and the highest resident memory of all its records. */
  highestHeap: u64;
  rss: u64;
}

/**
 * A moment that is looked for: the last memory record that is at or before it. For a number of allocation records it is the
 * first one after exactly so many, where there is one: nothing was allocated or freed until the next ones.
 */
@unmanaged
class Watch {
  target: u64;
  /** What the target is: the number of a memory record, a time, or a number of allocation records. */
  kind: u32;
  isFound: u32;
  record: u64;
  allocationRecords: u64;
  ms: u64;
  heap: u64;
  rss: u64;
}

const OF_RECORD: u32 = 0;
const OF_TIME: u32 = 1;

let points = changetype<List<Point>>(0);
let watches = changetype<List<Watch>>(0);
let isKept: bool = false;
/** How many memory records one point is for. */
let stride: u32 = 1;
let sinceLast: u32 = 0;
let nextRecord: u64 = 0;

/** To be called before the first record. */
export function keepTimeline(): void {
  points = changetype<List<Point>>(allocateRegion(offsetof<List<Point>>()));
  watches = changetype<List<Watch>>(allocateRegion(offsetof<List<Watch>>()));
  points.init(MAX_POINTS);
  watches.init(MAX_WATCHES);
  points.reserve(MAX_POINTS);
  isKept = true;
}

/** Returns the number of the watch. */
export function watch(kind: u32, target: u64): u32 {
  watches.reserve(1);
  const added = watches.add();
  memory.fill(changetype<usize>(added), 0, offsetof<Watch>());
  added.kind = kind;
  added.target = target;
  return watches.count - 1;
}

/** At a memory record. */
export function passMemoryRecord(rss: u64, ms: u64): void {
  if (!isKept) return;
  const record = nextRecord++;
  for (let i: u32 = 0; i < watches.count; i++) checkWatch(watches.at(i), record, rss, ms);
  const best = takeRecentBest();
  if (sinceLast == 0) addPoint();
  const point = points.at(points.count - 1);
  point.record = record;
  point.allocationRecords = allocationRecords;
  point.ms = ms;
  point.heap = heapBytes;
  point.highestHeap = max(point.highestHeap, best);
  point.rss = max(point.rss, rss);
  sinceLast++;
  if (sinceLast == stride) sinceLast = 0;
}

function addPoint(): void {
  if (points.count == MAX_POINTS) mergePoints();
  memory.fill(changetype<usize>(points.add()), 0, offsetof<Point>());
}

function mergePoints(): void {
  for (let index: u32 = 0; index < points.count; index += 2) {
    const first = points.at(index);
    const second = points.at(index + 1);
    second.highestHeap = max(first.highestHeap, second.highestHeap);
    second.rss = max(first.rss, second.rss);
    points.copy(index + 1, index >> 1);
  }
  points.count >>= 1;
  stride *= 2;
}

/** Of memory records that are not in the order of their times the last one counts. */
function checkWatch(each: Watch, record: u64, rss: u64, ms: u64): void {
  const isMet =
    each.kind == OF_RECORD
      ? record == each.target
      : each.kind == OF_TIME
        ? <i64>ms <= <i64>each.target || record == 0
        : allocationRecords < each.target ||
          (allocationRecords == each.target && (!each.isFound || each.allocationRecords < each.target));
  if (!isMet) return;
  each.isFound = 1;
  each.record = record;
  each.allocationRecords = allocationRecords;
  each.ms = ms;
  each.heap = heapBytes;
  each.rss = rss;
}

export function pointCount(): u32 {
  return isKept ? points.count : 0;
}
export function pointsAt(): u32 {
  return isKept ? <u32>changetype<usize>(points.at(0)) : 0;
}
export function watchAt(index: u32): u32 {
  return <u32>changetype<usize>(watches.at(index));
}
