import {PassThrough} from 'node:stream';
import type {ReadStream} from 'node:tty';
import {splitReports, type TerminalEvent} from './terminal-reports.js';

/** What is needed of a terminal's input. */
export type TerminalInput = Pick<
  ReadStream,
  'isTTY' | 'setRawMode' | 'setEncoding' | 'on' | 'pause' | 'resume' | 'ref' | 'unref'
>;

export interface TerminalListeners {
  onEvent(event: TerminalEvent): void;
  /** Called when no more input can come: the terminal was closed. May be called more than once. */
  onLost(): void;
}

/** The Esc key is the beginning of a report as well: it is held back for so long. */
const HOLD_MS = 20;

/**
 * Terminal input without reports, as Ink takes it: Ink would drop them or take them for keys, so they are
 * taken out before and given to `onEvent`. The terminal is read only in raw mode, so that another program may
 * read it in between.
 */
export class TerminalStdin extends PassThrough {
  readonly isTTY = true;
  isRaw = false;
  readonly #terminal: TerminalInput;
  readonly #onEvent: (event: TerminalEvent) => void;
  #rest = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(terminal: TerminalInput, {onEvent, onLost}: TerminalListeners) {
    super();
    this.#terminal = terminal;
    this.#onEvent = onEvent;
    // The stream decodes, so that no character is cut.
    terminal.setEncoding('utf8');
    terminal.on('data', (chunk: string | Buffer) => this.#handle(chunk.toString()));
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

  #handle(chunk: string): void {
    clearTimeout(this.#timer);
    const {text, events, rest} = splitReports(this.#rest + chunk);
    this.#rest = rest;
    if (text !== '') this.write(text);
    // Ink reads the text a moment later; what the mouse did after a key has to come after it.
    if (text !== '' && events.length > 0) setImmediate(() => events.forEach(this.#onEvent));
    else events.forEach(this.#onEvent);
    if (rest !== '') this.#timer = setTimeout(() => this.#release(), HOLD_MS);
  }

  /** What was held back was a key after all, unless it is more than any key sends. */
  #release(): void {
    clearTimeout(this.#timer);
    const held = this.#rest;
    if (held.startsWith('\u001b[<') || held.startsWith('\u001b]11;')) return;
    this.#rest = '';
    if (held !== '' && !this.writableEnded) this.write(held);
  }
}
