import {PassThrough} from 'node:stream';
import type {ReadStream} from 'node:tty';
import {type MouseEvent, splitMouseReports} from './mouse-reports.js';

/** What is needed of a terminal's input. */
export type TerminalInput = Pick<
  ReadStream,
  'isTTY' | 'setRawMode' | 'setEncoding' | 'on' | 'pause' | 'resume' | 'ref' | 'unref'
>;

export interface MouseStdinListeners {
  onMouse(event: MouseEvent): void;
  /** Called when no more input can come: the terminal was closed. May be called more than once. */
  onLost(): void;
}

/** The Esc key is the beginning of a report as well: it is held back for so long. */
const HOLD_MS = 20;

/**
 * Terminal input without mouse reports, as Ink takes it: Ink would drop the reports, so they are taken out before and
 * given to `onMouse`. The terminal is read only in raw mode, so that another program may read it in between.
 */
export class MouseStdin extends PassThrough {
  readonly isTTY = true;
  isRaw = false;
  readonly #terminal: TerminalInput;
  readonly #onMouse: (event: MouseEvent) => void;
  #rest = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(terminal: TerminalInput, {onMouse, onLost}: MouseStdinListeners) {
    super();
    this.#terminal = terminal;
    this.#onMouse = onMouse;
    // The stream decodes, so that no character is cut.
    terminal.setEncoding('utf8');
    terminal.on('data', (chunk: string | Buffer) => this.#take(chunk.toString()));
    terminal.on('end', onLost);
    terminal.on('error', onLost);
    terminal.pause();
  }

  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    this.#terminal.setRawMode(isRaw);
    if (isRaw) {
      this.#terminal.resume();
    } else {
      this.#terminal.pause();
      this.#release();
    }
    return this;
  }

  ref(): this {
    this.#terminal.ref();
    return this;
  }

  unref(): this {
    this.#terminal.unref();
    return this;
  }

  #take(chunk: string): void {
    clearTimeout(this.#timer);
    const {text, events, rest} = splitMouseReports(this.#rest + chunk);
    this.#rest = rest;
    if (text !== '') this.write(text);
    // Ink reads the text a moment later; what the mouse did after a key has to come after it.
    if (text !== '' && events.length > 0) setImmediate(() => events.forEach(this.#onMouse));
    else events.forEach(this.#onMouse);
    if (rest !== '') this.#timer = setTimeout(() => this.#release(), HOLD_MS);
  }

  /** What was held back was a key after all, unless it is more than any key sends. */
  #release(): void {
    clearTimeout(this.#timer);
    const held = this.#rest;
    if (held.startsWith('\u001b[<')) return;
    this.#rest = '';
    if (held !== '' && !this.writableEnded) this.write(held);
  }
}
