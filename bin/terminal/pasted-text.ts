/** What a terminal that was asked to puts around text that is pasted (bracketed paste). */
export const PASTE_START = '\u001b[200~';
const PASTE_END = '\u001b[201~';

/** Characters that are kept: more than a line that is typed may have. */
const CAPACITY = 4096;

/** Text that is being pasted, in pieces that may be cut anywhere. */
export class PastedText {
  #text = '';
  /** What the mark of the end may begin with. */
  #tail = '';

  /** Returns the beginning of what came since the last call. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  get isEmpty(): boolean {
    return this.#text === '';
  }

  /** Returns what follows the text; null while it goes on. */
  add(piece: string): string | null {
    const input = this.#tail + piece;
    const end = input.indexOf(PASTE_END);
    this.#tail = end < 0 ? findBegunEnd(input) : '';
    this.#keep(input.slice(0, end < 0 ? input.length - this.#tail.length : end));
    return end < 0 ? null : input.slice(end + PASTE_END.length);
  }

  #keep(text: string): void {
    this.#text += text.slice(0, CAPACITY - this.#text.length);
  }
}

/** The end of the input as far as it is the beginning of the mark. */
function findBegunEnd(input: string): string {
  for (let length = PASTE_END.length - 1; length > 0; length--) {
    if (input.endsWith(PASTE_END.slice(0, length))) return PASTE_END.slice(0, length);
  }
  return '';
}
