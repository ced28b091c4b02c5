/** One string for equal ones: most functions share their file with others, and many frames their function. */
export class SharedStrings {
  readonly #known = new Map<string, string>();

  share(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, text);
    return text;
  }
}
