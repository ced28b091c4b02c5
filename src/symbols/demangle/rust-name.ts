import {doubt, isDigit, MAX_NESTING} from './mangled.js';
import {MAX_OUTPUT} from './output.js';
import {decodePunycode} from './punycode.js';

const MAX_STEPS = 100_000;

/** A name of Rust while it is read and written at once: references lead back into its text. */
export class RustName {
  text = '';
  at = 0;
  /** How many lifetimes the types around have bound. */
  lifetimes = 0;
  readonly #mangled: string;
  #nesting = 0;
  #steps = 0;
  #isSilent = false;

  constructor(mangled: string) {
    this.#mangled = mangled;
  }

  write(text: string): void {
    if (!this.#isSilent) this.text += text;
    if (this.text.length > MAX_OUTPUT) doubt();
  }

  silently(read: () => void): void {
    const before = this.#isSilent;
    this.#isSilent = true;
    read();
    this.#isSilent = before;
  }

  isAtEnd(): boolean {
    return this.at >= this.#mangled.length;
  }

  peek(): string {
    return this.#mangled[this.at] ?? '';
  }

  next(): string {
    return this.#mangled[this.at++] ?? doubt();
  }

  accept(letter: string): boolean {
    if (this.peek() !== letter) return false;
    this.at++;
    return true;
  }

  /** Reads one level deeper. */
  nested(read: () => void): void {
    if (++this.#nesting > MAX_NESTING || ++this.#steps > MAX_STEPS) doubt();
    read();
    this.#nesting--;
  }

  /** Reads what stands earlier in the name: `B` and where. */
  referred(start: number, read: () => void): void {
    const place = this.readBase62();
    if (place >= start) doubt();
    const back = this.at;
    this.at = place;
    if (!this.#isSilent) this.nested(read);
    this.at = back;
  }

  /** `_` is 0, `0_` is 1, `Z_` is 62 … Hashes of crates are too big to be exact; they are not shown. */
  readBase62(): number {
    if (this.accept('_')) return 0;
    let number = 0;
    for (let digit = this.next(); digit !== '_'; digit = this.next()) {
      if (!DIGITS.includes(digit)) doubt();
      number = number * 62 + DIGITS.indexOf(digit);
    }
    return number + 1;
  }

  /** The number behind a letter, 0 where the letter is not there. */
  readOptional(letter: string): number {
    return this.accept(letter) ? this.readBase62() + 1 : 0;
  }

  /** `u` for other than ASCII, length, `_` where digits follow, characters. */
  readIdentifier(): string {
    const isEncoded = this.accept('u');
    const first = this.next();
    if (!isDigit(first)) doubt();
    let length = Number(first);
    while (length > 0 && isDigit(this.peek())) length = length * 10 + Number(this.next());
    this.accept('_');
    const end = this.at + length;
    if (end > this.#mangled.length) doubt();
    const text = this.#mangled.slice(this.at, end);
    this.at = end;
    return isEncoded ? (decodePunycode(text) ?? doubt()) : text;
  }

  /** Hexadecimal digits up to `_`. */
  readHexadecimal(): bigint {
    let digits = '';
    for (let digit = this.next(); digit !== '_'; digit = this.next()) digits += digit;
    return /^[0-9a-f]{1,32}$/.test(digits) ? BigInt(`0x${digits}`) : doubt();
  }
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
