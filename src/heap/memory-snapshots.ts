import type {RunFacts} from './snapshot.js';
import type {Timeline, TimelineCells, TimelinePoints} from './timeline.js';

/** So many points are kept: when there would be more, neighbours become one. Even. */
const MAX_POINTS = 16_384;

interface Point {
  record: number;
  timeMs: number;
  heap: number;
  highestHeap: number;
  rss: number;
}

/** What an aggregated capture recorded of the memory from time to time. */
export class MemorySnapshots {
  readonly #maxPoints: number;
  #points: Point[] = [];
  #count = 0;
  /** How many records a point is of, and the last one so far. */
  #stride = 1;
  #inLast = 1;
  #highest: Pick<Point, 'rss' | 'timeMs'> | null = null;
  largestHeap = 0;

  constructor(maxPoints = MAX_POINTS) {
    this.#maxPoints = maxPoints;
  }

  add(timeMs: number, rss: number, heap: number): void {
    if (this.#highest === null || rss > this.#highest.rss) this.#highest = {rss, timeMs};
    this.largestHeap = Math.max(this.largestHeap, heap);
    this.#addPoint({record: this.#count++, timeMs, heap, highestHeap: heap, rss});
  }

  get run(): RunFacts {
    return {
      peakRecords: null,
      peakTimeMs: null,
      highestRss: this.#highest?.rss ?? null,
      highestRssTimeMs: this.#highest?.timeMs ?? null,
    };
  }

  /** The sizes over time; null where none were recorded. */
  getTimeline(startTimeMs: number): Timeline | null {
    if (this.#points.length === 0) return null;
    return {startTimeMs, points: toColumns(this.#points), cells: NO_CELLS, hasRecords: false};
  }

  #addPoint(point: Point): void {
    const last = this.#points.at(-1);
    if (last !== undefined && this.#inLast < this.#stride) {
      Object.assign(last, join(last, point));
      this.#inLast++;
      return;
    }
    if (this.#points.length === this.#maxPoints) this.#joinNeighbours();
    this.#points.push(point);
    this.#inLast = 1;
  }

  #joinNeighbours(): void {
    const points = this.#points;
    this.#points = Array.from({length: points.length / 2}, (_, pair) =>
      join(points[2 * pair]!, points[2 * pair + 1]!),
    );
    this.#stride *= 2;
  }
}

/** As of the later one, with the greatest of both. */
function join(a: Point, b: Point): Point {
  return {...b, highestHeap: Math.max(a.highestHeap, b.highestHeap), rss: Math.max(a.rss, b.rss)};
}

function toColumns(points: readonly Point[]): TimelinePoints {
  const pick = (name: keyof Point): Float64Array => Float64Array.from(points, point => point[name]);
  return {
    length: points.length,
    record: pick('record'),
    allocationRecords: new Float64Array(points.length),
    timeMs: pick('timeMs'),
    heap: pick('heap'),
    highestHeap: pick('highestHeap'),
    rss: pick('rss'),
  };
}

const NO_CELLS: TimelineCells = {
  length: 0,
  records: new Float64Array(0),
  highRecords: new Float64Array(0),
  heap: new Float64Array(0),
  highestHeap: new Float64Array(0),
};
