import {fileURLToPath} from 'node:url';
import {type IPty, spawn} from '@lydell/node-pty';
import unicode11 from '@xterm/addon-unicode11';
import headless, {type Terminal as Xterm} from '@xterm/headless';
import {createPtyInput} from './pty-input.js';

/** The root of the project. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
/** The Node that the project brings, which is also the one that runs the tests. */
export const nodeBinary = process.execPath;
/** The bundled program. */
/** The program; another build of it where the environment says so. */
export const programPath = process.env.MEMRAY_TREE_PROGRAM ?? `${projectRoot}dist/bin/memray-tree-ink.js`;

/**
 * How long a screen may take to show what is waited for before the test fails; a watchdog, not a measurement.
 */
const WATCHDOG_MS = 20_000;

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The program and its arguments; the bundled program under the project's Node unless given. */
  readonly command?: readonly string[];
}

/** A real program in a real pseudo-terminal, its output shown by a terminal emulator without a window. */
export interface Terminal {
  readonly pid: number;
  /** The emulator itself, for whoever looks at single cells. */
  readonly emulator: Xterm;
  /** Everything written so far, as it came. */
  readonly output: () => string;
  /** The lines on the screen, without trailing blanks. */
  readonly lines: () => string[];
  /** The screen as one text. */
  readonly screen: () => string;
  readonly isAlternateScreen: () => boolean;
  readonly isCursorHidden: () => boolean;
  /** Types text or escape sequences. */
  readonly type: (text: string) => void;
  /** Presses keys by name ("down", "ctrl-c", "enter", "?"), one after the other. */
  readonly press: (...keys: string[]) => void;
  readonly resize: (columns: number, rows: number) => void;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Resolves with the screen once it fulfils the condition (a text to be found, or a function). */
  readonly waitFor: (condition: string | RegExp | ((screen: string) => boolean)) => Promise<string>;
  /** Resolves when the program has ended. */
  readonly exited: Promise<{readonly code: number; readonly signal: number | undefined}>;
  readonly dispose: () => void;
}

const keySequences: ReadonlyMap<string, string> = new Map([
  ['up', '\u001b[A'],
  ['down', '\u001b[B'],
  ['right', '\u001b[C'],
  ['left', '\u001b[D'],
  ['shift-up', '\u001b[1;2A'],
  ['shift-down', '\u001b[1;2B'],
  ['shift-right', '\u001b[1;2C'],
  ['shift-left', '\u001b[1;2D'],
  ['home', '\u001b[H'],
  ['end', '\u001b[F'],
  ['pageup', '\u001b[5~'],
  ['pagedown', '\u001b[6~'],
  ['enter', '\r'],
  ['space', ' '],
  ['tab', '\t'],
  ['escape', '\u001b'],
  ['backspace', '\u007f'],
]);

/** What a terminal sends for a key's name; a single character stands for itself. */
function getKeySequence(key: string): string {
  const control = /^ctrl-([a-z])$/.exec(key);
  if (control) return String.fromCharCode(control[1]!.charCodeAt(0) - 96);
  const sequence = keySequences.get(key) ?? key;
  if (sequence === key && key.length > 1) throw new Error(`no such key: ${key}`);
  return sequence;
}

/** Starts the program in a terminal of its own. Call `dispose` at the end. */
export function openTerminal(args: readonly string[], options: TerminalOptions = {}): Terminal {
  const columns = options.columns ?? 120;
  const rows = options.rows ?? 40;
  const [file, ...rest] = options.command ?? [nodeBinary, programPath];
  const pty = spawn(file!, [...rest, ...args], {
    name: options.env?.TERM ?? 'xterm-256color',
    cols: columns,
    rows,
    cwd: options.cwd ?? projectRoot,
    env: cleanEnv({COLORTERM: 'truecolor', ...options.env}),
  });
  return watchTerminal(pty, columns, rows);
}

/**
 * This process's environment without what would change colours or interactivity, and with the given changes.
 */
function cleanEnv(changes: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const removed = {CI: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined, VITEST: undefined};
  const env: Record<string, string | undefined> = {...process.env, ...removed, ...changes};
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function watchTerminal(pty: IPty, columns: number, rows: number): Terminal {
  const xterm = new headless.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
  xterm.loadAddon(new unicode11.Unicode11Addon());
  xterm.unicode.activeVersion = '11';
  let output = '';
  /** How much of the output the emulator has drawn. */
  let drawnLength = 0;
  let hasExited = false;
  const type = createPtyInput(pty);
  const watchers = new Set<() => void>();
  const notify = () => {
    for (const watcher of watchers) watcher();
  };
  xterm.onData(answer => {
    if (!hasExited) type(answer);
  });
  pty.onData(data => {
    output += data;
    xterm.write(data, () => {
      drawnLength += data.length;
      notify();
    });
  });
  const exited = new Promise<{code: number; signal: number | undefined}>(resolve => {
    pty.onExit(({exitCode, signal}) => {
      hasExited = true;
      xterm.write('', () => {
        notify();
        resolve({code: exitCode, signal: signal || undefined});
      });
    });
  });
  const lines = () => {
    const buffer = xterm.buffer.active;
    return Array.from(
      {length: xterm.rows},
      // The emulator leaves out only what nobody wrote.
      (_, y) =>
        buffer
          .getLine(buffer.baseY + y)
          ?.translateToString(true)
          .trimEnd() ?? '',
    );
  };
  const screen = () => lines().join('\n');
  // As terminals do it: a frame between the marks of a synchronized update is seen as a whole or not at all.
  const isFrameWhole = () =>
    output.lastIndexOf('\u001b[?2026l', drawnLength) >= output.lastIndexOf('\u001b[?2026h', drawnLength);

  return {
    pid: pty.pid,
    emulator: xterm,
    output: () => output,
    lines,
    screen,
    isAlternateScreen: () => xterm.buffer.active.type === 'alternate',
    isCursorHidden: () => output.lastIndexOf('\u001b[?25l') > output.lastIndexOf('\u001b[?25h'),
    type,
    press: (...keys) => type(keys.map(getKeySequence).join('')),
    resize(newColumns, newRows) {
      xterm.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    signal: name => process.kill(pty.pid, name),
    waitFor: condition => waitForScreen(condition, screen, isFrameWhole, watchers),
    exited,
    dispose() {
      if (!hasExited) pty.kill('SIGKILL');
      xterm.dispose();
    },
  };
}

function waitForScreen(
  condition: string | RegExp | ((screen: string) => boolean),
  getScreen: () => string,
  isFrameWhole: () => boolean,
  watchers: Set<() => void>,
): Promise<string> {
  const isMet = (screen: string) => {
    if (typeof condition === 'string') return screen.includes(condition);
    return condition instanceof RegExp ? condition.test(screen) : condition(screen);
  };
  return new Promise((resolve, reject) => {
    const watchdog = setTimeout(() => {
      watchers.delete(check);
      reject(new Error(`the screen never showed ${String(condition)}:\n${getScreen()}`));
    }, WATCHDOG_MS);
    const check = () => {
      const screen = getScreen();
      if (!isFrameWhole() || !isMet(screen)) return;
      watchers.delete(check);
      clearTimeout(watchdog);
      resolve(screen);
    };
    watchers.add(check);
    check();
  });
}
