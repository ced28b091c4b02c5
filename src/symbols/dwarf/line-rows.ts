import {lastNotAbove} from '../../base/partition-point.js';
import {type Budget, InvalidSymbolFileError} from '../errors.js';

/**
 * The rows of a line table in the order of its program, in runs in which no address is lower than the one
 * before. A run is a sequence of the program or a part of one. Nearly always they lie apart; where the linker
 * dropped functions, several lie at the same addresses. So runs are sorted, but rows are not.
 */
export interface LineRows {
  readonly addresses: Float64Array;
  /** Indices into the unit's files. */
  readonly rowFiles: Int32Array;
  readonly lines: Int32Array;
  /** Of each run its first row and the one after its last; sorted by first address, then by row. */
  readonly runStarts: Int32Array;
  readonly runEnds: Int32Array;
  readonly firstAddresses: Float64Array;
  /** The greatest address in this run and all before it. */
  readonly greatestAddresses: Float64Array;
}

const MAX_ROWS = 5_000_000;

/** Collects rows in the order of their program. */
export class LineRowCollector {
  length = 0;
  #addresses: Float64Array;
  #rowFiles: Int32Array;
  #lines: Int32Array;
  readonly #runs: number[] = [];
  #latest = Number.POSITIVE_INFINITY;

  /** @param expected how many rows there probably are */
  constructor(expected: number) {
    const size = Math.min(MAX_ROWS, Math.max(64, Math.floor(expected)));
    this.#addresses = new Float64Array(size);
    this.#rowFiles = new Int32Array(size);
    this.#lines = new Int32Array(size);
  }

  /** Throws InvalidSymbolFileError if there are too many. */
  add(address: number, file: number, line: number): void {
    const row = this.length;
    if (row === this.#lines.length) this.#grow();
    if (address < this.#latest) this.#runs.push(row);
    this.#latest = address;
    this.#addresses[row] = address;
    this.#rowFiles[row] = file;
    this.#lines[row] = line;
    this.length = row + 1;
  }

  /** A sequence of the program ends here. */
  endRun(): void {
    this.#latest = Number.POSITIVE_INFINITY;
  }

  #grow(): void {
    if (this.length >= MAX_ROWS) throw new InvalidSymbolFileError('Too many line numbers');
    const size = Math.min(MAX_ROWS, 2 * this.length);
    const addresses = this.#addresses;
    const rowFiles = this.#rowFiles;
    const lines = this.#lines;
    this.#addresses = new Float64Array(size);
    this.#addresses.set(addresses);
    this.#rowFiles = new Int32Array(size);
    this.#rowFiles.set(rowFiles);
    this.#lines = new Int32Array(size);
    this.#lines.set(lines);
  }

  /** Throws InvalidSymbolFileError if there are no rows. */
  finish(): LineRows {
    const {length} = this;
    const runs = this.#runs;
    const addresses = this.#addresses;
    if (length === 0) throw new InvalidSymbolFileError('No line numbers');
    const order = Int32Array.from(runs.keys());
    order.sort((a, b) => addresses[runs[a]!]! - addresses[runs[b]!]! || a - b);
    const runStarts = order.map(run => runs[run]!);
    const runEnds = order.map(run => runs[run + 1] ?? length);
    const greatestAddresses = new Float64Array(order.length);
    let greatest = 0;
    for (let i = 0; i < order.length; i++) {
      greatest = Math.max(greatest, addresses[runEnds[i]! - 1]!);
      greatestAddresses[i] = greatest;
    }
    return {
      addresses: addresses.subarray(0, length),
      rowFiles: this.#rowFiles.subarray(0, length),
      lines: this.#lines.subarray(0, length),
      runStarts,
      runEnds,
      firstAddresses: Float64Array.from(runStarts, row => addresses[row]!),
      greatestAddresses,
    };
  }
}

/**
 * The last of the rows with the greatest address that is not above the one asked for; −1 if all are above.
 * Throws InvalidSymbolFileError when the budget is spent.
 */
export function findRow(
  {addresses, runStarts, runEnds, firstAddresses, greatestAddresses}: LineRows,
  address: number,
  budget: Budget,
): number {
  let found = -1;
  let run = lastNotAbove(firstAddresses, 0, firstAddresses.length, address);
  for (; run >= 0 && (found < 0 || greatestAddresses[run]! >= addresses[found]!); run--) {
    const row = lastNotAbove(addresses, runStarts[run]!, runEnds[run]!, address);
    budget.spend(1);
    if (found < 0 || addresses[row]! > addresses[found]!) found = row;
    else if (addresses[row] === addresses[found] && row > found) found = row;
  }
  return found;
}
