/**
 * Finds a node of a prefix tree by its parent and its frame. It holds only the numbers of nodes, so that a slot takes
 * four bytes: what they are compared with are the columns of the tree.
 * Seeded separately for each index, so that no capture can be made to collide.
 */
export class NodeIndex {
  readonly #seed = (Math.random() * 2 ** 32) | 1;
  /** Node + 1; 0 = empty. Open addressing with linear probing. */
  #slots: Int32Array;
  #count = 0;

  /** @param capacity how many nodes there may be, as far as is known */
  constructor(capacity = 0) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(capacity, 8) * 2)));
  }

  /** The node, or −1. The columns are those of all nodes that were added. */
  get(prefix: Int32Array, frame: Int32Array, parent: number, wanted: number): number {
    return this.#slots[this.#find(prefix, frame, parent, wanted)]! - 1;
  }

  /** Adds a node whose parent and frame are in the columns already, and none with the same ones is in it. */
  add(prefix: Int32Array, frame: Int32Array, node: number): void {
    if (2 * (this.#count + 1) > this.#slots.length) this.#grow(prefix, frame);
    this.#slots[this.#find(prefix, frame, prefix[node]!, frame[node]!)] = node + 1;
    this.#count++;
  }

  #find(prefix: Int32Array, frame: Int32Array, parent: number, wanted: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hash(parent, wanted) & mask;
    for (;;) {
      const node = slots[slot]! - 1;
      if (node < 0 || (prefix[node] === parent && frame[node] === wanted)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #hash(parent: number, frame: number): number {
    let hash = Math.imul(parent ^ this.#seed, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15) ^ frame, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), this.#seed);
    return hash ^ (hash >>> 16);
  }

  #grow(prefix: Int32Array, frame: Int32Array): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 4);
    for (const entry of old) {
      if (entry === 0) continue;
      this.#slots[this.#find(prefix, frame, prefix[entry - 1]!, frame[entry - 1]!)] = entry;
    }
  }
}
