interface NamedAt {
  readonly name: string;
  /** How many allocation records came before the name. */
  readonly records: number;
}

/**
 * Names of threads by the position in the file. memray reads a capture again for its result and stops at the last
 * allocation record that it needs, so only names that came before that record are known to it; of these the last
 * counts.
 */
export class ThreadNames {
  /** By the core's (or any other) thread number. */
  readonly #byThread = new Map<number, NamedAt[]>();

  /**
   * @param records how many allocation records came before the name
   * @param neededRecords how many records the result needs as of now; it never gets less
   */
  add(thread: number, name: string, records: number, neededRecords: number): void {
    const names = this.#byThread.get(thread) ?? [];
    this.#byThread.set(thread, names);
    // In the end the result needs either no more records than now, or all that have been read and more. So of
    // the names that are not needed yet only the newest can ever count, and so it is with those that are.
    if (names.length > 0 && names.at(-1)!.records >= neededRecords) names.pop();
    if (names.length > 1) names.shift();
    if (names.at(-1)?.name !== name) names.push({name, records});
  }

  /** The last name before the last of `neededRecords` records; "" if there is none. */
  get(thread: number, neededRecords: number): string {
    const names = this.#byThread.get(thread) ?? [];
    for (let i = names.length - 1; i >= 0; i--) {
      if (names[i]!.records < neededRecords) return names[i]!.name;
    }
    return '';
  }
}

/** As memray writes it: "0x1" or "0x1 (name)". */
export function formatThreadLabel(id: bigint, name: string): string {
  const hex = `0x${id.toString(16)}`;
  return name === '' ? hex : `${hex} (${name})`;
}
