import {DoubleColumn} from './column.js';

/**
 * Gives triples of non-negative integers below 2^53 running numbers: a hash table with open addressing and
 * linear probing. Seeded separately for each table, so that no capture can be made to collide (V8's own
 * integer hash is not seeded).
 */
export class TripleTable {
  readonly #seeds = Array.from({length: 3}, () => Math.floor(Math.random() * 2 ** 32) | 1);
  /** Number + 1 of the triple of each slot, 0 = empty. */
  #slots = new Int32Array(64);
  readonly #first = new DoubleColumn();
  readonly #second = new DoubleColumn();
  readonly #third = new DoubleColumn();

  get length(): number {
    return this.#first.length;
  }

  /** The number of a triple; a new one gets the next number, which is the former `length`. */
  add(first: number, second: number, third: number): number {
    if ((this.length + 1) * 2 > this.#slots.length) this.#grow();
    const slot = this.#find(first, second, third);
    if (this.#slots[slot] !== 0) return this.#slots[slot]! - 1;
    this.#first.push(first);
    this.#second.push(second);
    this.#third.push(third);
    this.#slots[slot] = this.length;
    return this.length - 1;
  }

  /** The number of a triple, −1 if it was not added. */
  get(first: number, second: number, third: number): number {
    return this.#slots[this.#find(first, second, third)]! - 1;
  }

  firstAt(number: number): number {
    return this.#first.at(number);
  }

  secondAt(number: number): number {
    return this.#second.at(number);
  }

  thirdAt(number: number): number {
    return this.#third.at(number);
  }

  /** The slot of the triple, or the empty one where it belongs. */
  #find(first: number, second: number, third: number): number {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(first, second, third) & mask;
    for (let number = this.#slots[slot]! - 1; number >= 0; number = this.#slots[slot]! - 1) {
      const isSame =
        this.#first.at(number) === first &&
        this.#second.at(number) === second &&
        this.#third.at(number) === third;
      if (isSame) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #hash(first: number, second: number, third: number): number {
    const [a, b, c] = this.#seeds as [number, number, number];
    let hash = Math.imul(fold(first) ^ a, b);
    hash = Math.imul(hash ^ (hash >>> 15) ^ fold(second), c);
    hash = Math.imul(hash ^ (hash >>> 13) ^ fold(third), a);
    return hash ^ (hash >>> 16);
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.length; number++) {
      this.#slots[this.#find(this.firstAt(number), this.secondAt(number), this.thirdAt(number))] = number + 1;
    }
  }
}

/** The 53 bits of a number in 32. */
function fold(value: number): number {
  return value < 2 ** 32 ? value | 0 : (value | 0) ^ Math.floor(value / 2 ** 32);
}
