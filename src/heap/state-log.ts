import type {TimelineCells} from './timeline.js';

/** What has changed from cell to cell. Plain data. */
export interface StateLog {
  readonly cells: TimelineCells;
  /** Where the entries of each cell end in the log. */
  readonly logEnd: Uint32Array;
  /** As src/core/assembly/history.ts describes it. */
  readonly log: Uint8Array<ArrayBuffer>;
}

/** A state that is kept: at the end of a cell, or at its highest moment. Cell −1 ends before the first record. */
export interface KeptState {
  readonly cell: number;
  readonly isHighest: boolean;
}

/** What locations hold, by their numbers. */
export interface HeapState {
  readonly bytes: Float64Array;
  readonly counts: Float64Array;
}

// Forms of entries.
const IS_END = 0;
const IS_START = 1;
const IS_BACK = 3;

/** Reads states. A state near the one that was read before costs little: only what is between them is looked at. */
export class StateReader {
  readonly #states: StateLog;
  /** The state at the end of `#cell`. */
  readonly #bytes: Float64Array;
  readonly #counts: Float64Array;
  #cell = -1;

  /** @param locationCount one more than the highest number of a location */
  constructor(states: StateLog, locationCount: number) {
    this.#states = states;
    this.#bytes = new Float64Array(locationCount);
    this.#counts = new Float64Array(locationCount);
  }

  /** The columns are valid until the next call. */
  read({cell, isHighest}: KeptState): HeapState {
    this.#moveTo(isHighest ? cell - 1 : cell);
    if (!isHighest) return {bytes: this.#bytes, counts: this.#counts};
    const state = {bytes: this.#bytes.slice(), counts: this.#counts.slice()};
    const {log, logEnd} = this.#states;
    readEntries(log, logEnd[cell - 1] ?? 0, logEnd[cell]!, (location, _count, _bytes, count, bytes) => {
      state.bytes[location]! += bytes;
      state.counts[location]! += count;
    });
    return state;
  }

  #moveTo(cell: number): void {
    // From the start it may be nearer.
    if (cell < this.#cell / 2) {
      this.#bytes.fill(0);
      this.#counts.fill(0);
      this.#cell = -1;
    }
    while (this.#cell < cell) this.#add(++this.#cell, 1);
    while (this.#cell > cell) this.#add(this.#cell--, -1);
  }

  #add(cell: number, sign: 1 | -1): void {
    const {log, logEnd} = this.#states;
    readEntries(log, logEnd[cell - 1] ?? 0, logEnd[cell]!, (location, count, bytes) => {
      this.#bytes[location]! += sign * bytes;
      this.#counts[location]! += sign * count;
    });
  }
}

/** Visits the locations of all entries; each as often as it is in one. */
export function visitLocations({log, logEnd}: StateLog, visit: (location: number) => void): void {
  let from = 0;
  for (const to of logEnd) {
    readEntries(log, from, to, visit);
    from = to;
  }
}

/**
 * What some locations held in all at each state that is kept, in bytes: of each cell at its highest moment, then at its end.
 * @param isTraced for each number of a location whether it counts
 */
export function traceBytes({cells, log, logEnd}: StateLog, isTraced: Uint8Array): Float64Array {
  const trace = new Float64Array(2 * cells.length);
  let atEnd = 0;
  let from = 0;
  for (let cell = 0; cell < cells.length; cell++) {
    let highest = atEnd;
    readEntries(log, from, logEnd[cell]!, (location, _count, bytes, _highCount, highBytes) => {
      if (isTraced[location] !== 1) return;
      highest += highBytes;
      atEnd += bytes;
    });
    trace[2 * cell] = highest;
    trace[2 * cell + 1] = atEnd;
    from = logEnd[cell]!;
  }
  return trace;
}

/** What a location has gained since the start of a cell: at its end, and at its highest moment. */
type TakeEntry = (
  location: number,
  count: number,
  bytes: number,
  highCount: number,
  highBytes: number,
) => void;

function readEntries(log: Uint8Array, from: number, to: number, take: TakeEntry): void {
  let at = from;
  let location = 0;
  const takeVarint = (): number => {
    let value = log[at]! & 127;
    // Beyond 28 bits a shift would lose some.
    for (let scale = 128; log[at++]! >= 128; scale *= 128) value += (log[at]! & 127) * scale;
    return value;
  };
  const takeSigned = (): number => unZigZag(takeVarint());
  while (at < to) {
    const head = takeVarint();
    const form = head % 4;
    location += unZigZag(Math.floor(head / 4));
    const count = form === IS_BACK ? 0 : takeSigned();
    const bytes = form === IS_BACK ? 0 : takeSigned();
    const isExplicit = form !== IS_END && form !== IS_START;
    const highCount = isExplicit ? takeSigned() : form === IS_END ? count : 0;
    const highBytes = isExplicit ? takeSigned() : form === IS_END ? bytes : 0;
    take(location, count, bytes, highCount, highBytes);
  }
}

function unZigZag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
