import {IntColumn} from '../base/column.js';
import type {StackColumns} from './snapshot.js';

/**
 * Collects stacks as a prefix tree: a frame below the same caller is one node. A hash table with open
 * addressing finds it; the table holds node numbers only and compares the columns. Seeded, so that no capture
 * can be made to collide.
 */
export class MergedStacks {
  readonly #seed = (Math.random() * 2 ** 32) | 1;
  readonly #prefix = new IntColumn();
  readonly #frame = new IntColumn();
  #slots = new Int32Array(1024).fill(-1);
  readonly #maxNodes: number;
  /** Frames were left out, since there are too many nodes. */
  isFull = false;

  constructor(maxNodes: number) {
    this.#maxNodes = maxNodes;
  }

  /** The node of a frame below a caller, −1 for none. */
  add(caller: number, frame: number): number {
    let slot = this.#find(caller, frame);
    if (this.#slots[slot]! >= 0) return this.#slots[slot]!;
    const node = this.#prefix.length;
    if (node >= this.#maxNodes) {
      this.isFull = true;
      return caller;
    }
    if (2 * (node + 1) > this.#slots.length) {
      this.#grow();
      slot = this.#find(caller, frame);
    }
    this.#prefix.push(caller);
    this.#frame.push(frame);
    this.#slots[slot] = node;
    return node;
  }

  /** The slot that holds the node, or the free one where it belongs. */
  #find(caller: number, frame: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(caller ^ this.#seed, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15) ^ frame, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), this.#seed);
    let slot = (hash ^ (hash >>> 16)) & mask;
    for (;;) {
      const node = this.#slots[slot]!;
      if (node < 0 || (this.#frame.at(node) === frame && this.#prefix.at(node) === caller)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(2 * this.#slots.length).fill(-1);
    for (let node = 0; node < this.#prefix.length; node++) {
      this.#slots[this.#find(this.#prefix.at(node), this.#frame.at(node))] = node;
    }
  }

  finish(): StackColumns {
    const prefix = this.#prefix.toArray();
    return {length: prefix.length, prefix, frame: this.#frame.toArray()};
  }
}
