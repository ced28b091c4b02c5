import {spawnSync} from 'node:child_process';
import {DISABLE_MOUSE} from './terminal-reports.js';

/** In a terminal that belongs to other processes it would be stopped. */
const LIMITS = {timeout: 2000, killSignal: 'SIGKILL'} as const;

/**
 * The modes of a terminal's line discipline (termios), in the form of `stty -g`. Null where there is no stty, as on
 * Windows. Node itself only knows "raw" and what the terminal had before.
 */
export function readModes(descriptor: number): string | null {
  const {status, stdout} = spawnSync('stty', ['-g'], {
    stdio: [descriptor, 'pipe', 'ignore'],
    encoding: 'utf8',
    ...LIMITS,
  });
  return status === 0 ? stdout.trim() : null;
}

export function writeModes(descriptor: number, modes: string): void {
  spawnSync('stty', [modes], {stdio: [descriptor, 'ignore', 'ignore'], ...LIMITS});
}

/**
 * Switches off what makes a terminal send something else than plain keys: all reports of the mouse, of the focus and
 * of pasted text, and the other modes of the cursor keys and the keypad. Programs that were killed, and some others,
 * leave them on. None of it moves the cursor or is shown.
 */
export const RESET_INPUT =
  DISABLE_MOUSE +
  '\u001b[?1002l\u001b[?1003l\u001b[?1005l\u001b[?1015l\u001b[?1004l\u001b[?2004l\u001b[?1l\u001b>';

/**
 * What a program besides leaves behind that could not end as it should: the alternate screen, margins, character sets
 * and colors (DECSTR), no line wrap, a cursor of another shape, and the keyboard protocols of xterm and kitty.
 */
export const RESET_AFTER_CRASH =
  '\u001b[?2026l\u001b[?1049l\u001b[!p\u001b[?7h\u001b[0 q\u001b[>4m\u001b[<u\u001b[0m';
