import {findExpressionEnd} from './expression.js';
import {escapeText, findSeparator, hasPrefix, QueryError, sliceWord, type Word} from './word.js';

/** What of a frame a term looks at; `any`: function, file and module, of a native frame its library too. */
export type TermField = 'any' | 'fn' | 'file' | 'mod' | 'pkg';

/** Upper and lower case count where the text holds an upper case letter. */
export interface Pattern {
  /** The text is a part of the name, the whole name, or a regular expression that is found in the name. */
  readonly kind: 'part' | 'whole' | 'regex';
  readonly text: string;
  /** Beside the whole name of a function: the whole name of its file. Then upper and lower case always count. */
  readonly file?: string;
}

/** Matches a frame if one of its patterns does. */
export interface Term {
  readonly field: TermField;
  /** At least one. */
  readonly patterns: readonly Pattern[];
}

const FIELDS: readonly Exclude<TermField, 'any'>[] = ['fn', 'file', 'mod', 'pkg'];

/**
 * `fn:load`, `fn:=load@/app/data.py`, `mod:=numpy,pandas`, `re:^get_`.
 * @param usual the field where none is written
 * @throws QueryError
 */
export function parseTerm(word: Word, usual: TermField = 'any'): Term {
  const field = FIELDS.find(name => hasPrefix(word, `${name}:`));
  if (field === undefined) return {field: usual, patterns: parsePatterns(word)};
  const value = sliceWord(word, field.length + 1);
  return {field, patterns: field === 'fn' ? splitPatterns(value).map(parseFunction) : parsePatterns(value)};
}

/** Whether a word begins as no more than a term does: `fn:load`, `re:^get_`. */
export function isTerm(word: Word): boolean {
  return [...FIELDS, 're'].some(name => hasPrefix(word, `${name}:`));
}

/** `load`, `=load`, `re:^load`; several are separated by commas. @throws QueryError */
export function parsePatterns(word: Word): readonly Pattern[] {
  return splitPatterns(word).map(parsePattern);
}

/** At each comma that is neither literal nor in the brackets of a regular expression. */
function splitPatterns(word: Word): readonly Word[] {
  const parts: Word[] = [];
  for (let rest: Word | null = word; rest !== null; ) {
    const end: number = hasPrefix(rest, 're:')
      ? findExpressionEnd(rest, 're:'.length)
      : findSeparator(rest, ',');
    parts.push(sliceWord(rest, 0, end));
    rest = end < rest.text.length ? sliceWord(rest, end + 1) : null;
  }
  return parts;
}

/** `load`, `=load`, and `=load@FILE`, the function of one file. */
function parseFunction(word: Word): Pattern {
  const at = findSeparator(word, '@');
  if (!hasPrefix(word, '=') || at === word.text.length) return parsePattern(word);
  return {kind: 'whole', text: word.text.slice(1, at), file: word.text.slice(at + 1)};
}

function parsePattern(word: Word): Pattern {
  if (hasPrefix(word, 're:')) return {kind: 'regex', text: toRegex(sliceWord(word, 're:'.length))};
  const isWhole = hasPrefix(word, '=');
  const text = isWhole ? word.text.slice(1) : word.text;
  // The whole name may be empty: blocks without a file.
  if (text === '' && !isWhole) throw new QueryError('a text is missing', word.start);
  return {kind: isWhole ? 'whole' : 'part', text};
}

/** In a regular expression a backslash stays, except before what only the grammar has to be told. */
function toRegex({text, isLiteral, start}: Word): string {
  let source = '';
  for (let at = 0; at < text.length; at++) {
    source += isLiteral[at] === 1 && !isGrammar(text[at]!) ? `\\${text[at]}` : text[at];
  }
  if (source === '') throw new QueryError('a text is missing', start);
  return source;
}

function isGrammar(character: string): boolean {
  return /[",'\s]/.test(character);
}

/** @param usual the field that is not written */
export function formatTerm({field, patterns}: Term, usual: TermField = 'any'): string {
  const prefix = field === usual ? '' : `${field}:`;
  const text = field === 'fn' ? patterns.map(formatFunction).join(',') : formatPatterns(patterns);
  // What only looks like a field is not one.
  const isAmbiguous = field === usual && FIELDS.some(name => text.startsWith(`${name}:`));
  return isAmbiguous ? `\\${text}` : prefix + text;
}

export function formatPatterns(patterns: readonly Pattern[]): string {
  return patterns.map(formatPattern).join(',');
}

function formatFunction(pattern: Pattern): string {
  const {kind, text, file} = pattern;
  if (kind !== 'whole') return formatPattern(pattern);
  const name = `=${escapeText(text).replaceAll('@', '\\@')}`;
  return file === undefined ? name : `${name}@${escapeText(file)}`;
}

function formatPattern({kind, text}: Pattern): string {
  if (kind === 'regex') return `re:${text.replaceAll(/\\[\s\S]|[",'\s]/g, escapeInRegex)}`;
  if (kind === 'whole') return `=${escapeText(text)}`;
  const isAmbiguous = text.startsWith('=') || text.startsWith('re:');
  return isAmbiguous ? `\\${escapeText(text)}` : escapeText(text);
}

function escapeInRegex(found: string): string {
  return found.length === 2 && !isGrammar(found[1]!) ? found : `\\${found.at(-1)}`;
}
