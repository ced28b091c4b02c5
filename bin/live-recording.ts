import type {LoadMessage} from '../src/reader/load-messages.js';
import type {SaveState} from '../src/store/save-state.js';
import {ByteBlocks} from './byte-blocks.js';
import type {Output} from './output-file.js';
import {OutputError} from './write-failure.js';

/** So much is kept in memory for a user who wants to save it later. */
const MAX_KEPT_BYTES = 64e6;

/** What was received is no recording, or nothing was received. */
const WORTHLESS: ReadonlySet<string> = new Set(['not-a-capture', 'empty', 'header-cut', 'cannot-open']);

/** A file that a live run is to be saved in. `open` throws OutputError. */
export interface SaveTarget {
  readonly path: string;
  open(): Promise<Output>;
}

export interface LiveRecordingOptions {
  /** Where every run is saved; null to keep it in memory until `saveTo` is called. */
  readonly target: SaveTarget | null;
  readonly maxKeptBytes?: number;
}

/**
 * The bytes of a live run, which can be received only once. They are written to a file as they come, or kept
 * in memory up to a limit. All that happens to the file happens in the order of the calls; nothing here
 * rejects: what goes wrong is in the state.
 */
export class LiveRecording {
  #state: SaveState = {kind: 'unsaved', path: null, failure: null};
  #listener: (state: SaveState) => void = () => {};
  #output: Output | null = null;
  #hasBytes = false;
  #isOver = false;
  #queue: Promise<void> = Promise.resolve();
  readonly #kept = new ByteBlocks();
  readonly #target: SaveTarget | null;
  readonly #maxKeptBytes: number;

  constructor({target, maxKeptBytes = MAX_KEPT_BYTES}: LiveRecordingOptions) {
    this.#target = target;
    this.#maxKeptBytes = maxKeptBytes;
  }

  get state(): SaveState {
    return this.#state;
  }

  /** `listener` is called at once, and after every change. */
  watch(listener: (state: SaveState) => void): void {
    this.#listener = listener;
    listener(this.#state);
  }

  /** A run begins: nothing of the one before is kept. */
  begin(): Promise<void> {
    return this.#enqueue(async () => {
      if (this.#output !== null && !this.#hasBytes) return;
      await this.#discard();
      this.#isOver = false;
      this.#set({kind: 'unsaved', path: null, failure: null});
      if (this.#target !== null) await this.#open(this.#target);
    });
  }

  /** Resolves when the bytes are written or kept. They must not change before. */
  add(bytes: Uint8Array): Promise<void> {
    return this.#enqueue(async () => {
      this.#hasBytes = true;
      if (this.#output !== null) await this.#write(this.#output, bytes);
      else if (this.#state.kind === 'unsaved') this.#keep(bytes);
    });
  }

  /** Saves what is kept and all that follows; does nothing unless the state is "unsaved". */
  saveTo(target: SaveTarget): Promise<void> {
    return this.#enqueue(async () => {
      if (this.#state.kind !== 'unsaved') return;
      await this.#open(target);
      if (this.#isOver) await this.#finish();
    });
  }

  /** The run is over, or is not received any further: the file gets its name. */
  end(): Promise<void> {
    return this.#enqueue(async () => {
      this.#isOver = true;
      await this.#finish();
    });
  }

  /** The reading has told how it ended. What turned out to be no recording is not saved. */
  noteEnd(ending: LoadMessage): void {
    const isWorthless = ending.type === 'failed' && WORTHLESS.has(ending.code);
    void (isWorthless ? this.#enqueue(() => this.#discard()) : this.end());
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(task);
    return this.#queue;
  }

  #set(state: SaveState): void {
    this.#state = state;
    this.#listener(state);
  }

  #keep(bytes: Uint8Array): void {
    if (this.#kept.length + bytes.length <= this.#maxKeptBytes) {
      this.#kept.add(bytes);
    } else {
      this.#kept.clear();
      this.#set({...this.#state, kind: 'lost'});
    }
  }

  async #open({path, open}: SaveTarget): Promise<void> {
    this.#set({kind: 'saving', path, failure: null});
    try {
      this.#output = await open();
      for (const block of this.#kept.list()) await this.#output.write(block);
      this.#kept.clear();
    } catch (error) {
      // What is kept in memory may be saved elsewhere.
      await this.#fail(error, this.#target === null ? 'unsaved' : 'lost');
    }
  }

  async #write(output: Output, bytes: Uint8Array): Promise<void> {
    try {
      await output.write(bytes);
    } catch (error) {
      await this.#fail(error, 'lost');
    }
  }

  async #finish(): Promise<void> {
    if (this.#output === null) return;
    if (!this.#hasBytes) return this.#discard();
    try {
      await this.#output.finish();
      this.#output = null;
      this.#set({...this.#state, kind: 'saved'});
    } catch (error) {
      await this.#fail(error, 'lost');
    }
  }

  async #fail(error: unknown, kind: 'unsaved' | 'lost'): Promise<void> {
    if (!(error instanceof OutputError)) throw error;
    await this.#output?.discard();
    this.#output = null;
    this.#set({...this.#state, kind, failure: error.message});
  }

  async #discard(): Promise<void> {
    await this.#output?.discard();
    this.#output = null;
    this.#hasBytes = false;
    this.#kept.clear();
    if (this.#state.failure === null) this.#set({kind: 'unsaved', path: null, failure: null});
  }
}
