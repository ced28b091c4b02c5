import {sanitize, TOO_MANY_MARKS, UNSAFE} from './sanitize.js';

/** Lines as `sanitize` makes them: nothing but the line feeds between them stays as it is. */
export function sanitizeLines(text: string): string {
  return text.split('\n').map(sanitize).join('\n');
}

/**
 * The same of JSON, which stays the same JSON: what must not reach a terminal can only be in its texts, and is written as
 * escapes there (RFC 8259, 7).
 */
export function escapeJsonLines(text: string): string {
  return text
    .replace(UNSAFE, character => (character === '\n' ? character : escapeUnits(character)))
    .replace(TOO_MANY_MARKS, (marks, kept: string) => kept + escapeUnits(marks.slice(kept.length)));
}

function escapeUnits(text: string): string {
  return Array.from({length: text.length}, (_, unit) => {
    const code = text.charCodeAt(unit).toString(16);
    return `\\u${code.padStart(4, '0')}`;
  }).join('');
}
