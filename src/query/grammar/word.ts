/**
 * A word of a written query as its characters. A literal one was written after a backslash: it never means anything
 * to the grammar, whatever it is.
 */
export interface Word {
  readonly text: string;
  /** 1 for each character (UTF-16 unit) of `text` that is literal. */
  readonly isLiteral: Uint8Array;
  /** Where the word begins in what was written. */
  readonly start: number;
}

/** What cannot be read in a written query. */
export class QueryError extends Error {
  /** Where the word begins that is meant, in what was written. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.name = 'QueryError';
    this.position = position;
  }
}

/**
 * Splits what was written into words at blanks. Quotes, anywhere in a word, hold blanks and nothing else, as in a
 * shell; a backslash makes the next character literal.
 * @throws QueryError for a quote that is never closed
 */
export function splitWords(written: string): readonly Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < written.length) {
    if (isBlank(written[at]!)) {
      at++;
    } else {
      const {word, end} = readWord(written, at, isBlank);
      words.push(word);
      at = end;
    }
  }
  return words;
}

/** One word that is written alone, as the value of an option: blanks belong to it. @throws QueryError as above */
export function toWord(written: string): Word {
  return readWord(written, 0, () => false).word;
}

function isBlank(character: string): boolean {
  return /\s/.test(character);
}

function readWord(written: string, start: number, isEnd: (character: string) => boolean) {
  let text = '';
  const literals: number[] = [];
  let quote: string | null = null;
  let at = start;
  for (; at < written.length; at++) {
    const character = written[at]!;
    if (character === '\\' && at + 1 < written.length) {
      literals.push(text.length);
      text += written[++at]!;
    } else if (quote !== null) {
      if (character === quote) quote = null;
      else text += character;
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (isEnd(character)) {
      break;
    } else {
      text += character;
    }
  }
  if (quote !== null) throw new QueryError(`a quote (${quote}) is not closed`, start);
  const isLiteral = new Uint8Array(text.length);
  for (const index of literals) isLiteral[index] = 1;
  return {word: {text, isLiteral, start}, end: at};
}

/** A part of a word. */
export function sliceWord({text, isLiteral, start}: Word, from: number, to = text.length): Word {
  return {text: text.slice(from, to), isLiteral: isLiteral.slice(from, to), start};
}

/** Whether a word begins with this text, none of it literal. */
export function hasPrefix({text, isLiteral}: Word, prefix: string): boolean {
  return text.startsWith(prefix) && !isLiteral.subarray(0, prefix.length).includes(1);
}

/** Where the first separator is that is not literal; the end where there is none. */
export function findSeparator({text, isLiteral}: Word, separator: string, from = 0): number {
  let at = text.indexOf(separator, from);
  while (at >= 0 && isLiteral[at] === 1) at = text.indexOf(separator, at + 1);
  return at < 0 ? text.length : at;
}

/** Splits a word at each separator that is not literal. */
export function splitWord(word: Word, separator: string): readonly Word[] {
  const parts: Word[] = [];
  let from = 0;
  for (let at = findSeparator(word, separator); at < word.text.length; ) {
    parts.push(sliceWord(word, from, at));
    from = at + 1;
    at = findSeparator(word, separator, from);
  }
  return [...parts, sliceWord(word, from)];
}

/** Text so that it is read as it is: nothing in it means anything to the grammar. */
export function escapeText(text: string): string {
  return text.replaceAll(/[\\"',\s]/g, character => `\\${character}`);
}
