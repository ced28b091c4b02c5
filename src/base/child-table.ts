/**
 * A hash table (parent, frame) → child over dense non-negative integers: open addressing with linear probing.
 * Seeded anew for each table, so that no capture can be made to collide (V8's own integer hash is not seeded).
 */
export class ChildTable {
  readonly #seed = (Math.random() * 2 ** 32) | 1;
  #slots: Int32Array;
  #parents: Int32Array;
  #frames: Int32Array;
  #count = 0;

  constructor(capacity = 64) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(capacity, 8) * 2));
    this.#slots = new Int32Array(size).fill(-1);
    this.#parents = new Int32Array(size);
    this.#frames = new Int32Array(size);
  }

  /** The child, or −1. */
  get(parent: number, frame: number): number {
    return this.#slots[this.#find(parent, frame)]!;
  }

  /** Adds a child that is not there yet. */
  add(parent: number, frame: number, child: number): void {
    if ((this.#count + 1) * 2 > this.#slots.length) this.#grow();
    this.#put(parent, frame, child);
    this.#count++;
  }

  #put(parent: number, frame: number, child: number): void {
    const slot = this.#find(parent, frame);
    this.#slots[slot] = child;
    this.#parents[slot] = parent;
    this.#frames[slot] = frame;
  }

  /** The slot that holds the pair, or the free one where it belongs. */
  #find(parent: number, frame: number): number {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(parent, frame) & mask;
    while (this.#slots[slot]! >= 0 && (this.#parents[slot] !== parent || this.#frames[slot] !== frame)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #hash(parent: number, frame: number): number {
    let hash = Math.imul(parent ^ this.#seed, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15) ^ frame, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), this.#seed);
    return hash ^ (hash >>> 16);
  }

  #grow(): void {
    const [slots, parents, frames] = [this.#slots, this.#parents, this.#frames];
    this.#slots = new Int32Array(slots.length * 2).fill(-1);
    this.#parents = new Int32Array(slots.length * 2);
    this.#frames = new Int32Array(slots.length * 2);
    for (let slot = 0; slot < slots.length; slot++) {
      if (slots[slot]! >= 0) this.#put(parents[slot]!, frames[slot]!, slots[slot]!);
    }
  }
}
