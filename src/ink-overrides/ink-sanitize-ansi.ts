// Replaces Ink's sanitizer in the bundle of the command line. Ink passes every text of a frame through it
// several times, and most texts are those of the previous frame.
import {sanitizeInkAnsi} from './originals.js';

const MAX_KNOWN = 2000;
const known = new Map<string, string>();

/**
 * Anything that Ink may change: controls other than line ends and colors, and marks, which a color could
 * separate from their base.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colors begin with one.
const DOUBTFUL = /(?![\n\u001b])\p{Control}|\u001b(?!\[[\d;]*m)|\p{Mark}/u;

const getSanitized: typeof sanitizeInkAnsi = text => {
  let sanitized = known.get(text);
  if (sanitized === undefined) {
    sanitized = DOUBTFUL.test(text) ? sanitizeInkAnsi(text) : text;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, sanitized);
  }
  return sanitized;
};

export default getSanitized;
