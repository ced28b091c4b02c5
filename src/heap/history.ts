import {findKeptState} from './kept-states.js';
import type {LocationColumns, Snapshot, View} from './snapshot.js';
import {type HeapState, type StateLog, StateReader, visitLocations} from './state-log.js';

/** What was held at each moment that is kept. Plain data. */
export interface History {
  /** All locations that ever held something, by their numbers, with no sizes: those of a moment are put in. */
  readonly base: Snapshot;
  /** The number of each of them in the log, ascending. */
  readonly numbers: Int32Array;
  readonly states: StateLog;
}

/** The numbers of the locations that are in a log, ascending. */
export function listNumbers(states: StateLog, locationCount: number): Int32Array {
  const isListed = new Uint8Array(locationCount);
  visitLocations(states, location => {
    isListed[location] = 1;
  });
  return Int32Array.from(isListed.keys()).filter(location => isListed[location] === 1);
}

/** Makes snapshots of moments that are kept. */
export class HistoryReader {
  readonly #history: History;
  readonly #reader: StateReader;

  constructor(history: History) {
    const {numbers, states} = history;
    this.#history = history;
    this.#reader = new StateReader(states, (numbers.at(-1) ?? -1) + 1);
  }

  /** @param view what the snapshot is called @returns null where the state after so many allocation records is not kept */
  read(records: number, view: View): Snapshot | null {
    const {base, states} = this.#history;
    const kept = findKeptState(states.cells, records);
    if (kept === null) return null;
    return {...base, view, locations: this.#pick(this.#reader.read(kept))};
  }

  /** Biggest first, equals by their numbers. */
  #pick({bytes, counts}: HeapState): LocationColumns {
    const {base, numbers} = this.#history;
    const bytesOf = (index: number): number => bytes[numbers[index]!]!;
    const held = Int32Array.from(numbers.keys())
      .filter(index => counts[numbers[index]!] !== 0)
      .sort((a, b) => bytesOf(b) - bytesOf(a) || a - b);
    const {thread, stack} = base.locations;
    return {
      length: held.length,
      bytes: Float64Array.from(held, bytesOf),
      allocations: Float64Array.from(held, index => counts[numbers[index]!]!),
      thread: held.map(index => thread[index]!),
      stack: held.map(index => stack[index]!),
    };
  }
}
