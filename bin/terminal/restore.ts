import {FATAL_SIGNALS} from '../fatal-signals.js';
import {formatUnexpectedError} from '../unexpected-error.js';
import {DISABLE_MOUSE, DISABLE_PASTE} from './terminal-reports.js';

/** What is needed of the process. */
export interface HostProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  prependListener(event: string, listener: (argument: unknown) => void): unknown;
  off(event: string, listener: (argument: unknown) => void): unknown;
  exit(code: number): void;
}

export interface TerminalSessionOptions {
  readonly host: HostProcess;
  readonly stdout: {write(text: string): unknown};
  readonly stderr: {write(text: string): unknown};
  /** The keyboard that was put in raw mode. */
  readonly stdin: {setRawMode?(isRaw: boolean): unknown};
  /** Whether it was closed; then it cannot be restored, and nobody sees the exit code. */
  isClosed(): boolean;
  readonly hasMouse: boolean;
  readonly isAlternateScreen: boolean;
}

/** Gives the terminal back as it was. */
export interface TerminalSession {
  /**
   * What ends the user interface; it leaves the alternate screen and shows the cursor. Called once, may
   * throw.
   */
  onExit(leave: () => void): void;
  /** Asks whether the terminal is given back already, because the program is being stopped. */
  setAway(isAway: () => boolean): void;
  /** Restores the terminal now; a second time does nothing. */
  restore(): void;
  /** Restores the terminal, reports an unexpected error in one line, and returns the exit code. */
  fail(error: unknown): number;
  /** Restores the terminal and stops watching over it. */
  dispose(): void;
}

const LEAVE_ALTERNATE_SCREEN = '\u001b[?1049l';
const SHOW_CURSOR = '\u001b[?25h';
const RESET_STYLE = '\u001b[0m';

/**
 * Watches over a terminal: it is restored on signals, on uncaught errors, and on every other exit.
 * A write that fails meanwhile is handled in standard-streams.ts.
 */
export function startTerminalSession(terminal: TerminalSessionOptions): TerminalSession {
  const {host, stdout, stderr, stdin} = terminal;
  let leave: (() => void) | null = null;
  let isAway = (): boolean => false;
  let isRestored = false;

  const restore = (): void => {
    if (isRestored) return;
    isRestored = true;
    // The terminal belongs to the shell then.
    if (isAway()) return;
    const hasLeft = leave !== null && succeeds(leave);
    succeeds(() => stdin.setRawMode?.(false));
    // Leaving twice would put the cursor where it was before the program.
    const leaving = terminal.isAlternateScreen && !hasLeft ? LEAVE_ALTERNATE_SCREEN : '';
    const mouse = terminal.hasMouse ? DISABLE_MOUSE : '';
    // A frame below a prompt fills the screen to the end of its last row.
    const end = terminal.isAlternateScreen ? '' : '\r\n';
    succeeds(() => stdout.write(`${DISABLE_PASTE}${mouse}${leaving}${SHOW_CURSOR}${RESET_STYLE}${end}`));
  };
  const fail = (error: unknown): number => {
    restore();
    succeeds(() => stderr.write(`${formatUnexpectedError(error, host.env)}\n`));
    return 1;
  };

  const listeners = new Map<string, (argument: unknown) => void>([
    ['exit', restore],
    ['uncaughtException', error => host.exit(fail(error))],
    ['unhandledRejection', error => host.exit(fail(error))],
  ]);
  for (const [signal, number] of FATAL_SIGNALS) {
    listeners.set(signal, () => {
      // A terminal that is closed says so by this signal and by writes that fail, in any order: the exit code
      // is the same.
      const isQuiet = signal === 'SIGHUP' && terminal.isClosed();
      restore();
      host.exit(isQuiet ? 0 : 128 + number);
    });
  }
  // Node ignores it, but a library of Ink does not. The write that caused it fails, and that is handled.
  listeners.set('SIGXFSZ', () => {});
  // First of all listeners: whatever they print belongs on the terminal as it was.
  for (const [event, listener] of listeners) host.prependListener(event, listener);

  return {
    onExit(newLeave) {
      leave = newLeave;
    },
    setAway(newIsAway) {
      isAway = newIsAway;
    },
    restore,
    fail,
    dispose() {
      restore();
      for (const [event, listener] of listeners) host.off(event, listener);
    },
  };
}

function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
