export type NumberArray = Uint8Array | Int32Array | Uint32Array | Float64Array | BigUint64Array;

/** A longer copy of an array; what is new is 0. */
export function growArray<A extends NumberArray>(values: A, length: number): A {
  const grown = new (values.constructor as new (length: number) => A)(length);
  grown.set(values as never);
  return grown;
}

/** A growing table of numbers in a typed array. */
export class Column<A extends NumberArray> {
  #values: A;
  length = 0;

  /** @param values its capacity at first; grows by doubling */
  constructor(values: A) {
    this.#values = values;
  }

  push(value: A[number]): void {
    if (this.length === this.#values.length) this.#grow(this.length + 1);
    this.#values[this.length++] = value;
  }

  /** Sets the value at any index; those between the end and it become 0. */
  set(index: number, value: A[number]): void {
    if (index >= this.#values.length) this.#grow(index + 1);
    this.#values[index] = value;
    if (index >= this.length) this.length = index + 1;
  }

  at(index: number): A[number] {
    return this.#values[index]!;
  }

  /** Reverses the order of the values from an index to the end. */
  reverse(from: number): void {
    this.values.subarray(from).reverse();
  }

  /** A view that is valid until more is added. */
  get values(): A {
    return this.#values.subarray(0, this.length) as A;
  }

  /** A copy. */
  toArray(): A {
    return this.#values.slice(0, this.length) as A;
  }

  #grow(length: number): void {
    this.#values = growArray(this.#values, Math.max(length, 2 * this.#values.length));
  }
}

/** A column of 32-bit integers. */
export class IntColumn extends Column<Int32Array> {
  constructor() {
    super(new Int32Array(64));
  }
}

/** A column of numbers that are exact to 2^53. */
export class DoubleColumn extends Column<Float64Array> {
  constructor() {
    super(new Float64Array(64));
  }

  addTo(index: number, value: number): void {
    this.set(index, this.at(index) + value);
  }
}
