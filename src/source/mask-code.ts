import {type LineState, scanLine} from './line-states.js';
import type {SourceLanguage} from './source-result.js';

/**
 * A stretch of code to be coloured, made so that a highlighter gets it right without the rest of the file.
 */
export interface MaskedCode {
  /**
   * As many lines as were given. In each, the characters of the given line stand in their own columns (some
   * of them replaced by a space); what follows them is ours and must be cut off again.
   */
  readonly lines: readonly string[];
  /** So many characters before the first line are ours, too: they open the string or comment it begins in. */
  readonly prefixLength: number;
}

/**
 * Prepares lines out of the middle of a file. A string that began above is opened, and one whose line is cut
 * is closed. In Python, what highlight.js (10.7) takes for errors, leaving everything without colours, is
 * hidden: nested brackets in a def's parameters, type parameters, "->" out of place, "#" in an f-string's
 * field.
 *
 * `starts[i]` is the state at the beginning of `lines[i]` in the whole file; `isCut[i]` says that its end is
 * missing.
 */
export function maskCode(
  lines: readonly string[],
  starts: readonly LineState[],
  isCut: readonly boolean[],
  language: SourceLanguage,
): MaskedCode {
  const prefix = starts[0] ?? '';
  const header = new HeaderMask();
  const masked = lines.map((line, index) => {
    const start = starts[index] ?? '';
    const characters = language === 'python' ? line.split('') : null;
    const open = scanLine(line, start, language, (kind, from, to, state) => {
      if (characters === null) return;
      if (kind === 'code') header.hideIn(characters, from, to);
      else if (kind === 'string' && state.startsWith('f')) hide(characters, from, to, '#');
    });
    if (characters !== null && isCut[index] === true) hideCutKeyword(line, characters);
    const code = characters?.join('') ?? line;
    const next = index + 1 < lines.length ? (starts[index + 1] ?? '') : '';
    const end = isCut[index] === true ? header.close() : '';
    return `${code}${getRepair(open, next)}${end}`;
  });
  return {lines: [`${prefix}${masked[0] ?? ''}`, ...masked.slice(1)], prefixLength: prefix.length};
}

/** What must follow a line so that the next one begins in its true state. */
function getRepair(open: LineState, next: LineState): string {
  if (open === next) return '';
  // A space keeps a backslash at a cut line's end from escaping the closing quote.
  const close = open === '' ? '' : ` ${open === '/*' ? '*/' : open.replace(/^f/, '}')}`;
  return `${close}${next === '' ? '' : ` ${next}`}`;
}

const HEADER = /(?<![.\w])(?:def|class)(?=\s)/g;

/**
 * Follows the heads of definitions through code, line after line, and hides what would be taken for an error.
 */
class HeaderMask {
  #isInHeader = false;
  #parens = 0;
  #squares = 0;

  hideIn(characters: string[], from: number, to: number): void {
    const code = characters.slice(from, to).join('');
    HEADER.lastIndex = 0;
    let head = HEADER.exec(code);
    for (let index = 0; index < code.length; index++) {
      if (head !== null && index === head.index && !this.#isInHeader) {
        this.#isInHeader = true;
        this.#parens = 0;
        this.#squares = 0;
      }
      if (head !== null && index >= head.index) head = HEADER.exec(code);
      const isArrow = code[index] === '-' && code[index + 1] === '>';
      if (this.#isInHeader ? this.#isHiddenInHeader(code[index] ?? '', isArrow) : isArrow) {
        characters[from + index] = ' ';
      }
    }
  }

  /** Ends a head whose rest is not there; returns what to add to its line. */
  close(): string {
    const end = this.#isInHeader ? (this.#parens > 0 ? '):' : ':') : '';
    this.#isInHeader = false;
    return end;
  }

  #isHiddenInHeader(character: string, isArrow: boolean): boolean {
    switch (character) {
      case '(':
        return this.#parens++ > 0;
      case ')':
        this.#parens = Math.max(0, this.#parens - 1);
        return this.#parens > 0;
      case '[':
        this.#squares++;
        return false;
      case ']':
        this.#squares = Math.max(0, this.#squares - 1);
        return false;
      case ':':
        if (this.#parens > 0) return false;
        if (this.#squares > 0) return true;
        this.#isInHeader = false;
        return false;
      case '-':
        return isArrow && this.#parens > 0;
      default:
        return this.#parens === 0 && '${=;,'.includes(character);
    }
  }
}

function hide(characters: string[], from: number, to: number, hidden: string): void {
  for (let index = from; index < to; index++) {
    if (characters[index] === hidden) characters[index] = ' ';
  }
}

/** "default", cut to "def", would begin a head that never comes. */
function hideCutKeyword(line: string, characters: string[]): void {
  if (/\b(?:def|class)$/.test(line)) characters[characters.length - 1] = ' ';
}
