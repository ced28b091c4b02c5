// Ink's check of texts, in the bundle of the command line: it goes through every text of a frame several times, and most of them are those
// of the frame before.
import sanitizeAnsi from '../../node_modules/ink/build/sanitize-ansi.js';

const MAX_KNOWN = 2000;
const known = new Map();

export default function getSanitized(text) {
  let sanitized = known.get(text);
  if (sanitized === undefined) {
    sanitized = sanitizeAnsi(text);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, sanitized);
  }
  return sanitized;
}
