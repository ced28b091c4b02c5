import type {Node} from './node.js';

/** Thrown, without a stack of its own, where a name cannot be read: the mangled name is shown then. */
export const DOUBT: Error = new Error('not a name this demangler knows');

export function doubt(): never {
  throw DOUBT;
}

/** How deep the parts of a name may be nested, in its text and in what its substitutions unfold to. */
export const MAX_NESTING = 1024;

/** How much work a name may cost. Real ones cost some hundreds of steps. */
const MAX_STEPS = 100_000;

/** A mangled name while it is read: the place, what `S_` may refer to, and how deep the reading is. */
export class Mangled {
  at = 0;
  readonly substitutions: Node[] = [];
  /** The name a constructor that follows would have. */
  lastName: Node | null = null;
  isExpression = false;
  isConversion = false;
  /** Was the scope of a member read in the newer of two ways? */
  hasNewScopes = false;
  /** Are all of them to be read in the older way? */
  readonly hasOldScopes: boolean;
  readonly #text: string;
  #nesting = 0;
  #steps = 0;

  constructor(text: string, hasOldScopes: boolean) {
    this.#text = text;
    this.hasOldScopes = hasOldScopes;
  }

  /** The character `ahead` of the place, '' past the end. */
  peek(ahead = 0): string {
    const index = this.at + ahead;
    return index < this.#text.length ? this.#text[index]! : '';
  }

  next(): string {
    const character = this.peek();
    if (character === '') doubt();
    this.at++;
    return character;
  }

  /** Goes over the text if it stands here. */
  accept(text: string): boolean {
    if (!this.#text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) doubt();
  }

  /** The next `length` characters. */
  take(length: number): string {
    const end = this.at + length;
    if (end > this.#text.length) doubt();
    const text = this.#text.slice(this.at, end);
    this.at = end;
    return text;
  }

  /** Up to the character, which is not taken. */
  takeUntil(character: string): string {
    const end = this.#text.indexOf(character, this.at);
    return end < 0 ? doubt() : this.take(end - this.at);
  }

  isAtEnd(): boolean {
    return this.at >= this.#text.length;
  }

  /** Digits, maybe none: 0. */
  readNumber(): number {
    let number = 0;
    while (isDigit(this.peek())) {
      number = number * 10 + Number(this.next());
      if (number > 0x7fffffff) doubt();
    }
    return number;
  }

  /** The same with `n` for minus. */
  readSignedNumber(): number {
    return this.accept('n') ? -this.readNumber() : this.readNumber();
  }

  /** `_` is 0, `0_` is 1, `1_` is 2 … */
  readCompactNumber(): number {
    if (this.accept('_')) return 0;
    const number = this.readNumber() + 1;
    this.expect('_');
    return number;
  }

  remember(node: Node): Node {
    this.substitutions.push(node);
    return node;
  }

  /** Opens a level of the grammar; `leave` closes it. What throws between them ends the whole name. */
  enter(): void {
    if (++this.#nesting > MAX_NESTING || ++this.#steps > MAX_STEPS) doubt();
  }

  leave(): void {
    this.#nesting--;
  }

  /** What the reading gives, or null and the place and state before where it cannot be read so. */
  attempt(read: () => Node): Node | null {
    const {at, lastName, isExpression, isConversion} = this;
    const known = this.substitutions.length;
    const nesting = this.#nesting;
    try {
      return read();
    } catch (error) {
      if (error !== DOUBT || this.#steps > MAX_STEPS) throw error;
      this.at = at;
      this.lastName = lastName;
      this.isExpression = isExpression;
      this.isConversion = isConversion;
      this.substitutions.length = known;
      this.#nesting = nesting;
      return null;
    }
  }
}

export function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

export function isLower(character: string): boolean {
  return character >= 'a' && character <= 'z';
}

export function isUpper(character: string): boolean {
  return character >= 'A' && character <= 'Z';
}
