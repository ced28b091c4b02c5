const SLOT_INTS = 4;

/**
 * A hash table (parent, frame) → child over dense non-negative integers: open addressing with linear probing.
 * Seeded separately for each table, so that no capture can be made to collide (V8's own integer hash is not
 * seeded).
 */
export class ChildTable {
  #seed = (Math.random() * 2 ** 32) | 1;
  /**
   * Of each slot: child + 1 (0 = empty), parent, frame and an unused one, so that a slot lies in one cache
   * line.
   */
  #slots: Int32Array;
  #count = 0;

  constructor(capacity = 64) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(capacity, 8) * 2));
    this.#slots = new Int32Array(size * SLOT_INTS);
  }

  /** A table with the same children, which grows by itself. */
  clone(): ChildTable {
    const clone = new ChildTable(0);
    clone.#seed = this.#seed;
    clone.#slots = this.#slots.slice();
    clone.#count = this.#count;
    return clone;
  }

  /** The child, or −1. */
  get(parent: number, frame: number): number {
    return this.#slots[this.#find(parent, frame)]! - 1;
  }

  /** The child; where there is none, `child` is added and returned. */
  ensure(parent: number, frame: number, child: number): number {
    if ((this.#count + 1) * 2 * SLOT_INTS > this.#slots.length) this.#grow();
    const slot = this.#find(parent, frame);
    const known = this.#slots[slot]!;
    if (known !== 0) return known - 1;
    this.#fill(slot, parent, frame, child);
    this.#count++;
    return child;
  }

  /** Adds a child that is not there yet. */
  add(parent: number, frame: number, child: number): void {
    this.ensure(parent, frame, child);
  }

  #fill(slot: number, parent: number, frame: number, child: number): void {
    this.#slots[slot] = child + 1;
    this.#slots[slot + 1] = parent;
    this.#slots[slot + 2] = frame;
  }

  /** Where the slot begins that holds the pair, or the free one where it belongs. */
  #find(parent: number, frame: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (this.#hash(parent, frame) * SLOT_INTS) & mask;
    while (slots[slot] !== 0 && (slots[slot + 1] !== parent || slots[slot + 2] !== frame)) {
      slot = (slot + SLOT_INTS) & mask;
    }
    return slot;
  }

  #hash(parent: number, frame: number): number {
    let hash = Math.imul(parent ^ this.#seed, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15) ^ frame, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), this.#seed);
    return (hash ^ (hash >>> 16)) >>> 2;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (let slot = 0; slot < old.length; slot += SLOT_INTS) {
      if (old[slot] === 0) continue;
      const [parent, frame] = [old[slot + 1]!, old[slot + 2]!];
      this.#fill(this.#find(parent, frame), parent, frame, old[slot]! - 1);
    }
  }
}
