import {partitionPoint} from '../base/partition-point.js';
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

/** The state at the end of a cell, from which those around it are read. By the numbers of the locations. */
export interface Checkpoint {
  readonly cell: number;
  readonly bytes: Float64Array<ArrayBuffer>;
  /** A core has room for fewer than 2³² allocations. */
  readonly counts: Uint32Array<ArrayBuffer>;
}

/** Before the first cell nothing is held. */
const START: Checkpoint = {cell: -1, bytes: new Float64Array(), counts: new Uint32Array()};

// Forms of entries.
const IS_END = 0;
const IS_START = 1;
const IS_BACK = 3;

/** Reads states. A state near the one that was read before costs little: only what is between them is looked at. */
export class StateReader {
  readonly #states: StateLog;
  readonly #checkpoints: readonly Checkpoint[];
  /** The state at the end of `#cell`. */
  readonly #bytes: Float64Array;
  readonly #counts: Float64Array;
  #cell = -1;

  /** @param locationCount one more than the highest number of a location */
  constructor(states: StateLog, locationCount: number, checkpoints: readonly Checkpoint[] = []) {
    this.#states = states;
    this.#checkpoints = checkpoints;
    this.#bytes = new Float64Array(locationCount);
    this.#counts = new Float64Array(locationCount);
  }

  /** The columns are valid until the next call. */
  read({cell, isHighest}: KeptState): HeapState {
    this.#moveTo(isHighest ? cell - 1 : cell);
    if (!isHighest) return {bytes: this.#bytes, counts: this.#counts};
    const state = {bytes: this.#bytes.slice(), counts: this.#counts.slice()};
    const entries = listEntries(this.#states, cell);
    while (entries.next()) {
      state.bytes[entries.location]! += entries.highBytes;
      state.counts[entries.location]! += entries.highCount;
    }
    return state;
  }

  #moveTo(cell: number): void {
    this.#startNear(cell);
    while (this.#cell < cell) this.#add(++this.#cell, 1);
    while (this.#cell > cell) this.#add(this.#cell--, -1);
  }

  /** Goes to where the least of the log lies between: the start, a checkpoint, or where it is. */
  #startNear(cell: number): void {
    const checkpoints = this.#checkpoints;
    const next = partitionPoint(0, checkpoints.length, index => checkpoints[index]!.cell < cell);
    const near = [START, ...checkpoints.slice(Math.max(0, next - 1), next + 1)];
    const best = near.reduce((a, b) =>
      this.#getDistance(a.cell, cell) <= this.#getDistance(b.cell, cell) ? a : b,
    );
    if (this.#getDistance(this.#cell, cell) <= this.#getDistance(best.cell, cell)) return;
    this.#bytes.fill(0).set(best.bytes.subarray(0, this.#bytes.length));
    this.#counts.fill(0).set(best.counts.subarray(0, this.#counts.length));
    this.#cell = best.cell;
  }

  /** How much of the log lies between the ends of two cells, in bytes. */
  #getDistance(a: number, b: number): number {
    const {logEnd} = this.#states;
    return Math.abs((logEnd[a] ?? 0) - (logEnd[b] ?? 0));
  }

  #add(cell: number, sign: 1 | -1): void {
    const bytes = this.#bytes;
    const counts = this.#counts;
    const entries = listEntries(this.#states, cell);
    while (entries.next()) {
      bytes[entries.location]! += sign * entries.bytes;
      counts[entries.location]! += sign * entries.count;
    }
  }
}

/**
 * What some locations held in all at each state that is kept, in bytes: of each cell at its highest moment, then at its end.
 * @param isTraced for each number of a location whether it counts
 */
export function traceBytes(states: StateLog, isTraced: Uint8Array): Float64Array {
  const {length} = states.cells;
  const trace = new Float64Array(2 * length);
  let atEnd = 0;
  for (let cell = 0; cell < length; cell++) {
    let highest = atEnd;
    const entries = listEntries(states, cell);
    while (entries.next()) {
      if (isTraced[entries.location] !== 1) continue;
      highest += entries.highBytes;
      atEnd += entries.bytes;
    }
    trace[2 * cell] = highest;
    trace[2 * cell + 1] = atEnd;
  }
  return trace;
}

/** What has changed in a cell. */
export function listEntries({log, logEnd}: StateLog, cell: number): LogEntries {
  return new LogEntries(log, logEnd[cell - 1] ?? 0, logEnd[cell]!);
}

/** Reads the entries between two positions of a log, which are ends of cells. */
class LogEntries {
  readonly #log: Uint8Array;
  readonly #to: number;
  #at: number;

  location = 0;
  /** What the location has gained since the start of the cell, at its end. */
  count = 0;
  bytes = 0;
  /** The same at the highest moment of the cell. */
  highCount = 0;
  highBytes = 0;

  constructor(log: Uint8Array, from: number, to: number) {
    this.#log = log;
    this.#at = from;
    this.#to = to;
  }

  /** Goes to the next entry. Returns false where there is none. */
  next(): boolean {
    if (this.#at >= this.#to) return false;
    const head = this.#takeVarint();
    const form = head % 4;
    const step = (head - form) / 4;
    this.location += step % 2 === 0 ? step / 2 : -(step + 1) / 2;
    const isBack = form === IS_BACK;
    this.count = isBack ? 0 : this.#takeSigned();
    this.bytes = isBack ? 0 : this.#takeSigned();
    if (form === IS_END || form === IS_START) {
      this.highCount = form === IS_END ? this.count : 0;
      this.highBytes = form === IS_END ? this.bytes : 0;
    } else {
      this.highCount = this.#takeSigned();
      this.highBytes = this.#takeSigned();
    }
    return true;
  }

  #takeVarint(): number {
    const log = this.#log;
    let at = this.#at;
    let byte = log[at++]!;
    let value = byte & 127;
    // Beyond 28 bits a shift would lose some.
    for (let scale = 128; byte >= 128; scale *= 128) {
      byte = log[at++]!;
      value += (byte & 127) * scale;
    }
    this.#at = at;
    return value;
  }

  /** The sign is the lowest bit. It is taken first: a number of 53 bits and a sign would not be exact. */
  #takeSigned(): number {
    const log = this.#log;
    let at = this.#at;
    let byte = log[at++]!;
    const isNegative = byte % 2 === 1;
    let value = (byte & 127) >> 1;
    for (let scale = 64; byte >= 128; scale *= 128) {
      byte = log[at++]!;
      value += (byte & 127) * scale;
    }
    this.#at = at;
    return isNegative ? -value - 1 : value;
  }
}
