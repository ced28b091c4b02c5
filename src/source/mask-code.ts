import {getCloser, type LineState, scanLine} from './line-states.js';
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
 * Prepares lines out of the middle of a file. A string that began above is opened; what a line whose end is missing leaves
 * open is closed: its string, brackets (also those of the lines above: more closing ones do no harm), and in C the statement.
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
  let masked = lines;
  if (language !== null && isCut.includes(true)) {
    let depth = 0;
    masked = lines.map((line, index) => {
      const scanned = scan(line, starts[index] ?? '', language);
      depth = countOpen(scanned.code, depth);
      if (isCut[index] !== true) return line;
      const end = `${')'.repeat(depth)}${language === 'python' ? '' : ';'}`;
      depth = 0;
      return repair(line, scanned, starts[index + 1] ?? '', end);
    });
  }
  return {lines: [`${prefix}${masked[0] ?? ''}`, ...masked.slice(1)], prefixLength: prefix.length};
}

interface ScannedLine {
  /** What is neither string nor comment. */
  readonly code: string;
  /** What is open at the end, and what stands after its opener. */
  readonly open: LineState;
  readonly openText: string;
}

function scan(line: string, start: LineState, language: SourceLanguage): ScannedLine {
  let code = '';
  let openStart = 0;
  const open = scanLine(line, start, language, (kind, from, to) => {
    if (kind === 'code') code += line.slice(from, to);
    else openStart = from;
  });
  return {code, open, openText: line.slice(openStart)};
}

/** How many brackets are open after some code. */
function countOpen(code: string, before: number): number {
  let depth = before;
  for (const sign of code) {
    if (sign === '(') depth++;
    else if (sign === ')') depth = Math.max(0, depth - 1);
  }
  return depth;
}

/** A line whose end is missing, and what must follow it so that the next one begins in its true state. */
function repair(line: string, {open, openText}: ScannedLine, next: LineState, end: string): string {
  const known = hideCutEnd(line);
  // A space keeps a backslash at a cut line's end from escaping the closing quote.
  const field = open.startsWith('f') ? ` ${closeField(openText)}` : '';
  if (open === next && open !== '') return `${known}${field}`;
  const close = open === '' ? '' : `${field || ' '}${getCloser(open)}`;
  return `${known}${close}${end}${next === '' ? '' : ` ${next}`}`;
}

/** What ends the replacement field that an f-string is cut in, and the string in that field. */
function closeField(string: string): string {
  const field = string.slice(string.lastIndexOf('{') + 1);
  const isInField = string.includes('{') && !field.includes('}');
  return `${isInField ? scanLine(field, '', 'python') : ''}}`;
}

/** What a cut makes of other code: "default" cut to "def", which would name the next word, and a number cut at 1' of 1'000. */
function hideCutEnd(line: string): string {
  if (/\b(?:def|class|struct|enum|union)\s+$/.test(line)) return `${line}_`;
  return /\b(?:def|class|struct|enum|union)$|(?<=\b\d[\w.']{0,40})'$/.test(line)
    ? `${line.slice(0, -1)} `
    : line;
}
