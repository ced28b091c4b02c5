// Frames for tests: renders a component on a screen that exists in memory only.
import {EventEmitter} from 'node:events';
import {type Instance, type RenderOptions, render} from 'ink';
import type {ReactNode} from 'react';
import {readCells} from './base/check.js';

export interface FrameOptions {
  /** Size of the screen in cells; 80 × 24 unless given. */
  readonly columns?: number;
  readonly rows?: number;
  /** How many bits of color the screen supports: 1 (none, the default), 4, 8 or 24. */
  readonly colorBits?: 1 | 4 | 8 | 24;
}

/** A rendered component and its keyboard. */
export interface FrameApp {
  /** The contents of the screen, without colors and trailing spaces. */
  frame(): string;
  /** The contents of the screen, with SGR sequences. */
  styledFrame(): string;
  /** How many frames have been drawn so far. */
  frameCount(): number;
  /**
   * Presses keys one after the other, by name (`down`, `shift+up`, `ctrl+u`, `escape`) or character; resolves
   * when all is drawn.
   */
  press(...keys: string[]): Promise<void>;
  /** Types or pastes a text that arrives at once. */
  type(text: string): Promise<void>;
  /** Resolves when all pending changes are drawn. */
  settle(): Promise<void>;
  /** Resolves with the first frame that fulfils the condition; rejects after 10 seconds. */
  waitFor(condition: string | RegExp | ((frame: string) => boolean)): Promise<string>;
  resize(columns: number, rows: number): Promise<void>;
  rerender(element: ReactNode): Promise<void>;
  unmount(): void;
}

const SEQUENCES = new Map([
  ['up', '\u001b[A'],
  ['down', '\u001b[B'],
  ['right', '\u001b[C'],
  ['left', '\u001b[D'],
  ['shift+up', '\u001b[1;2A'],
  ['shift+down', '\u001b[1;2B'],
  ['shift+right', '\u001b[1;2C'],
  ['shift+left', '\u001b[1;2D'],
  ['home', '\u001b[H'],
  ['end', '\u001b[F'],
  ['pageup', '\u001b[5~'],
  ['pagedown', '\u001b[6~'],
  ['enter', '\r'],
  ['space', ' '],
  ['tab', '\t'],
  // The kitty form: a lone ESC would have to wait for what may follow it.
  ['escape', '\u001b[27u'],
  ['backspace', '\u007f'],
  ['delete', '\u001b[3~'],
]);

/** The bytes that a terminal sends for a key. A single character stands for itself. */
function getSequence(key: string): string {
  const control = /^ctrl\+([a-z])$/.exec(key)?.[1];
  const sequence =
    control === undefined ? SEQUENCES.get(key) : String.fromCharCode(control.charCodeAt(0) - 96);
  if (sequence !== undefined) return sequence;
  if (Array.from(key).length === 1) return key;
  throw new Error(`no such key: ${key}`);
}

/** The screen. With Ink's `debug` each write that is no control sequence is a whole frame. */
class FakeStdout extends EventEmitter {
  readonly isTTY = true;
  columns: number;
  rows: number;
  lastFrame = '';
  frameCount = 0;
  readonly #colorBits: number;

  constructor({columns, rows, colorBits = 1}: FrameOptions) {
    super();
    // As a terminal: at least one cell.
    this.columns = Math.max(1, readCells(columns) ?? 80);
    this.rows = Math.max(1, readCells(rows) ?? 24);
    this.#colorBits = colorBits;
  }

  getColorDepth = (): number => this.#colorBits;

  write = (chunk: string, callback?: () => void): boolean => {
    // Switching the cursor or a mode is no frame, nor is the empty write by which Ink waits.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences begin with ESC
    if (chunk !== '' && !/^(?:\u001b\[\?\d+[hl])+$/.test(chunk)) {
      this.lastFrame = chunk;
      this.frameCount++;
      this.emit('frame');
    }
    callback?.();
    return true;
  };
}

/** The keyboard. */
class FakeStdin extends EventEmitter {
  readonly isTTY = true;
  readonly #pending: string[] = [];

  setRawMode = (): this => this;
  setEncoding = (): this => this;
  ref = (): this => this;
  unref = (): this => this;
  read = (): string | null => this.#pending.shift() ?? null;

  send(text: string): void {
    // Without a listener the key is dropped; it does not wait for the next listener.
    if (this.listenerCount('readable') === 0) return;
    this.#pending.push(text);
    this.emit('readable');
  }
}

const SETTLING_TURNS = 4;
const WATCHDOG_MS = 10_000;

/** Renders an element on a screen of its own, which belongs to no other test. */
export function renderFrame(element: ReactNode, options: FrameOptions = {}): FrameApp {
  const stdout = new FakeStdout(options);
  const stdin = new FakeStdin();
  const instance: Instance = render(element, {
    stdout: stdout as unknown as NonNullable<RenderOptions['stdout']>,
    stderr: stdout as unknown as NonNullable<RenderOptions['stderr']>,
    stdin: stdin as unknown as NonNullable<RenderOptions['stdin']>,
    debug: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  const settle = async () => {
    // React draws in one turn of the event loop and runs effects in the next; these may change something once
    // more.
    for (let turn = 0; turn < SETTLING_TURNS; turn++) await instance.waitUntilRenderFlush();
  };
  const frame = () => stripStyles(stdout.lastFrame);
  return {
    frame,
    styledFrame: () => stdout.lastFrame,
    frameCount: () => stdout.frameCount,
    settle,
    async press(...keys) {
      await settle();
      for (const key of keys) {
        stdin.send(getSequence(key));
        await settle();
      }
    },
    async type(text) {
      await settle();
      stdin.send(text);
      await settle();
    },
    waitFor: condition => waitForFrame(condition, frame, stdout),
    async resize(columns, rows) {
      await settle();
      stdout.columns = Math.max(1, readCells(columns) ?? stdout.columns);
      stdout.rows = Math.max(1, readCells(rows) ?? stdout.rows);
      stdout.emit('resize');
      await settle();
    },
    async rerender(next) {
      instance.rerender(next);
      await settle();
    },
    unmount: () => instance.cleanup(),
  };
}

function stripStyles(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
  const plain = text.replace(/\u001b\[[\d;:]*m/g, '');
  return plain.replace(/ +$/gm, '');
}

function waitForFrame(
  condition: string | RegExp | ((frame: string) => boolean),
  frame: () => string,
  stdout: FakeStdout,
): Promise<string> {
  const isMet = (text: string) => {
    if (typeof condition === 'function') return condition(text);
    return typeof condition === 'string' ? text.includes(condition) : condition.test(text);
  };
  return new Promise((resolve, reject) => {
    const check = () => {
      if (!isMet(frame())) return;
      clearTimeout(watchdog);
      stdout.off('frame', check);
      resolve(frame());
    };
    const watchdog = setTimeout(() => {
      stdout.off('frame', check);
      reject(new Error(`the frame never showed ${String(condition)}:\n${frame()}`));
    }, WATCHDOG_MS);
    stdout.on('frame', check);
    check();
  });
}
