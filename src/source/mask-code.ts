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
 * Prepares lines out of the middle of a file. A string that began above is opened; a string, and in Python
 * the parameters of a function, whose line is cut are closed.
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
  const masked = lines.map((line, index) => {
    const isCutPython = isCut[index] === true && language === 'python';
    let code = '';
    const open = scanLine(line, starts[index] ?? '', language, (kind, from, to) => {
      if (kind === 'code') code += line.slice(from, to);
    });
    const next = index + 1 < lines.length ? (starts[index + 1] ?? '') : '';
    const end = isCutPython && OPEN_PARAMETERS.test(code) ? ')' : '';
    return `${isCutPython ? hideCutKeyword(line) : line}${getRepair(open, next)}${end}`;
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

/** To the highlighter the parameters end with the first closing bracket. */
const OPEN_PARAMETERS = /(?<![.\w])def\s+\w+\s*\([^)]*$/;

/** "default", cut to "def", would take the next word for the name of a function. */
function hideCutKeyword(line: string): string {
  return /\b(?:def|class)$/.test(line) ? `${line.slice(0, -1)} ` : line;
}
