/** A growing table of numbers that is handed out as an Int32Array. */
export class IntColumn {
  #values = new Int32Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) this.#grow(this.length + 1);
    this.#values[this.length++] = value;
  }

  /** Sets a value at any index; those between the end and it become 0. */
  set(index: number, value: number): void {
    if (index >= this.#values.length) this.#grow(index + 1);
    this.#values[index] = value;
    if (index >= this.length) this.length = index + 1;
  }

  #grow(length: number): void {
    const grown = new Int32Array(Math.max(length, 2 * this.#values.length));
    grown.set(this.#values);
    this.#values = grown;
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  /** Turns the order of the values from an index to the end. */
  reverse(from: number): void {
    this.#values.subarray(from, this.length).reverse();
  }

  toArray(): Int32Array {
    return this.#values.slice(0, this.length);
  }
}
