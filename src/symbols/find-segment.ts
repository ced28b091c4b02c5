import {lastNotAbove} from '../base/partition-point.js';
import type {ImageTables} from './image-tables.js';

/** Segments of one list of images, sorted by start, end and path. Addresses are those of the process. */
export interface SegmentList {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly images: Int32Array;
  /**
   * The greatest end among the segments up to each: bounds the search for a segment that contains an address.
   */
  readonly greatestEnds: Float64Array;
}

/** Segments of one list that are kept: more than any process has. */
const MAX_SEGMENTS = 1 << 18;
/** How many segments that begin later but end before are passed over: more than any process has. */
const MAX_PASSED = 16_384;

const toNumber = (value: bigint): number => Number(BigInt.asUintN(64, value));

export function sortSegments(tables: ImageTables, list: number): SegmentList {
  const segments: {start: number; end: number; image: number}[] = [];
  for (let i = tables.listStarts[list]!; i < tables.listStarts[list + 1]!; i++) {
    const image = tables.listImages[i]!;
    const load = tables.loadAddresses[image]!;
    for (let s = tables.segmentStarts[image]!; s < tables.segmentStarts[image + 1]!; s++) {
      if (segments.length >= MAX_SEGMENTS) break;
      const start = toNumber(load + tables.virtualAddresses[s]!);
      const end = toNumber(load + tables.virtualAddresses[s]! + tables.memorySizes[s]!);
      segments.push({start, end, image});
    }
  }
  const {paths} = tables;
  segments.sort(
    (a, b) => a.start - b.start || a.end - b.end || comparePaths(paths[a.image]!, paths[b.image]!),
  );
  const greatestEnds = new Float64Array(segments.length);
  let greatest = 0;
  for (let i = 0; i < segments.length; i++) {
    greatest = Math.max(greatest, segments[i]!.end);
    greatestEnds[i] = greatest;
  }
  return {
    starts: Float64Array.from(segments, segment => segment.start),
    ends: Float64Array.from(segments, segment => segment.end),
    images: Int32Array.from(segments, segment => segment.image),
    greatestEnds,
  };
}

function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * The segment that contains the address, an index into the list; −1 if none does; of several the one that
 * begins last. Segments overlap only on macOS. memray takes the first that does not end before the address
 * and looks no further, so it drops addresses at the border of two segments.
 */
export function findSegment({starts, ends, greatestEnds}: SegmentList, address: number): number {
  const latest = lastNotAbove(starts, 0, starts.length, address);
  const last = Math.max(0, latest + 1 - MAX_PASSED);
  for (let i = latest; i >= last && greatestEnds[i]! > address; i--) {
    if (ends[i]! > address) return i;
  }
  return -1;
}
