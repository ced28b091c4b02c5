import type {SourceLanguage} from './source-result.js';

/**
 * What a line begins in: '' in code, else what opened the string or comment that goes on: `"""`, `'''`, `"`,
 * `'` (a string with a backslash at the line's end), each with `f` before it for a string with replacement
 * fields; a C block comment and a raw string of C++ (`R"x(`) begin with their openers as well.
 */
export type LineState = string;

/** A stretch of a line, from `start` up to `end` (exclusive), in UTF-16 units. */
export type VisitSpan = (
  kind: 'code' | 'string' | 'comment',
  start: number,
  end: number,
  state: LineState,
) => void;

/**
 * The states of a file's lines, found on demand from the top down and kept: one cheap pass over each line.
 * The first line counts as code, also where it is the beginning of a part.
 */
export interface LineStates {
  /** The state at the beginning of line `index`. */
  getStart(index: number): LineState;
}

export function createLineStates(lines: readonly string[], language: SourceLanguage): LineStates {
  const starts: LineState[] = [''];
  return {
    getStart(index) {
      while (starts.length <= index) {
        const last = starts.length - 1;
        const line = lines[last] ?? '';
        const open = scanLine(line, starts[last] ?? '', language);
        starts.push(goesOn(line, open) ? open : '');
      }
      return starts[index] ?? '';
    },
  };
}

/**
 * Scans a line that begins in `state`; returns what is open at its end (in right code nothing that ends with
 * the line).
 */
export function scanLine(
  line: string,
  state: LineState,
  language: SourceLanguage,
  visit?: VisitSpan,
): LineState {
  if (language === null) return '';
  const openers = OPENERS[language];
  let open = state;
  let position = 0;
  while (true) {
    if (open !== '') {
      const end = findEnd(line, position, open);
      visit?.(open === '/*' ? 'comment' : 'string', position, end < 0 ? line.length : end, open);
      if (end < 0) return open;
      position = end;
      open = '';
    }
    openers.lastIndex = position;
    const match = openers.exec(line);
    const start = match?.index ?? line.length;
    if (start > position) visit?.('code', position, start, '');
    if (match === null) return '';
    if (match[0] === '#' || match[0] === '//') {
      visit?.('comment', start, line.length, '');
      return '';
    }
    open = language === 'python' && hasFields(line, start) ? `f${match[0]}` : match[0];
    visit?.(open === '/*' ? 'comment' : 'string', start, start + match[0].length, open);
    position = start + match[0].length;
  }
}

const OPENERS: Readonly<Record<Exclude<SourceLanguage, null>, RegExp>> = {
  python: /#|"""|'''|"|'/g,
  c: /\/\/|\/\*|"|'/g,
  cpp: /\/\/|\/\*|R"[^()\\\s"]{0,16}\(|"|(?<!\b\d[\w.']{0,40})'/g,
};

/** What ends a string or comment that goes on over lines: `)x"` a raw string that begins with `R"x(`. */
export function getCloser(open: LineState): string {
  if (open === '/*') return '*/';
  return open.startsWith('R') ? `)${open.slice(2, -1)}"` : open.replace(/^f/, '');
}

/** Do prefix letters before the quote make it an f-string (or a template)? */
function hasFields(line: string, quote: number): boolean {
  const prefix = /(?:^|[^A-Za-z0-9_])([A-Za-z]{1,2})$/.exec(line.slice(Math.max(0, quote - 3), quote))?.[1];
  return prefix !== undefined && /^(?:r?[ft]|[ft]r)$/i.test(prefix);
}

/**
 * The index past the end of what `open` began, or −1. A backslash escapes, in raw strings too (the quote
 * stays).
 */
function findEnd(line: string, from: number, open: LineState): number {
  const quote = getCloser(open);
  if (open === '/*' || open.startsWith('R')) {
    const end = line.indexOf(quote, from);
    return end < 0 ? -1 : end + quote.length;
  }
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line.startsWith(quote, at)) return at + quote.length;
  }
  return -1;
}

/** Does what is open at a line's end go on in the next? */
function goesOn(line: string, open: LineState): boolean {
  if (open === '') return false;
  if (open === '/*' || open.length >= 3) return true;
  const backslashes = /\\*$/.exec(line)?.[0].length ?? 0;
  return backslashes % 2 === 1;
}
