import {cellWidth, sliceCells} from './cells.js';
import {type Safe, trusted} from './sanitize.js';

/**
 * Text in lines of at most `width` cells. A line ends at a blank or after a "/" where it can, else anywhere:
 * nothing but blanks at line ends is lost. Always at least one line.
 */
export function wrapCells(text: Safe, width: number): readonly Safe[] {
  const limit = Math.max(1, width);
  const lines: Safe[] = [];
  let rest = text;
  while (cellWidth(rest) > limit) {
    const line = takeLine(rest, limit);
    // A single character wider than the limit: there is no way to break it.
    if (line === '') break;
    lines.push(line);
    rest = trusted(rest.slice(line.length).trimStart());
  }
  if (rest !== '' || lines.length === 0) lines.push(rest);
  return lines;
}

/** The start of a text that is wider than `width`. */
function takeLine(text: Safe, width: number): Safe {
  const fitting = sliceCells(text, 0, width);
  // Half of a wide character at the edge comes as a space that is not in the text.
  const whole = text.startsWith(fitting) ? fitting : trusted(fitting.slice(0, -1));
  const end = findBreak(whole, text[whole.length]);
  // Never an empty line: of a text that begins with blanks these are a line of their own.
  return trusted(whole.slice(0, end).trimEnd() || whole);
}

/** Where a line breaks: at a blank or after a folder of a path, whichever fills it better. */
function findBreak(line: string, next: string | undefined): number {
  if (next === ' ') return line.length;
  const slash = line.lastIndexOf('/') + 1;
  const space = line.lastIndexOf(' ');
  if (slash > Math.max(space, line.length / 2)) return slash;
  return space > 0 ? space : line.length;
}
