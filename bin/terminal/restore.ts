import {isOutOfMemory, OUT_OF_MEMORY} from '../../src/base/out-of-memory.js';
import {sanitize} from '../../src/format/sanitize.js';
import {DISABLE_MOUSE} from './mouse-reports.js';

/** What is needed of the process. */
export interface HostProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  on(event: string, listener: (argument: unknown) => void): unknown;
  off(event: string, listener: (argument: unknown) => void): unknown;
  exit(code: number): void;
}

export interface GuardedTerminal {
  readonly host: HostProcess;
  readonly stdout: {write(text: string): unknown; on(event: 'error', listener: () => void): unknown};
  readonly stderr: {write(text: string): unknown};
  /** The keyboard that was put in raw mode. */
  readonly stdin: {setRawMode?(isRaw: boolean): unknown};
  readonly hasMouse: boolean;
  readonly isAlternateScreen: boolean;
}

/** Gives the terminal back as it was. */
export interface TerminalGuard {
  /** What ends the user interface; it leaves the alternate screen and shows the cursor. Called once, may throw. */
  setLeave(leave: () => void): void;
  /** Restores the terminal now; a second time does nothing. */
  restore(): void;
  /** Restores the terminal, tells an error that nobody expected in one line, and returns the exit code. */
  fail(error: unknown): number;
  /** Restores the terminal and stops watching over it. */
  dispose(): void;
}

const LEAVE_ALTERNATE_SCREEN = '\u001b[?1049l';
const SHOW_CURSOR = '\u001b[?25h';
const RESET_STYLE = '\u001b[0m';

/** Signals that end the process, by their numbers: the exit code is 128 + n, as shells tell it. */
const SIGNALS = new Map([
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
]);

/** Watches over a terminal: it is restored on signals, on errors that nobody caught, and on any other way out. */
export function guardTerminal(terminal: GuardedTerminal): TerminalGuard {
  const {host, stdout, stderr, stdin} = terminal;
  let leave: (() => void) | null = null;
  let isRestored = false;

  const restore = (): void => {
    if (isRestored) return;
    isRestored = true;
    // After a hang-up every write fails; there is nobody left to tell.
    stdout.on('error', () => {});
    const hasLeft = leave !== null && succeeds(leave);
    succeeds(() => stdin.setRawMode?.(false));
    // Leaving twice would put the cursor where it was before the program.
    const screen = terminal.isAlternateScreen && !hasLeft ? LEAVE_ALTERNATE_SCREEN : '';
    succeeds(() =>
      stdout.write(`${terminal.hasMouse ? DISABLE_MOUSE : ''}${screen}${SHOW_CURSOR}${RESET_STYLE}`),
    );
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
  for (const [signal, number] of SIGNALS) {
    listeners.set(signal, () => {
      restore();
      host.exit(128 + number);
    });
  }
  for (const [event, listener] of listeners) host.on(event, listener);

  return {
    setLeave(newLeave) {
      leave = newLeave;
    },
    restore,
    fail,
    dispose() {
      restore();
      for (const [event, listener] of listeners) host.off(event, listener);
    },
  };
}

/** One line; with MEMRAY_TREE_DEBUG=1 the stack as well. The message may hold names from a capture. */
export function formatUnexpectedError(error: unknown, env: HostProcess['env']): string {
  const message = error instanceof Error ? error.message : String(error);
  const {MEMRAY_TREE_DEBUG: debug} = env;
  if (debug !== '1' && isOutOfMemory(error)) return `memray-tree-ink: ${OUT_OF_MEMORY}`;
  const stack = error instanceof Error && debug === '1' ? (error.stack ?? '') : null;
  const advice = stack === null ? ' (this is a fault of the program; MEMRAY_TREE_DEBUG=1 shows where)' : '';
  const lines = [`memray-tree-ink: unexpected error: ${message}${advice}`, ...(stack?.split('\n') ?? [])];
  return lines.map(sanitize).join('\n');
}

function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
