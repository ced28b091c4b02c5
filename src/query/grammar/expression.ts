import type {Word} from './word.js';

/** Of a repetition, `{1,2}` or `{1,}`. */
const REPETITION = /\{\d+,\d*\}/y;
const NAMED_CLASS = /\[:\^?\w+:\]/y;

/**
 * Where a regular expression ends in a word: at a comma that is not literal and in no brackets, or at the end. What is
 * cut within brackets would be no expression, or another one.
 * @param from where it begins
 */
export function findExpressionEnd(word: Word, from: number): number {
  const {text, isLiteral} = word;
  let depth = 0;
  // From \Q to \E brackets are text.
  let isQuoted = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at]!;
    if (isLiteral[at] === 1) {
      if (character === (isQuoted ? 'E' : 'Q')) isQuoted = !isQuoted;
    } else if (character === ',' && depth === 0) {
      return at;
    } else if (!isQuoted) {
      if (character === '(') depth++;
      if (character === ')') depth = Math.max(0, depth - 1);
      if (character === '[') at = findClassEnd(word, at);
      if (character === '{') at = skipFound(REPETITION, text, at);
    }
  }
  return text.length;
}

/** Where the characters end that begin with "[": at the bracket that closes them, or at the end. */
function findClassEnd({text, isLiteral}: Word, start: number): number {
  let at = start + 1;
  const skip = (character: string): void => {
    if (text[at] === character && isLiteral[at] === 0) at++;
  };
  skip('^');
  // The first one is a character.
  skip(']');
  for (; at < text.length; at++) {
    if (isLiteral[at] === 1) continue;
    if (text[at] === ']') return at;
    at = skipFound(NAMED_CLASS, text, at);
  }
  return text.length;
}

/** The last character of what is found at a place; the place itself where nothing is. */
function skipFound(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  const [found = ' '] = pattern.exec(text) ?? [];
  return start + found.length - 1;
}
