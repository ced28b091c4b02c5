export interface LruLimits {
  readonly entries: number;
  /** Of the costs of all entries together; unlimited unless given. */
  readonly cost?: number;
}

/** A map that drops the entries that were not used for the longest time. The entry set last always stays. */
export class LruCache<Key, Value> {
  readonly #limits: Required<LruLimits>;
  /** From the least to the most recently used: a Map keeps the order of insertion. */
  readonly #entries = new Map<Key, {readonly value: Value; readonly cost: number}>();
  #cost = 0;
  /** The key used last: looked up again and again, it need not move. */
  #latest: Key | undefined;

  constructor({entries, cost = Number.POSITIVE_INFINITY}: LruLimits) {
    this.#limits = {entries, cost};
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The value, which is then the most recently used; undefined if it is not there. */
  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (key !== this.#latest) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      this.#latest = key;
    }
    return entry.value;
  }

  set(key: Key, value: Value, cost = 0): void {
    this.#remove(key);
    this.#entries.set(key, {value, cost});
    this.#cost += cost;
    this.#latest = key;
    for (const oldest of this.#entries.keys()) {
      const isWithin = this.#entries.size <= this.#limits.entries && this.#cost <= this.#limits.cost;
      if (isWithin || oldest === key) break;
      this.#remove(oldest);
    }
  }

  #remove(key: Key): void {
    this.#cost -= this.#entries.get(key)?.cost ?? 0;
    this.#entries.delete(key);
  }
}
