import {getTypedText} from '../keymap/keystroke.js';

/**
 * How many keystrokes from `start` on type text into a search, one after the other.
 * @param isUrgent whether a keystroke runs its command even while a search is typed
 */
export function countTyped(
  keystrokes: readonly string[],
  start: number,
  isUrgent: (keystroke: string) => boolean,
): number {
  let end = start;
  while (end < keystrokes.length) {
    const keystroke = keystrokes[end]!;
    if (getTypedText(keystroke) === null || isUrgent(keystroke)) break;
    end++;
  }
  return end - start;
}

/** Longer than any name that is looked for, and short enough to be measured and compared at each key. */
const MAX_LINE_LENGTH = 4096;

/**
 * A line of text after a keystroke; null for keys that do not edit it.
 * @param typed what the keystroke types, or several of them in a row; null for other keys
 */
export function editLine(line: string, keystroke: string, typed: string | null): string | null {
  if (typed !== null) return extendLine(line, typed);
  if (keystroke === 'backspace' || keystroke === 'delete') return Array.from(line).slice(0, -1).join('');
  return keystroke === 'ctrl+u' ? '' : null;
}

/** A text that is pasted as a part of a line: its lines with blanks between them, without other controls and cut characters. */
export function toPastedLine(text: string): string {
  const line = text.replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, '\n').replaceAll(/^\n|\n$/g, '');
  return line.replaceAll('\n', ' ').replaceAll(/[\p{Cc}\p{Cs}]/gu, '');
}

/** The line with a text after it, as far as it fits; characters stay whole. */
function extendLine(line: string, text: string): string {
  const whole = line + text;
  if (whole.length <= MAX_LINE_LENGTH) return whole;
  const isCharacterCut = whole.codePointAt(MAX_LINE_LENGTH - 1)! > 0xffff;
  return whole.slice(0, isCharacterCut ? MAX_LINE_LENGTH - 1 : MAX_LINE_LENGTH);
}
