/** A growing table of numbers that are exact to 2^53. */
export class DoubleColumn {
  #values = new Float64Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Float64Array(2 * this.length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  addTo(index: number, value: number): void {
    this.#values[index]! += value;
  }

  toArray(): Float64Array {
    return this.#values.slice(0, this.length);
  }

  /** A view that is valid until more is added. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}
