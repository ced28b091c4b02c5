import {ChildTable} from '../base/child-table.js';

/**
 * Remembers a number for a pair (row, key). Most rows meet one key only, so the first key of each row is kept
 * in columns and others in a hash table. `clear` costs nothing.
 */
export class RowMemo {
  readonly #keys: Int32Array;
  readonly #values: Int32Array;
  /** The round in which each row was set; it means nothing in others. */
  readonly #rounds: Int32Array;
  #round = 1;
  #others: ChildTable | null = null;

  constructor(rows: number) {
    this.#keys = new Int32Array(rows);
    this.#values = new Int32Array(rows);
    this.#rounds = new Int32Array(rows);
  }

  clear(): void {
    this.#round++;
    this.#others = null;
  }

  /** The number that was set, not below −1; −2 if none was. */
  get(row: number, key: number): number {
    if (this.#rounds[row] !== this.#round) return -2;
    if (this.#keys[row] === key) return this.#values[row]!;
    const other = this.#others?.get(row, key) ?? -1;
    return other < 0 ? -2 : other - 1;
  }

  /** Sets a number that is not below −1, once. */
  set(row: number, key: number, value: number): void {
    if (this.#rounds[row] === this.#round) {
      this.#others ??= new ChildTable();
      this.#others.add(row, key, value + 1);
      return;
    }
    this.#rounds[row] = this.#round;
    this.#keys[row] = key;
    this.#values[row] = value;
  }
}
