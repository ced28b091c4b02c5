import {BadSymbolFile} from '../errors.js';

/** Rows sorted by address. */
export interface LineColumns {
  readonly addresses: Float64Array;
  /** Indices into the unit's files. */
  readonly rowFiles: Int32Array;
  readonly lines: Int32Array;
}

const MAX_ROWS = 5_000_000;

/** Collects the rows of a line table in the order of its program. */
export class LineRows {
  length = 0;
  #addresses = new Float64Array(1024);
  #rowFiles = new Int32Array(1024);
  #lines = new Int32Array(1024);
  /** Where runs of rows begin in which no address is lower than the one before. */
  readonly #runs: number[] = [];
  #latest = Number.POSITIVE_INFINITY;

  /** Throws BadSymbolFile if there are too many. */
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

  #grow(): void {
    if (this.length >= MAX_ROWS) throw new BadSymbolFile('Too many line numbers');
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

  /** The rows sorted by address, rows of one address in their order. Throws BadSymbolFile if there are none. */
  sort(): LineColumns {
    const {length} = this;
    if (length === 0) throw new BadSymbolFile('No line numbers');
    const addresses = this.#addresses.subarray(0, length);
    const rowFiles = this.#rowFiles.subarray(0, length);
    const lines = this.#lines.subarray(0, length);
    const sorted = {
      addresses: new Float64Array(length),
      rowFiles: new Int32Array(length),
      lines: new Int32Array(length),
    };
    const runs = this.#sortRuns(addresses);
    if (runs !== null) {
      let to = 0;
      for (const [start, end] of runs) {
        sorted.addresses.set(addresses.subarray(start, end), to);
        sorted.rowFiles.set(rowFiles.subarray(start, end), to);
        sorted.lines.set(lines.subarray(start, end), to);
        to += end - start;
      }
      return sorted;
    }
    const order = Uint32Array.from(addresses.keys());
    order.sort((a, b) => addresses[a]! - addresses[b]! || a - b);
    for (let to = 0; to < length; to++) {
      sorted.addresses[to] = addresses[order[to]!]!;
      sorted.rowFiles[to] = rowFiles[order[to]!]!;
      sorted.lines[to] = lines[order[to]!]!;
    }
    return sorted;
  }

  /**
   * Rows come in sequences, each sorted, and nearly always apart from each other: then it is enough to sort these. Null if
   * they overlap.
   */
  #sortRuns(addresses: Float64Array): (readonly [number, number])[] | null {
    const runs = this.#runs.map((start, i) => [start, this.#runs[i + 1] ?? this.length] as const);
    runs.sort((a, b) => addresses[a[0]]! - addresses[b[0]]! || a[0] - b[0]);
    for (let i = 1; i < runs.length; i++) {
      const last = addresses[runs[i - 1]![1] - 1]!;
      const next = addresses[runs[i]![0]]!;
      // Rows of one address stay in their order.
      if (last > next || (last === next && runs[i - 1]![0] > runs[i]![0])) return null;
    }
    return runs;
  }
}
