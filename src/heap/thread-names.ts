import {growArray} from '../base/column.js';

/**
 * Names of threads by the position in the file. memray reads a capture again for its result and stops at the
 * last allocation record that it needs, so only names that came before that record are known to it; of these
 * the last counts.
 * Names are numbers of kept texts here. Of each thread two are enough: the newest one, and the one before it.
 */
export class ThreadNames {
  // By the core's (or any other) thread number; 0 = no name.
  #newest = new Uint32Array(64);
  #older = new Uint32Array(64);
  /** How many allocation records came before each of them. */
  #newestAt = new Float64Array(64);
  #olderAt = new Float64Array(64);

  /**
   * @param records how many allocation records came before the name
   * @param neededRecords how many records the result needs as of now; it never gets less
   */
  add(thread: number, name: number, records: number, neededRecords: number): void {
    if (thread >= this.#newest.length) this.#grow(thread + 1);
    const known = this.#newest[thread]!;
    // In the end the result needs either no more records than now, or all that have been read and more. So of
    // the names that are not needed yet only the newest can ever count, and so it is with those that are.
    if (known !== 0 && this.#newestAt[thread]! < neededRecords) {
      if (known === name) return;
      this.#older[thread] = known;
      this.#olderAt[thread] = this.#newestAt[thread]!;
    } else if (this.#older[thread] === name && name !== 0) {
      // The name in between cannot count any more.
      this.#newest[thread] = name;
      this.#newestAt[thread] = this.#olderAt[thread]!;
      this.#older[thread] = 0;
      return;
    }
    this.#newest[thread] = name;
    this.#newestAt[thread] = records;
  }

  /** The last name before the last of `neededRecords` records; 0 if there is none. */
  get(thread: number, neededRecords: number): number {
    if (thread >= this.#newest.length) return 0;
    if (this.#newest[thread] !== 0 && this.#newestAt[thread]! < neededRecords) return this.#newest[thread]!;
    return this.#older[thread] !== 0 && this.#olderAt[thread]! < neededRecords ? this.#older[thread]! : 0;
  }

  #grow(needed: number): void {
    const length = Math.max(needed, 2 * this.#newest.length);
    this.#newest = growArray(this.#newest, length);
    this.#older = growArray(this.#older, length);
    this.#newestAt = growArray(this.#newestAt, length);
    this.#olderAt = growArray(this.#olderAt, length);
  }
}

/** As memray writes it: "0x1" or "0x1 (name)". */
export function formatThreadLabel(id: bigint, name: string): string {
  const hex = `0x${id.toString(16)}`;
  return name === '' ? hex : `${hex} (${name})`;
}
