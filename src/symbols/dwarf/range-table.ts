import {DoubleColumn, IntColumn} from '../../base/column.js';
import {lastNotAbove} from '../../base/partition-point.js';
import {type Budget, InvalidSymbolFileError} from '../errors.js';
import {sortAsLibbacktrace} from '../quick-sort.js';

/** Of one unit, or of all units together. */
const MAX_RANGES = 4_000_000;

/**
 * Ranges of addresses, each with an owner (the list it belongs to) and a value. Grows while debug information
 * is read.
 */
export class RangeCollector {
  readonly lows = new DoubleColumn();
  readonly highs = new DoubleColumn();
  readonly values = new IntColumn();
  readonly owners = new IntColumn();
  /** By owner: its latest range + 1. */
  readonly #latest = new IntColumn();

  /**
   * Of one owner, ranges of a value that follow upon each other become one, also over a gap of one byte.
   * Throws InvalidSymbolFileError if there are too many.
   */
  add(owner: number, value: number, low: number, high: number): void {
    const last = owner < this.#latest.length ? this.#latest.at(owner) - 1 : -1;
    if (last >= 0 && this.values.at(last) === value) {
      const end = this.highs.at(last);
      if (low === end || low === end + 1) {
        if (high > end) this.highs.set(last, high);
        return;
      }
    }
    if (this.values.length >= MAX_RANGES) throw new InvalidSymbolFileError('Too many ranges');
    this.lows.push(low);
    this.highs.push(high);
    this.values.push(value);
    this.owners.push(owner);
    this.#latest.set(owner, this.values.length);
  }
}

/** Ranges sorted within each owner: by low ascending, then by high descending. */
export interface RangeTable {
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  readonly values: Int32Array;
  /** Ranges of owner o are starts[o] … starts[o + 1] − 1. */
  readonly starts: Int32Array;
}

/** `compareValues` decides between ranges that are equal otherwise. */
export function toRangeTable(
  collector: RangeCollector,
  ownerCount: number,
  compareValues: (a: number, b: number) => number,
  budget: Budget,
): RangeTable {
  const lows = collector.lows.toArray();
  const highs = collector.highs.toArray();
  const values = collector.values.toArray();
  const owners = collector.owners.toArray();
  const starts = new Int32Array(ownerCount + 1);
  for (const owner of owners) starts[owner + 1]!++;
  for (let i = 0; i < ownerCount; i++) starts[i + 1]! += starts[i]!;
  const order = new Int32Array(lows.length);
  const next = starts.slice();
  for (let i = 0; i < lows.length; i++) order[next[owners[i]!]!++] = i;
  const compare = (a: number, b: number) =>
    lows[a]! - lows[b]! || highs[b]! - highs[a]! || compareValues(values[a]!, values[b]!);
  for (let i = 0; i < ownerCount; i++) {
    if (starts[i + 1]! - starts[i]! > 1)
      sortAsLibbacktrace(order, starts[i]!, starts[i + 1]!, compare, budget);
  }
  const sorted = {
    lows: new Float64Array(order.length),
    highs: new Float64Array(order.length),
    values: new Int32Array(order.length),
    starts,
  };
  for (let i = 0; i < order.length; i++) {
    sorted.lows[i] = lows[order[i]!]!;
    sorted.highs[i] = highs[order[i]!]!;
    sorted.values[i] = values[order[i]!]!;
  }
  return sorted;
}

/**
 * The index of an owner's range that contains the address, −1 if none. Among ranges with the last low that is
 * not above the address, the last that contains it; ranges that begin earlier are not tried, as libbacktrace
 * doesn't.
 */
export function findRange({lows, highs, starts}: RangeTable, owner: number, address: number): number {
  const first = starts[owner]!;
  const last = lastNotAbove(lows, first, starts[owner + 1]!, address);
  for (let i = last; i >= first && lows[i] === lows[last]; i--) {
    if (address < highs[i]!) return i;
  }
  return -1;
}
