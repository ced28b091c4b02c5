/**
 * A map from non-negative integers below 2^53 to numbers: open addressing with linear probing, key and value
 * side by side. Seeded separately for each map, so that no file can be made to collide (V8's own integer hash
 * is not seeded).
 */
export class NumberMap {
  readonly #seed = Math.floor(Math.random() * 2 ** 32) | 1;
  /** Key + 1 and value of each slot; 0 = empty. */
  #slots = new Float64Array(128);
  #count = 0;

  /** The value of a key; undefined if it was not set. */
  get(key: number): number | undefined {
    const slot = this.#find(key);
    return this.#slots[slot] === 0 ? undefined : this.#slots[slot + 1];
  }

  set(key: number, value: number): void {
    let slot = this.#find(key);
    if (this.#slots[slot] === 0) {
      if (4 * (this.#count + 1) > this.#slots.length) {
        this.#grow();
        slot = this.#find(key);
      }
      this.#count++;
      this.#slots[slot] = key + 1;
    }
    this.#slots[slot + 1] = value;
  }

  /** Where the key stands, or the empty slot where it belongs. */
  #find(key: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hash = Math.imul((key | 0) ^ Math.floor(key / 2 ** 32) ^ this.#seed, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15), this.#seed);
    let slot = ((hash ^ (hash >>> 13)) << 1) & mask;
    while (slots[slot] !== 0 && slots[slot] !== key + 1) slot = (slot + 2) & mask;
    return slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Float64Array(2 * old.length);
    for (let from = 0; from < old.length; from += 2) {
      if (old[from] === 0) continue;
      const to = this.#find(old[from]! - 1);
      this.#slots[to] = old[from]!;
      this.#slots[to + 1] = old[from + 1]!;
    }
  }
}
