import fc from 'fast-check';
import type {Timeline} from '../../src/heap/timeline.js';

/** A run as it is: the heap after each allocation record, and the memory records between them. */
export interface PlainRun {
  /** The heap after each allocation record. */
  readonly heaps: readonly number[];
  /** After how many allocation records they come (ascending), ms since the start, and resident memory. */
  readonly memory: readonly {readonly after: number; readonly ms: number; readonly rss: number}[];
  readonly cellCount: number;
}

const START_TIME_MS = 1_700_000_000_000;

/** The timeline that a run has. */
export function buildTimeline({heaps, memory, cellCount}: PlainRun): Timeline {
  const heapAfter = (records: number): number => (records === 0 ? 0 : heaps[records - 1]!);
  const count = Math.min(cellCount, heaps.length);
  const cells = Array.from({length: count}, (_, cell) => {
    const start = Math.floor((cell * heaps.length) / count);
    const end = Math.floor(((cell + 1) * heaps.length) / count);
    return {end, high: findHighest(heapAfter, start, end)};
  });
  const points = memory.map(({after}, index) => {
    const before = memory[index - 1]?.after ?? 0;
    return heapAfter(findHighest(heapAfter, Math.min(before, after - 1), after));
  });
  return {
    startTimeMs: START_TIME_MS,
    points: {
      length: memory.length,
      record: Float64Array.from(memory, (_, index) => index),
      allocationRecords: Float64Array.from(memory, ({after}) => after),
      timeMs: Float64Array.from(memory, ({ms}) => START_TIME_MS + ms),
      heap: Float64Array.from(memory, ({after}) => heapAfter(after)),
      highestHeap: Float64Array.from(points),
      rss: Float64Array.from(memory, ({rss}) => rss),
    },
    cells: {
      length: cells.length,
      records: Float64Array.from(cells, ({end}) => end),
      highRecords: Float64Array.from(cells, ({high}) => high),
      heap: Float64Array.from(cells, ({end}) => heapAfter(end)),
      highestHeap: Float64Array.from(cells, ({high}) => heapAfter(high)),
    },
  };
}

/** The first of the highest states after `start` and up to `end`. */
function findHighest(heapAfter: (records: number) => number, start: number, end: number): number {
  let highest = Math.max(0, Math.min(start + 1, end));
  for (let records = highest; records <= end; records++) {
    if (heapAfter(records) > heapAfter(highest)) highest = records;
  }
  return highest;
}

/**
 * A run of a second that rises to 20 MB, falls to 4 MB, rises to 30 MB and falls to 5 MB, with a memory record every
 * 10 ms; resident memory stays as high as the heap ever was, and 8 MB above it.
 */
export function buildHills(cellCount = 100): Timeline {
  const heaps = Array.from({length: 2000}, (_, record) => 1e6 * readHills(record + 1));
  let rss = 0;
  const memory = Array.from({length: 100}, (_, index) => {
    const after = (index + 1) * 20;
    rss = Math.max(rss, heaps[after - 1]! + 8e6);
    return {after, ms: (index + 1) * 10, rss};
  });
  return buildTimeline({heaps, memory, cellCount});
}

const HILLS = [
  [0, 0],
  [500, 20],
  [800, 4],
  [1500, 30],
  [2000, 5],
] as const;

function readHills(record: number): number {
  const next = HILLS.findIndex(([at]) => at >= record);
  const [from, low] = HILLS[next - 1]!;
  const [to, high] = HILLS[next]!;
  return low + ((high - low) * (record - from)) / (to - from);
}

/** Runs of up to 200 allocation records, with memory records anywhere among them. */
export const arbitraryRun: fc.Arbitrary<PlainRun> = fc
  .record({
    heaps: fc.array(fc.nat({max: 1000}), {maxLength: 200}),
    positions: fc.array(fc.tuple(fc.nat({max: 1000}), fc.nat({max: 30}), fc.nat({max: 2000})), {
      maxLength: 60,
    }),
    cellCount: fc.integer({min: 1, max: 40}),
  })
  .map(({heaps, positions, cellCount}) => {
    const afters = positions
      .map(([share]) => Math.floor((share * heaps.length) / 1000))
      .toSorted((a, b) => a - b);
    let ms = 0;
    const memory = positions.map(([, step, rss], index) => {
      ms += step;
      return {after: afters[index]!, ms, rss};
    });
    return {heaps, memory, cellCount};
  });
