import {UNSAFE} from './sanitize.js';

/**
 * A word as it can be typed in a POSIX shell, or pasted: what a terminal does not show as it is, line ends above all, is
 * written as the octal numbers of its bytes.
 */
export function quoteArgument(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  const escaped = word.replaceAll(/[\\']/g, '\\$&').replaceAll(UNSAFE, escapeBytes);
  const isShown = word.search(UNSAFE) < 0;
  return isShown ? `'${word.replaceAll("'", "'\\''")}'` : `$'${escaped}'`;
}

function escapeBytes(character: string): string {
  const bytes = new TextEncoder().encode(character);
  return Array.from(bytes, byte => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
