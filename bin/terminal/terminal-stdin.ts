import {PassThrough} from 'node:stream';
import type {ReadStream} from 'node:tty';
import {InputQueue} from './input-queue.js';
import {PASTE_START, PastedText} from './pasted-text.js';
import {endInput, type InputPart, isBegunReport, isOneKey, splitInput} from './terminal-input.js';
import type {TerminalEvent} from './terminal-reports.js';

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

/** The Esc key is the beginning of a sequence as well: it is held back for so long. */
const KEY_HOLD_MS = 20;
/** The rest of a report comes within this time, or never. */
const REPORT_HOLD_MS = 500;
/** After ESC, `[` is rarely a key of its own. */
const BRACKET_HOLD_MS = 100;
/** The next piece of a text that is pasted comes within this time, or the text may have no end. */
const PASTE_HOLD_MS = 1000;
/** So much of a text without an end may be keys that somebody pressed. */
const TYPED_CHARACTERS = 2;
const INTERRUPT = '\u0003';

/**
 * Terminal input as Ink takes it: without reports, which are given to `onEvent`, and with whole sequences
 * only, so that Ink never waits for the end of one. What is held here is bounded in size and in time. The
 * terminal is read only in raw mode, so that another program may read it in between.
 */
export class TerminalStdin extends PassThrough {
  readonly isTTY = true;
  isRaw = false;
  readonly #terminal: TerminalInput;
  readonly #onEvent: (event: TerminalEvent) => void;
  readonly #queue = new InputQueue();
  #rest = '';
  /** Null while nothing is pasted. */
  #pasted: PastedText | null = null;
  /** Whether nothing has come for long of a text without an end. */
  #isStalled = false;
  #timer: NodeJS.Timeout | undefined;
  #isPassing = false;

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
      this.#pass();
    } else {
      this.#terminal.pause();
      this.#release();
      this.#pasted = null;
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
    let left: string | null = chunk;
    while (left !== null)
      left = this.#pasted === null ? this.#readKeys(left) : this.#paste(left, this.#pasted);
    this.#pass();
  }

  /** Returns what is pasted after the keys, null where that is nothing. */
  #readKeys(chunk: string): string | null {
    const input = this.#rest + chunk;
    const start = input.indexOf(PASTE_START);
    const {parts, rest} = splitInput(start < 0 ? input : input.slice(0, start));
    this.#hold(start < 0 ? rest : '');
    this.#queue.add(parts);
    if (start < 0) return null;
    this.#queue.add(endInput(rest));
    this.#pasted = new PastedText();
    this.#isStalled = false;
    return input.slice(start + PASTE_START.length);
  }

  /** Returns what follows the text that is pasted; null while that goes on, or where nothing does. */
  #paste(chunk: string, pasted: PastedText): string | null {
    clearTimeout(this.#timer);
    // A key is read by itself. In a text it is a part of the text.
    if (chunk === INTERRUPT || (this.#isStalled && isOneKey(chunk))) {
      this.#pasted = null;
      return chunk;
    }
    const left = pasted.add(chunk);
    if (left === null) {
      this.#timer = setTimeout(() => this.#release(), PASTE_HOLD_MS);
      return null;
    }
    if (!this.#isStalled || !pasted.isEmpty) this.#queue.add([{kind: 'paste', text: pasted.take()}]);
    this.#pasted = null;
    return left === '' ? null : left;
  }

  /** The text goes on as soon as there is more of it, up to its end or to a key that is pressed. */
  #stall(pasted: PastedText): void {
    const text = pasted.take();
    const isTyped = text.length <= TYPED_CHARACTERS;
    this.#queue.add(isTyped ? endInput(text) : [{kind: 'paste', text}]);
    this.#isStalled = true;
  }

  /** A report has to be whole in time, however many pieces it comes in. */
  #hold(rest: string): void {
    const isSameReport = isBegunReport(this.#rest) && rest.startsWith(this.#rest);
    this.#rest = rest;
    if (isSameReport) return;
    clearTimeout(this.#timer);
    if (rest !== '') this.#timer = setTimeout(() => this.#release(), getHoldMs(rest));
  }

  #release(): void {
    clearTimeout(this.#timer);
    if (this.#pasted !== null) this.#stall(this.#pasted);
    this.#queue.add(endInput(this.#rest));
    this.#rest = '';
    this.#pass();
  }

  /**
   * Hands on what waits, in batches: between them the terminal is read, so that Ctrl+C is seen, and Ink
   * handles the keys, so that what the mouse did after a key comes after it.
   */
  #pass(): void {
    if (this.#isPassing || this.#queue.isEmpty || !this.isRaw) return;
    this.#isPassing = true;
    const start = performance.now();
    setImmediate(() => {
      this.#isPassing = false;
      this.#queue.adapt(performance.now() - start);
      this.#pass();
    });
    this.#deliver(this.#queue.take());
  }

  #deliver(parts: readonly InputPart[]): void {
    let text = '';
    for (const part of parts) {
      if (part.kind === 'keys') text += part.text;
      else this.#onEvent(part);
    }
    if (text !== '' && !this.writableEnded) this.write(text);
  }
}

function getHoldMs(rest: string): number {
  if (isBegunReport(rest)) return REPORT_HOLD_MS;
  return rest === '\u001b[' ? BRACKET_HOLD_MS : KEY_HOLD_MS;
}
