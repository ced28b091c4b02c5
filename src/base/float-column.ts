/** A growing table of numbers that is handed out as a Float64Array. */
export class FloatColumn {
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

  /** Sets a value that is there. */
  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  toArray(): Float64Array {
    return this.#values.slice(0, this.length);
  }
}
