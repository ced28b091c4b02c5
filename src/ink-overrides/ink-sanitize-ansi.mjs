// Ink's check of texts, in the bundle of the command line: it goes through every text of a frame several times, and most of them are those
// of the frame before.
import sanitizeAnsi from '../../node_modules/ink/build/sanitize-ansi.js';

const MAX_KNOWN = 2000;
const known = new Map();

/** Anything that Ink could change: controls other than ends of lines and colours, and marks, which a colour could part from their base. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
const DOUBTFUL = /(?![\n\u001b])\p{Control}|\u001b(?!\[[\d;]*m)|\p{Mark}/u;

export default function getSanitized(text) {
  let sanitized = known.get(text);
  if (sanitized === undefined) {
    sanitized = DOUBTFUL.test(text) ? sanitizeAnsi(text) : text;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, sanitized);
  }
  return sanitized;
}
