import {listBiggest} from '../base/list-biggest.js';
import {findKeptState, findNearestKept} from './kept-states.js';
import type {LocationColumns, RunColumns, Snapshot, View} from './snapshot.js';
import {createLocationColumns} from './snapshot-builder.js';
import {type Checkpoint, type HeapState, type StateLog, StateReader, traceBytes} from './state-log.js';
import type {TimelineCells} from './timeline.js';

/** A history that is unpacked when it is asked for. */
export interface KeptHistory {
  open(): HistoryReader;
}

/** What was held at each moment that is kept. Plain data. */
export interface History {
  /** All locations that ever held something, by their numbers, with no sizes: those of a moment are put in. */
  readonly base: Snapshot;
  /** The number of each of them in the log, ascending. */
  readonly numbers: Int32Array;
  readonly states: StateLog;
  readonly checkpoints: readonly Checkpoint[];
}

/** Makes snapshots of moments that are kept. */
export class HistoryReader {
  readonly #history: History;
  readonly #reader: StateReader;

  constructor(history: History) {
    const {numbers, states, checkpoints} = history;
    this.#history = history;
    this.#reader = new StateReader(states, (numbers.at(-1) ?? -1) + 1, checkpoints);
  }

  get cells(): TimelineCells {
    return this.#history.states.cells;
  }

  /** All locations that ever held something. */
  get base(): Snapshot {
    return this.#history.base;
  }

  /** @param view what the snapshot is called @returns null where the state after so many allocation records is not kept */
  read(records: number, view: View): Snapshot | null {
    const {base, states} = this.#history;
    const kept = findKeptState(states.cells, records);
    if (kept === null) return null;
    return {...base, view, locations: this.#pick(this.#reader.read(kept))};
  }

  /** What was held at the moment of those that are kept that is nearest to so many allocation records; null where none is. */
  readNearest(records: number): Snapshot | null {
    const count = findNearestKept(this.cells, records);
    return count === null ? null : this.read(count, {kind: 'moment', at: {kind: 'allocations', count}});
  }

  /**
   * One snapshot of several moments that are kept, each as a run: what a location holds is the sum of all.
   * @param records of each moment how many allocation records come before it @returns null where one is not kept
   */
  readRuns(records: readonly number[]): Snapshot | null {
    const {base, numbers} = this.#history;
    const bytes = new Float64Array(numbers.length);
    const allocations = new Float64Array(numbers.length);
    const runs: RunColumns[] = [];
    for (const [part, count] of records.entries()) {
      const kept = findKeptState(this.#history.states.cells, count);
      if (kept === null) return null;
      const held = this.#list(this.#reader.read(kept));
      held.location.forEach((location, index) => {
        bytes[location]! += held.bytes[index]!;
        allocations[location]! += held.allocations[index]!;
      });
      const elided = {locations: 0, allocations: 0, bytes: 0};
      runs.push({part, isBase: false, length: held.location.length, ...held, elided});
    }
    return {...base, locations: {...base.locations, bytes, allocations}, runs, areMoments: true};
  }

  /**
   * What some locations held at each moment that is kept, in bytes: of each cell at its highest moment, then at its end.
   * @param isCounted for each location of the base whether it counts
   */
  traceBytes(isCounted: Uint8Array): Float64Array {
    const {numbers, states} = this.#history;
    const isTraced = new Uint8Array((numbers.at(-1) ?? -1) + 1);
    numbers.forEach((number, index) => {
      isTraced[number] = isCounted[index]!;
    });
    return traceBytes(states, isTraced);
  }

  /** Biggest first, equals by their numbers. */
  #pick(state: HeapState): LocationColumns {
    const {location, bytes, allocations} = this.#list(state);
    const {thread, stack} = this.#history.base.locations;
    const order = listBiggest(bytes, bytes.length);
    const picked = createLocationColumns(order.length);
    for (let rank = 0; rank < order.length; rank++) {
      const index = order[rank]!;
      picked.bytes[rank] = bytes[index]!;
      picked.allocations[rank] = allocations[index]!;
      picked.thread[rank] = thread[location[index]!]!;
      picked.stack[rank] = stack[location[index]!]!;
    }
    return picked;
  }

  /** What is held, by the order of the numbers. Locations are those of the base. */
  #list({bytes, counts}: HeapState): Pick<RunColumns, 'location' | 'bytes' | 'allocations'> {
    const {numbers} = this.#history;
    const location = new Int32Array(numbers.length);
    const held = {bytes: new Float64Array(numbers.length), allocations: new Float64Array(numbers.length)};
    let length = 0;
    for (let index = 0; index < numbers.length; index++) {
      const number = numbers[index]!;
      if (counts[number] === 0) continue;
      location[length] = index;
      held.bytes[length] = bytes[number]!;
      held.allocations[length++] = counts[number]!;
    }
    return {
      location: location.slice(0, length),
      bytes: held.bytes.slice(0, length),
      allocations: held.allocations.slice(0, length),
    };
  }
}
