import {closeSync, openSync} from 'node:fs';
import {getPlatform} from '../../src/platform/platform.js';
import type {JobControl} from '../terminal/job-control.js';
import type {Keyboard} from '../terminal/keyboard.js';
import {RESET_AFTER_CRASH, RESET_TERMINAL, readModes, writeModes} from '../terminal/terminal-modes.js';
import {type EditorEnd, hasCrashed, runEditor} from './run-editor.js';

export interface LentTerminal {
  readonly jobControl: JobControl;
  readonly keyboard: Keyboard;
  readonly stdout: {write(text: string): unknown};
}

/**
 * Runs a program in the terminal that the screen is on. However it leaves the terminal, the screen finds it as it was.
 * Null where the terminal is not free.
 */
export function lendTerminal(
  {jobControl, keyboard, stdout}: LentTerminal,
  program: string,
  args: readonly string[],
): Promise<EditorEnd | null> {
  return jobControl.lend(async () => {
    const descriptor = keyboard.input === process.stdin ? 0 : openSync(getPlatform().keyboardPath, 'r+');
    try {
      const modes = readModes(descriptor);
      const end = await runEditor(program, args, descriptor);
      stdout.write(hasCrashed(end) ? RESET_TERMINAL + RESET_AFTER_CRASH : RESET_TERMINAL);
      if (modes !== null) writeModes(descriptor, modes);
      return end;
    } finally {
      if (descriptor !== 0) closeSync(descriptor);
    }
  });
}
