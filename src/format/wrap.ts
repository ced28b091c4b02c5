import {cellWidth, sliceCells} from './cells.js';
import type {Safe} from './sanitize.js';

/**
 * Text in lines of at most `width` cells. A line ends at a blank where there is one, else after a "/", else anywhere:
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
    rest = rest.slice(line.length).trimStart() as Safe;
  }
  if (rest !== '' || lines.length === 0) lines.push(rest);
  return lines;
}

/** The start of a text that is wider than `width`. */
function takeLine(text: Safe, width: number): Safe {
  const fitting = sliceCells(text, 0, width);
  // Half of a wide character at the edge comes as a space that is not in the text.
  const whole = text.startsWith(fitting) ? fitting : (fitting.slice(0, -1) as Safe);
  const space = text[whole.length] === ' ' ? whole.length : whole.lastIndexOf(' ');
  if (space > 0) return whole.slice(0, space).trimEnd() as Safe;
  // A path breaks after a folder, unless that leaves most of the line empty.
  const slash = whole.lastIndexOf('/') + 1;
  return (slash > whole.length / 2 ? whole.slice(0, slash) : whole) as Safe;
}
