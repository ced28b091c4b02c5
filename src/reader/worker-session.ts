import type {Worker} from 'node:worker_threads';
import {isShortOfCaptures} from '../heap/check-aggregated.js';
import {countHeld} from '../heap/cut-snapshot.js';
import {isHeap, isSameView, type View} from '../heap/snapshot.js';
import type {
  CaptureSession,
  PartialAnswer,
  Question,
  SessionOptions,
  WholeAnswer,
} from './capture-session.js';
import {toFailure} from './failure.js';
import type {HeldHistory} from './held-history.js';
import {type HeldSnapshot, openWhole} from './held-snapshots.js';
import type {InputSpec} from './input-spec.js';
import type {LoadDone, LoadProgress} from './load-messages.js';
import {joinDone} from './parcels.js';
import type {FromWorker, ToWorker} from './session-messages.js';

export interface SessionHooks {
  /** Starts a worker on worker.js. */
  readonly startWorker: () => Worker;
  /** Gets the bytes of a live run as they come; more are received once it resolves. */
  readonly onReceived?: (bytes: Uint8Array) => Promise<void>;
  /** Called once, with the first answer after the reading: how it has ended. */
  readonly onEnd?: (ending: WholeAnswer) => void;
}

/**
 * Opens a session that reads in a worker. The worker ends as soon as it has answered and handed over what may
 * still be asked; another one is started only for names of native frames.
 */
export function openSession(input: InputSpec, options: SessionOptions, hooks: SessionHooks): CaptureSession {
  return new WorkerSession(input, options, hooks);
}

interface Pending<T> {
  readonly id: number;
  readonly resolve: (answer: T | null) => void;
}

interface PendingWhole extends Pending<WholeAnswer> {
  readonly question: Question;
}

class WorkerSession implements CaptureSession {
  readonly #options: SessionOptions;
  readonly #hooks: SessionHooks;
  readonly #listeners = new Set<(progress: LoadProgress) => void>();
  #worker: Worker | null = null;
  #isReading = true;
  #isClosed = false;
  #nextId = 1;
  #progress: LoadProgress | null = null;
  #partial: Pending<PartialAnswer> | null = null;
  #whole: PendingWhole | null = null;
  /** The strings of the answer that is under way. */
  #strings: string[] | null = null;
  /** The newest answer of each selection. */
  readonly #answers = new Map<View['kind'], LoadDone>();
  #held: readonly HeldSnapshot[] = [];

  readonly history: Promise<HeldHistory | null>;
  #settleHistory: (history: HeldHistory | null) => void = () => {};

  constructor(input: InputSpec, options: SessionOptions, hooks: SessionHooks) {
    this.#options = options;
    this.#hooks = hooks;
    this.history = new Promise(resolve => {
      this.#settleHistory = resolve;
    });
    this.#startWorker({type: 'read', input, options});
  }

