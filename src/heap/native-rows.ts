import {IntColumn} from '../base/column.js';
import type {NativeCalls} from './native-calls.js';
import type {TraceColumns} from './native-traces.js';

/** A number for where a return address lies; −1 where nothing was loaded. */
export type LocateAddress = (ip: bigint, list: number) => number;

/**
 * The rows that were collected for a list of images: a part of what `NativeRows` keeps until the next
 * `clear`.
 */
export interface CollectedRows {
  readonly start: number;
  readonly end: number;
}

/**
 * The rows of native stacks as one list of images makes them out. Used in two steps: `collect` locates the
 * rows of all stacks of some lists, so that their call sites can be named together; `enter` then makes the
 * columns hold one list. Each row of a list is looked at once, however many stacks share it.
 */
export class NativeRows {
  readonly #traces: TraceColumns;
  readonly #locate: LocateAddress;
  /** By row, of the list that was entered: the call site, −1 for none. */
  readonly callSite: Int32Array;
  /** How many calls from the outermost row to this one are the interpreter's loop. */
  readonly loops: Int32Array;
  /** How many rows up to this one lie in an image, and how many in none. */
  readonly named: Int32Array;
  readonly unnamed: Int32Array;
  /** The innermost row up to this one that lies in the interpreter, −1 if none does. */
  readonly interpreter: Int32Array;
  /** The round in which a row was collected. */
  readonly #rounds: Int32Array;
  #round = 0;
  /** Rows of the lists that were collected, callers first, and their call sites. */
  #rows = new IntColumn();
  #callSites = new IntColumn();

  constructor(traces: TraceColumns, locate: LocateAddress) {
    this.#traces = traces;
    this.#locate = locate;
    this.callSite = new Int32Array(traces.length);
    this.loops = new Int32Array(traces.length);
    this.named = new Int32Array(traces.length);
    this.unnamed = new Int32Array(traces.length);
    this.interpreter = new Int32Array(traces.length);
    this.#rounds = new Int32Array(traces.length);
  }

  /** How many rows are collected, those of each list counted. */
  get collected(): number {
    return this.#rows.length;
  }

  /** Forgets what was collected. */
  clear(): void {
    this.#rows = new IntColumn();
    this.#callSites = new IntColumn();
  }

  /**
   * Locates the rows of the stacks that end at these rows. `list` is −1 before the first list: nothing was
   * loaded.
   */
  collect(list: number, innermost: Iterable<number>): CollectedRows {
    const start = this.#rows.length;
    this.#round++;
    for (const row of innermost) this.#collectStack(list, row);
    return {start, end: this.#rows.length};
  }

  #collectStack(list: number, innermost: number): void {
    const {prefix, ip} = this.#traces;
    let count = 0;
    for (let row = innermost; row >= 0 && this.#rounds[row] !== this.#round; row = prefix[row]!) {
      this.#rounds[row] = this.#round;
      this.#rows.push(row);
      this.#callSites.push(list < 0 ? -1 : this.#locate(ip[row]!, list));
      count++;
    }
    this.#rows.reverse(this.#rows.length - count);
    this.#callSites.reverse(this.#callSites.length - count);
  }

  /**
   * Makes the columns hold the rows of a list that was collected, when its call sites are named.
   * @param interpreters images that hold the interpreter, as the calls number them
   */
  enter({start, end}: CollectedRows, calls: NativeCalls, interpreters: ReadonlySet<number>): void {
    const {prefix} = this.#traces;
    for (let i = start; i < end; i++) {
      const row = this.#rows.at(i);
      const callSite = this.#callSites.at(i);
      const caller = prefix[row]!;
      this.callSite[row] = callSite;
      this.loops[row] =
        (caller < 0 ? 0 : this.loops[caller]!) + (callSite < 0 ? 0 : calls.countLoops(callSite));
      this.named[row] = (caller < 0 ? 0 : this.named[caller]!) + Number(callSite >= 0);
      this.unnamed[row] = (caller < 0 ? 0 : this.unnamed[caller]!) + Number(callSite < 0);
      const isInterpreter = callSite >= 0 && interpreters.has(calls.getImage(callSite));
      this.interpreter[row] = isInterpreter ? row : caller < 0 ? -1 : this.interpreter[caller]!;
    }
  }
}
