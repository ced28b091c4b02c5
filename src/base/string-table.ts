const QUOTE = 0x22;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** Numbers distinct strings from 0 on, in the order in which they come. */
export class StringTable {
  readonly strings: string[] = [];
  /** Of all strings together. */
  characters = 0;
  readonly #numbers = new Map<string, number>();

  /** The number of a string, which is its index in `strings`. */
  add(text: string): number {
    const key = toKey(text);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.strings.length);
    this.characters += text.length;
    return this.strings.push(text) - 1;
  }

  /** The number of a string, −1 if it is not there. */
  find(text: string): number {
    return this.#numbers.get(toKey(text)) ?? -1;
  }
}

/**
 * A quote before what may be an integer: V8 treats "123" as one, and its hash of integers has no seed, so
 * untrusted text could make the keys collide.
 */
function toKey(text: string): string {
  const first = text.charCodeAt(0);
  return first === QUOTE || (first >= DIGIT_0 && first <= DIGIT_9) ? `"${text}` : text;
}
