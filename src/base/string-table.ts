/** Numbers distinct strings from 0 on, in the order in which they come. */
export class StringTable {
  readonly strings: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of a string, which is its index in `strings`. */
  add(text: string): number {
    // The prefix keeps V8 from treating "123" as an integer, whose hash has no seed: untrusted text could make it collide.
    const key = `"${text}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.strings.length);
    return this.strings.push(text) - 1;
  }
}
