import {formatKey} from '../keymap/format-keys.js';
import type {Keymap} from '../keymap/keymap.js';
import {getTypedText} from '../keymap/keystroke.js';
import type {Command} from './command.js';
import type {TreeState} from './state.js';

/**
 * Why a command would do nothing now, in one line that fits on a screen of 80 columns; null where it does
 * something, or where the reason is plain to see.
 */
export function explainIdle(state: TreeState, {idle}: Command): string | null {
  return state.help === null ? (idle?.(state) ?? null) : null;
}

/**
 * What is said of a key that runs no command; null for keys that may be the host's, where the keymap has no
 * key for the help.
 * @param isLeft whether it is the key of a command that such a keymap leaves out
 */
export function explainUnknownKey(
  {help}: TreeState,
  keystroke: string,
  keymap: Keymap,
  isLeft: (keystroke: string) => boolean,
): string | null {
  const [helpKey] = keymap.getKeys('toggleHelp');
  const text = getTypedText(keystroke);
  if (help !== null || text === null) return null;
  if (helpKey === undefined) return isLeft(keystroke) ? `The tree leaves the key ${text} to this app` : null;
  return `The key ${text} does nothing; ${formatKey(helpKey)} shows the keys`;
}
