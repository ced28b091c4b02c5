import type {ImageTables} from './image-tables.js';

/** Segments of one list of images, sorted by start, end and path. Addresses are those of the process. */
export interface SegmentList {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly images: Int32Array;
  /** The greatest end among the segments up to each: bounds the search for a segment that contains an address. */
  readonly greatestEnds: Float64Array;
}

const toNumber = (value: bigint): number => Number(BigInt.asUintN(64, value));

export function sortSegments(tables: ImageTables, list: number): SegmentList {
  const segments: {start: number; end: number; image: number}[] = [];
  for (let i = tables.listStarts[list]!; i < tables.listStarts[list + 1]!; i++) {
    const image = tables.listImages[i]!;
    const load = tables.loadAddresses[image]!;
    for (let s = tables.segmentStarts[image]!; s < tables.segmentStarts[image + 1]!; s++) {
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
 * The image that contains the address, −1 if none. memray takes the first segment that does not end before the address,
 * and drops the frame if that one does not contain it – which loses an address at the border of two segments and
 * picks badly among segments that overlap (macOS). There the segment with the greatest start is taken.
 */
export function findSegment(segments: SegmentList, address: number): number {
  const {starts, ends, images} = segments;
  let first = 0;
  for (let count = starts.length; count > 0; ) {
    const half = count >>> 1;
    if (ends[first + half]! < address) {
      first += half + 1;
      count -= half + 1;
    } else count = half;
  }
  if (first < starts.length && starts[first]! <= address && address < ends[first]!) return images[first]!;
  return findGreatestStart(segments, address);
}

function findGreatestStart({starts, ends, images, greatestEnds}: SegmentList, address: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= address) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= 0 && greatestEnds[i]! > address; i--) {
    if (ends[i]! > address) return images[i]!;
  }
  return -1;
}
