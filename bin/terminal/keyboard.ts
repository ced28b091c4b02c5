import type {ReadStream} from 'node:tty';
import {openControllingTty} from './controlling-tty.js';

/** The input that keys come from. */
export interface Keyboard {
  readonly input: ReadStream;
  /** Lets go of it, so that the process can end. */
  close(): void;
}

/**
 * Standard input, where it is a terminal and not the capture; else the controlling terminal. Null where there
 * is none: then no key can be pressed.
 */
export function openKeyboard(isPiped: boolean, stdin: ReadStream = process.stdin): Keyboard | null {
  const input = stdin.isTTY && !isPiped ? stdin : openControllingTty();
  if (input === null) return null;
  return {
    input,
    close() {
      input.pause();
      if (input !== stdin) input.destroy();
    },
  };
}