  subscribe(listener: (progress: LoadProgress) => void): () => void {
    this.#listeners.add(listener);
    if (this.#progress !== null) listener(this.#progress);
    return () => this.#listeners.delete(listener);
  }

  getPartial(select: View): Promise<PartialAnswer | null> {
    this.#settlePartial(null);
    if (!this.#isReading || this.#isClosed) return Promise.resolve(null);
    const id = this.#nextId++;
    return new Promise(resolve => {
      this.#partial = {id, resolve};
      this.#post({type: 'ask partial', id, select});
    });
  }

  getWhole(question: Question): Promise<WholeAnswer | null> {
    this.#settleWhole(null);
    const known = this.#findAnswer(question);
    if (known !== null) return Promise.resolve(known);
    if (this.#isClosed || !this.#canAsk(question)) return Promise.resolve(null);
    const id = this.#nextId++;
    return new Promise(resolve => {
      this.#whole = {id, question, resolve};
      this.#post({type: 'ask whole', id, question});
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#settleHistory(null);
    this.#listeners.clear();
    this.#endWorker();
    this.#settlePartial(null);
    this.#settleWhole(null);
  }

  /** What was answered before, or was handed over. */
  #findAnswer({select, limit, blocks}: Question): LoadDone | null {
    const known = this.#answers.get(select.kind);
    if (known !== undefined && isSameView(known.snapshot.view, select)) {
      const {snapshot} = known;
      const isFit = blocks ? snapshot.blocks !== undefined : !isShortOfCaptures(snapshot.capture);
      if (isFit && countHeld(snapshot) >= limit) return known;
    }
    const held = this.#findHeld({select, blocks}, 'whole');
    return held === undefined || this.#progress === null
      ? null
      : this.#keep({type: 'done', progress: this.#progress, ...openWhole(held)});
  }

  #findHeld(
    {select, blocks}: Pick<Question, 'select' | 'blocks'>,
    form: HeldSnapshot['form'],
  ): HeldSnapshot | undefined {
    return this.#held.find(
      held => held.form === form && isSameView(held.select, select) && (!blocks || held.hasBlocks),
    );
  }

  #keep(done: LoadDone): LoadDone {
    const {kind} = done.snapshot.view;
    this.#answers.set(kind, done);
    if (done.snapshot.elided.locations === 0) {
      this.#held = this.#held.filter(({select}) => !isSameView(select, done.snapshot.view));
    }
    return done;
  }

  /** Whether a worker may answer; one that names is started where it can. */
  #canAsk({select, blocks}: Question): boolean {
    const options = this.#options;
    const isOfView = isSameView(select, options.view);
    if (!isOfView && !(isHeap(select) && isHeap(options.view))) return false;
    if (blocks && !(isOfView && options.blocks)) return false;
    if (this.#worker !== null) return true;
    const held = this.#findHeld({select, blocks}, 'unmerged');
    if (held === undefined || this.#progress === null) return false;
    const {resolving, ...progress} = this.#progress;
    this.#startWorker({type: 'reopen', held: [held], progress, options: this.#options});
    return true;
  }

  #startWorker(first: ToWorker): void {
    const worker = this.#hooks.startWorker();
    this.#worker = worker;
    const isPresent = (): boolean => this.#worker === worker;
    worker.on('message', (message: FromWorker) => {
      if (isPresent()) this.#receive(message);
    });
    worker.on('error', error => {
      if (isPresent()) this.#fail(toFailure(error));
    });
    worker.on('exit', code => {
      const message = `the reader ended (code ${code})`;
      if (isPresent()) this.#fail({type: 'failed', code: 'internal', message});
    });
    this.#post(first);
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #endWorker(): void {
    void this.#worker?.terminate();
    this.#worker = null;
  }

  #noteEnd(answer: WholeAnswer | null): void {
    if (this.#isReading && answer !== null) this.#hooks.onEnd?.(answer);
    this.#isReading = false;
  }

  #fail(failure: WholeAnswer): void {
    this.#noteEnd(failure);
    this.#settleHistory(null);
    this.#endWorker();
    this.#settlePartial(null);
    this.#settleWhole(failure);
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'progress':
        this.#report(message.progress);
        return;
      case 'partial':
        this.#progress = message.answer.progress;
        if (message.id === this.#partial?.id) this.#settlePartial(message.answer);
        return;
      case 'strings':
        this.#strings = this.#strings ?? [];
        for (const text of message.strings) this.#strings.push(text);
        this.#post({type: 'next part'});
        return;
      case 'whole':
        this.#receiveWhole(message.id, message.answer);
        return;
      case 'held':
        this.#receiveHeld(message.held, message.stays);
        return;
      case 'history':
        this.#settleHistory(message.history);
        return;
      case 'received':
        void this.#passOn(message.bytes);
    }
  }

  #report(progress: LoadProgress): void {
    this.#progress = progress;
    for (const listener of this.#listeners) listener(progress);
  }

  #receiveWhole(id: number, answer: WholeAnswer | null): void {
    const whole = answer?.type === 'done' ? this.#keep(joinDone(this.#strings, answer)) : answer;
    this.#noteEnd(whole);
    if (whole?.type === 'done') this.#progress = whole.progress;
    this.#strings = null;
    this.#settlePartial(null);
    if (id === this.#whole?.id) this.#settleWhole(whole);
  }

  #receiveHeld(held: readonly HeldSnapshot[], stays: boolean): void {
    this.#held = [...this.#held, ...held];
    // It would have come before.
    this.#settleHistory(null);
    if (stays) return;
    this.#endWorker();
    // A question that was on its way when the worker had said its last word.
    const missed = this.#whole;
    if (missed === null) return;
    this.#whole = null;
    void this.getWhole(missed.question).then(missed.resolve);
  }

  async #passOn(bytes: Uint8Array): Promise<void> {
    const byteCount = bytes.length;
    await this.#hooks.onReceived?.(bytes);
    this.#post({type: 'received', byteCount});
  }

  #settlePartial(answer: PartialAnswer | null): void {
    const partial = this.#partial;
    this.#partial = null;
    partial?.resolve(answer);
  }

  #settleWhole(answer: WholeAnswer | null): void {
    const whole = this.#whole;
    this.#whole = null;
    whole?.resolve(answer);
  }
}
