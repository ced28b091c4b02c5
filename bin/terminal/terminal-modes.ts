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

/** Leaves the alternate screen. Where that is left already, the cursor stays where it is. */
const LEAVE_ALTERNATE_SCREEN = '\u001b7\u001b[?1049l';

/**
 * Puts a terminal right that another program had: it leaves the alternate screen, and resets what makes a terminal send
 * anything but plain keys (reports of the mouse, the focus and pasted text, modes of the cursor keys and the keypad) or
 * show text in another way (margins, character sets and colors by DECSTR, no line wrap). What stands in the line of
 * the cursor is no whole line, such as the `^C` of the terminal, and is erased.
 */
export const RESET_TERMINAL =
  '\u001b[?2026l' +
  LEAVE_ALTERNATE_SCREEN +
  DISABLE_MOUSE +
  '\u001b[?1002l\u001b[?1003l\u001b[?1005l\u001b[?1015l\u001b[?1004l\u001b[?2004l\u001b[?1l\u001b>' +
  '\u001b[!p\u001b[?7h\u001b[0m' +
  // Margins once more: tmux keeps them, and the cursor goes home with them.
  '\u001b7\u001b[r\u001b8' +
  '\r\u001b[K';

/**
 * What a program that could not end as it should leaves on besides, and what the shell may have switched on as well: a
 * cursor of another shape, and the keyboard protocols of xterm and kitty.
 */
export const RESET_AFTER_CRASH = '\u001b[0 q\u001b[>4m\u001b[<u';
