import {DoubleColumn, IntColumn} from '../base/column.js';
import {TripleTable} from '../base/triple-table.js';
import type {LocationColumns} from './snapshot.js';
import {createLocationColumns} from './snapshot-builder.js';

/** Where the stacks and threads of one process are among those of all. */
export interface ProcessOffsets {
  /** The stack node of each of its own, −1 for those that no location needs. */
  readonly stacks: Int32Array;
  /** What stands for no stack: the node of the process, or −1. */
  readonly outside: number;
  readonly threads: Int32Array;
}

/** Collects the locations of several processes; equal ones of different processes become one, if that is wanted. */
export class MergedLocations {
  readonly #addsUp: boolean;
  readonly #bytes = new DoubleColumn();
  readonly #allocations = new DoubleColumn();
  readonly #thread = new IntColumn();
  readonly #stack = new IntColumn();
  readonly #hiddenNative = new IntColumn();
  /** The keys of the locations: (stack + 1, thread, hidden native frames). */
  readonly #keys = new TripleTable();
  /** By key: its first location, the last one of the present process, and which process that is. */
  readonly #first = new IntColumn();
  readonly #last = new IntColumn();
  readonly #process = new IntColumn();
  /** By location: the next one with the same key, −1 where there is none. */
  readonly #next = new IntColumn();
  #processes = 0;

  /** @param addsUp whether equal locations of different processes are one */
  constructor(addsUp: boolean) {
    this.#addsUp = addsUp;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Adds the locations of a process. Returns the number of each, as it was added. */
  add(own: LocationColumns, {stacks, outside, threads}: ProcessOffsets): Int32Array {
    this.#processes++;
    const added = new Int32Array(own.length);
    for (let index = 0; index < own.length; index++) {
      const end = own.stack[index]!;
      const stack = end < 0 ? outside : stacks[end]!;
      const thread = threads[own.thread[index]!]!;
      const hidden = own.hiddenNative?.[index] ?? 0;
      const location = this.#addsUp ? this.#find(stack, thread, hidden) : this.length;
      if (location === this.length) {
        this.#bytes.push(0);
        this.#allocations.push(0);
        this.#thread.push(thread);
        this.#stack.push(stack);
        this.#hiddenNative.push(hidden);
      }
      this.#bytes.addTo(location, own.bytes[index]!);
      this.#allocations.addTo(location, own.allocations[index]!);
      added[index] = location;
    }
    return added;
  }

  /** The location that the next one of the present process is added to, `length` if it is a new one. */
  #find(stack: number, thread: number, hidden: number): number {
    const key = this.#keys.add(stack + 1, thread, hidden);
    const isNew = key === this.#first.length;
    const isSeen = !isNew && this.#process.at(key) === this.#processes;
    const before = isSeen ? this.#last.at(key) : -1;
    let location = isNew ? -1 : isSeen ? this.#next.at(before) : this.#first.at(key);
    if (location < 0) {
      location = this.length;
      this.#next.push(-1);
      if (before >= 0) this.#next.set(before, location);
      else this.#first.push(location);
    }
    this.#last.set(key, location);
    this.#process.set(key, this.#processes);
    return location;
  }

  /**
   * The biggest ones; equals in the order in which they were added. `places`: where each one is among them, −1 where
   * it is not.
   */
  finish({biggestAllocs, hasNative}: {readonly biggestAllocs: number; readonly hasNative: boolean}): {
    readonly locations: LocationColumns;
    readonly places: Int32Array;
  } {
    const bytes = this.#bytes.values;
    // The processes' own orders are runs of this list, which the sorting of arrays makes use of.
    const order = Array.from(bytes, (_, location) => location).sort((a, b) => bytes[b]! - bytes[a]!);
    const length = Math.min(order.length, biggestAllocs);
    const columns = createLocationColumns(length);
    const hiddenNative = new Int32Array(hasNative ? length : 0);
    const places = new Int32Array(order.length).fill(-1);
    for (let index = 0; index < length; index++) {
      const location = order[index]!;
      places[location] = index;
      columns.bytes[index] = bytes[location]!;
      columns.allocations[index] = this.#allocations.at(location);
      columns.thread[index] = this.#thread.at(location);
      columns.stack[index] = this.#stack.at(location);
      if (hasNative) hiddenNative[index] = this.#hiddenNative.at(location);
    }
    return {locations: hasNative ? {...columns, hiddenNative} : columns, places};
  }
}
