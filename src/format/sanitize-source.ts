import {cellWidth} from './cells.js';
import {type Safe, sanitize, trusted} from './sanitize.js';

/**
 * A line of source code: tabs become spaces up to the next multiple of `tabWidth` cells, the rest as
 * `sanitize`.
 */
export function sanitizeSource(line: string, tabWidth = 4): Safe {
  const [first = '', ...rest] = line.split('\t');
  let text: string = sanitize(first);
  for (const piece of rest) text += ' '.repeat(tabWidth - (cellWidth(text) % tabWidth)) + sanitize(piece);
  return trusted(text);
}
