import {hostname} from 'node:os';
import {sep} from 'node:path';
import type {Environment} from '../../src/platform/environment.js';
import {getPlatform, type Platform} from '../../src/platform/platform.js';
import {hasTrueColor} from './color-depth.js';

/** The address of a line of a file (0 where it is not known) on this machine. */
export type LinkTo = (path: string, line: number) => string;

/**
 * How the terminal gets links (OSC 8), null where it may show them as text. No terminal says that it takes them. Those
 * that show all colors know such sequences at least, and ignore them.
 */
export function getLinkTo(env: Environment, platform: Platform = getPlatform()): LinkTo | null {
  if (!hasTrueColor(env, platform)) return null;
  const hasLines = takesLines(env);
  return (path, line) => {
    const url = new URL('file:///');
    // Not by pathToFileURL, which drops blanks and control characters at the end of a name.
    url.pathname = path.toWellFormed().split(sep).map(encodeName).join('/');
    // Of a name that is no name of a host nothing is kept: this machine is meant as well.
    url.hostname = hostname();
    if (hasLines && line > 0) url.hash = String(line);
    return url.href;
  };
}

/** A colon needs no code, and `C:` is known without one. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll('%3A', ':');
}

/** Terminals whose users can open links in an editor. Others would look for a file of such a name. */
function takesLines({TERM: term, TERM_PROGRAM: program, KITTY_WINDOW_ID: kitty}: Environment): boolean {
  return term === 'xterm-kitty' || kitty !== undefined || program === 'iTerm.app';
}
