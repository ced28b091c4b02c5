import type {Environment} from './environment.js';

/**
 * All that differs between the systems that captures are looked at on. Everything else asks here, and tests
 * ask for other systems.
 */
export interface Platform {
  /** Rows at the bottom of a screen that stay free: a Windows console scrolls when its last row is full. */
  readonly spareRows: number;
  /** The keyboard of the terminal that a process belongs to, whatever its standard input is. */
  readonly keyboardPath: string;
  /** Whether processes can be stopped and continued (Ctrl+Z), and get a signal when the size changes. */
  readonly hasJobControl: boolean;
  /** Whether the mode of a file says who may read it. Windows makes modes up. */
  readonly hasFileModes: boolean;
  /** Whether a backslash in a command makes the next character literal. On Windows it separates folders. */
  readonly hasBackslashEscapes: boolean;
  /** Every terminal shows all colours. */
  readonly hasTrueColor: boolean;
  /** Whether the terminal shows emoji and box characters, by what its environment says. */
  hasSymbols(env: Environment): boolean;
  /**
   * Whether a file of this name may be a device, or a door to the system. Absolute paths, as the system
   * writes them.
   */
  isSystemPath(path: string): boolean;
}

/**
 * Terminals, and names that say little of the terminal, without emoji and mostly without box characters:
 * hardware terminals, their emulations, and the consoles of systems themselves (Linux's own has 512
 * characters).
 */
const PLAIN_TERMINAL = /^(?:dumb|ansi|linux|sun|cons25|vt\d{2,3}|wsvt25|hurd|unknown)(?:-.*)?$/;

/**
 * The character encoding by POSIX's rule: the first of three variables that is set. Where none is set nothing
 * is known (containers often have none, in terminals that do show UTF-8), and UTF-8 is taken for granted.
 */
function hasUtf8Locale({LC_ALL: all, LC_CTYPE: ctype, LANG: lang}: Environment): boolean {
  const locale = all || ctype || lang || '';
  return locale === '' || /utf-?8/i.test(locale);
}

const posix: Platform = {
  spareRows: 0,
  keyboardPath: '/dev/tty',
  hasJobControl: true,
  hasFileModes: true,
  hasBackslashEscapes: true,
  hasTrueColor: false,
  hasSymbols: env => hasUtf8Locale(env) && !PLAIN_TERMINAL.test(env.TERM ?? ''),
  isSystemPath: path => /^\/(?:proc|sys|dev)(?:\/|$)/.test(path),
};

/** Devices have their names in every folder, with any suffix; the superscript digits count as digits. */
const WINDOWS_DEVICE =
  /(?:^|[\\/:])(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$) *(?:[.:][^\\/]*)?$/i;

const windows: Platform = {
  spareRows: 1,
  keyboardPath: '\\\\.\\CONIN$',
  hasJobControl: false,
  hasFileModes: false,
  hasBackslashEscapes: false,
  // Every console of a Windows that Node 22 runs on.
  hasTrueColor: true,
  // The old console has none; Windows Terminal, editors and ConEmu say that they are there, others have a
  // TERM.
  hasSymbols: ({
    WT_SESSION: terminal,
    TERM_PROGRAM: program,
    TERMINAL_EMULATOR: emulator,
    ConEmuTask: task,
    TERM: term,
  }) => [terminal, program, emulator, task, term].some(value => value !== undefined && value !== ''),
  isSystemPath: path => WINDOWS_DEVICE.test(path) || /^[\\/]{2}[.?][\\/]/.test(path),
};

/** @param name as Node calls it: "win32", "darwin", "linux", … */
export function getPlatform(name: string = process.platform): Platform {
  return name === 'win32' ? windows : posix;
}
