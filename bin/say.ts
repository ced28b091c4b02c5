import {breakCommands} from '../src/format/break-commands.js';
import {sanitize} from '../src/format/sanitize.js';

/** Writes one line to standard error. Whatever names are in it, it is one line of text. */
export function say(where: string, message: string): void {
  process.stderr.write(`${formatError(where, message)}\n`);
}

/** One line for standard error: the program, where, what and what to do about it. `where` may be empty. */
export function formatError(where: string, message: string): string {
  const input = nameInput(where);
  return breakCommands(sanitize(`memray-tree-ink: ${input === '' ? message : `${input}: ${message}`}`));
}

/** What to call a capture in a message. @param path `-` for standard input */
export function nameInput(path: string): string {
  return path === '-' ? 'standard input' : path;
}
