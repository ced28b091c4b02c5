import type {Keymap} from '../keymap/keymap.js';
import {getTypedText} from '../keymap/keystroke.js';

/** Whether a keystroke runs its command even while a search is typed. */
export function isUrgent(keystroke: string, keymap: Keymap): boolean {
  const command = keymap.getCommand(keystroke);
  return command === 'interrupt' || command === 'suspend' || command === 'redraw';
}

/** How many keystrokes from `start` on type text into a search, one after the other. */
export function countTyped(keystrokes: readonly string[], start: number, keymap: Keymap): number {
  let end = start;
  while (end < keystrokes.length) {
    const keystroke = keystrokes[end]!;
    if (getTypedText(keystroke) === null || isUrgent(keystroke, keymap)) break;
    end++;
  }
  return end - start;
}
