import {allocators, type CaptureRecord} from './capture-writer.js';
import type {Random} from './fuzzing/random.js';

/** [address, address + size) with the position in the range of addresses below. */
export type Range = readonly [start: number, size: number];

/** Addresses are counted from here, so that the last of them end at the end of the address space. */
export const SPAN_BYTES = 2 ** 32;
const BASE = 2n ** 64n - BigInt(SPAN_BYTES);

/** Each range is mapped by a function of its own, so that what is left of it can be recognized. */
export function recordMap(origin: number, [start, size]: Range): CaptureRecord[] {
  return [
    {type: 'code', id: origin, function: `f${origin}`, file: 'app.py'},
    {type: 'push', code: origin},
    {type: 'allocate', address: BASE + BigInt(start), size, allocator: allocators.mmap},
    {type: 'pop'},
  ];
}

export function recordUnmap([start, size]: Range): CaptureRecord {
  return {type: 'allocate', address: BASE + BigInt(start), size, allocator: allocators.munmap};
}

interface Left {
  readonly bytes: number;
  readonly allocations: number;
}

/** memray's rules for mapped ranges, kept as a list that is gone through from end to end. */
export class MappedRanges {
  /** Whether pieces can be unmapped: those that reach the end of the address space cannot. */
  #pieces: {start: number; end: number; readonly origin: number; readonly isFixed: boolean}[] = [];
  heapBytes = 0;
  peakBytes = 0;
  #leftAtPeak = new Map<string, Left>();
  #sizesAtPeak = new Map<string, number[]>();

  map(origin: number, [start, size]: Range): void {
    const end = start + size;
    if (size > 0) this.#pieces.push({start, end, origin, isFixed: end >= SPAN_BYTES});
    this.heapBytes += size;
    this.peakBytes = Math.max(this.peakBytes, this.heapBytes);
  }

  unmap([start, size]: Range): void {
    const end = start + size;
    if (size === 0 || end >= SPAN_BYTES) return;
    // The last record at the highest heap is the peak.
    const isFalling = this.#pieces.some(piece => !piece.isFixed && piece.start < end && piece.end > start);
    if (isFalling && this.heapBytes === this.peakBytes) {
      this.#leftAtPeak = this.left;
      this.#sizesAtPeak = this.sizes;
    }
    for (let i = this.#pieces.length - 1; i >= 0; i--) {
      const piece = this.#pieces[i]!;
      if (piece.isFixed || piece.start >= end || piece.end <= start) continue;
      this.heapBytes -= Math.min(end, piece.end) - Math.max(start, piece.start);
      const left = [
        {...piece, end: Math.min(piece.end, start)},
        {...piece, start: Math.max(piece.start, end)},
      ];
      this.#pieces.splice(i, 1, ...left.filter(part => part.start < part.end));
    }
  }

  /** By the name of the function that mapped them: how many bytes in how many pieces are left. */
  get left(): Map<string, Left> {
    const left = new Map<string, Left>();
    for (const {start, end, origin} of this.#pieces) {
      const {bytes = 0, allocations = 0} = left.get(`f${origin}`) ?? {};
      left.set(`f${origin}`, {bytes: bytes + end - start, allocations: allocations + 1});
    }
    return left;
  }

  /** The same at the peak. */
  get leftAtPeak(): Map<string, Left> {
    return this.heapBytes === this.peakBytes ? this.left : this.#leftAtPeak;
  }

  /** By function: the sizes of the pieces that are left, in ascending order. */
  get sizes(): Map<string, number[]> {
    const groups = Map.groupBy(this.#pieces, ({origin}) => `f${origin}`);
    return new Map(
      [...groups].map(([name, pieces]) => [
        name,
        pieces.map(({start, end}) => end - start).sort((a, b) => a - b),
      ]),
    );
  }

  get sizesAtPeak(): Map<string, number[]> {
    return this.heapBytes === this.peakBytes ? this.sizes : this.#sizesAtPeak;
  }
}

/** Ways in which addresses and sizes may lie. */
export const rangeShapes: Record<string, (random: Random, step: number) => Range> = {
  scattered: random => [8 * random.below(2 ** 28), random.below(2 ** 17)],
  overlapping: random => [8 * random.below(2 ** 13), random.below(2000)],
  nested: random => {
    const half = 8 * random.below(500);
    return [2 ** 20 * (1 + random.below(100)) - half, 2 * half];
  },
  touching: random => [4096 * random.below(3000), 4096 * random.below(4)],
  upwards: (random, step) => [64 * step, 8 * random.below(12)],
  downwards: (random, step) => [SPAN_BYTES / 2 - 64 * step, 8 * random.below(12)],
  'with equal starts': random => [4096 * random.below(30), 1 + random.below(2 ** 20)],
  'at the end of the address space': random => {
    const start = SPAN_BYTES - 8 * (1 + random.below(3000));
    return [start, random.chance(0.05) ? SPAN_BYTES - start + random.below(3) : random.below(200)];
  },
};
