import {cutSnapshot} from '../heap/cut-snapshot.js';
import {isSameView, type View} from '../heap/snapshot.js';
import type {Question, WholeAnswer} from './capture-session.js';
import {toFailure} from './failure.js';
import {holdHistory, listHeldBuffers} from './held-history.js';
import {type HeldSnapshot, holdUnmerged, holdWhole, type WholeResult} from './held-snapshots.js';
import {readInput} from './input-spec.js';
import {isReadOnce} from './is-read-once.js';
import type {LoadMessage} from './load-messages.js';
import {listBuffers, splitDone} from './parcels.js';
import type {ReadCapture} from './read-capture.js';
import {ReceivedSender} from './received-bytes.js';
import type {FromWorker, ToWorker} from './session-messages.js';
import {openUnmerged} from './unmerged-capture.js';

export type PostToScreen = (message: FromWorker, transfer?: readonly ArrayBuffer[]) => void;

/** A tree of so many frames takes long enough to be built here, and not by the thread that answers keys. */
const LARGE = 10_000;
const HELD: readonly View[] = [{kind: 'peak'}, {kind: 'leaks'}];

/**
 * So many locations without native names take some 6 MB, and as much again while they are made. More of them
 * are read again where they can be.
 */
const MAX_UNNAMED = 50_000;

interface Asked {
  readonly id: number;
  readonly question: Question;
}

/** Reads a capture and answers questions about it; then hands over what may still be asked. */
export class SessionHost {
  readonly #post: PostToScreen;
  readonly #sender: ReceivedSender;
  readonly #maxUnnamed: number;
  #reading: Promise<ReadCapture> = Promise.reject(new Error('nothing is read yet'));
  #isReadOnce = false;
  #isReopened = false;
  #partial: {readonly id: number; readonly select: View} | null = null;
  /** The newest question that is not being answered yet. */
  #asked: Asked | null = null;
  #isAnswering = false;
  /** Stops the naming for a question that a newer one has replaced. */
  #naming = new AbortController();
  /** Selections of which all locations were handed out. */
  readonly #given: View[] = [];
  #isHistoryGiven = false;
  #lastQuestion: Question | null = null;
  /** How many locations there are in what was answered last. */
  #locations = 0;
  #sendNext = (): void => {};

  /** @param maxUnnamed of so many locations those without native names are handed over */
  constructor(post: PostToScreen, maxUnnamed = MAX_UNNAMED) {
    this.#post = post;
    this.#maxUnnamed = maxUnnamed;
    this.#sender = new ReceivedSender(post);
    this.#reading.catch(() => {});
  }

  receive(message: ToWorker): void {
    switch (message.type) {
      case 'read':
        this.#isReadOnce = isReadOnce(message.input);
        this.#start(
          readInput(
            message.input,
            {
              ...message.options,
              getWantedPartial: () => this.#partial?.select ?? null,
              onReceived: bytes => this.#sender.send(bytes),
            },
            progress => this.#report(progress),
          ),
        );
        return;
      case 'reopen':
        this.#isReopened = true;
        this.#start(
          Promise.resolve(openUnmerged(message.held, message.progress, message.options.symbolsDirectory)),
        );
        return;
      case 'ask partial':
        this.#partial = message;
        return;
      case 'ask whole':
        this.#asked = message;
        this.#naming.abort(new Error('another question'));
        void this.#answerAll();
        return;
      case 'next part':
        this.#sendNext();
        return;
      case 'received':
        this.#sender.confirm(message.byteCount);
    }
  }

  #start(reading: Promise<ReadCapture>): void {
    this.#reading = reading;
    // Whoever asks gets to know it.
    reading.catch(() => {});
  }

  #report(message: Extract<LoadMessage, {type: 'progress'}>): void {
    if (message.partial === null || this.#partial === null) {
      this.#post({type: 'progress', progress: message.progress});
      return;
    }
    this.#post({type: 'partial', id: this.#partial.id, answer: message});
    this.#partial = null;
  }

  async #answerAll(): Promise<void> {
    if (this.#isAnswering) return;
    this.#isAnswering = true;
    const read = await this.#reading.catch(toFailure);
    for (let asked = this.#take(); asked !== null; asked = this.#take()) {
      const answer = 'type' in read ? read : await this.#answer(read, asked);
      if (this.#asked === null) await this.#send(asked, answer);
    }
    this.#isAnswering = false;
    if ('type' in read) this.#post({type: 'held', held: [], stays: false});
    else await this.#handOver(read);
  }

  #take(): Asked | null {
    const asked = this.#asked;
    this.#asked = null;
    return asked;
  }

  async #answer(read: ReadCapture, {question}: Asked): Promise<WholeAnswer | null> {
    if (!read.holds(question)) return null;
    this.#naming = new AbortController();
    try {
      const result = await this.#takeSnapshot(read, question);
      return {type: 'done', progress: read.getProgress(), ...result};
    } catch (error) {
      return toFailure(error);
    }
  }

  async #takeSnapshot(read: ReadCapture, question: Question): Promise<WholeResult> {
    const snapshot = await read.getSnapshot(
      question,
      resolving => this.#post({type: 'progress', progress: {...read.getProgress(), resolving}}),
      this.#naming.signal,
    );
    if (snapshot.stacks.length < LARGE) return {snapshot};
    const {createTreeData} = await import('../tree/tree-data.js');
    const {shown, wholePeak} = question;
    return {snapshot, tree: createTreeData(cutSnapshot(snapshot, shown), {wholePeak})};
  }

  /** Part by part: each is asked for, so that the other side can do something else in between. */
  async #send({id, question}: Asked, answer: WholeAnswer | null): Promise<void> {
    if (answer?.type !== 'done') {
      this.#post({type: 'whole', id, answer});
      return;
    }
    const {parts, rest} = splitDone(answer);
    for (const part of parts) {
      this.#post(part);
      await new Promise<void>(resolve => {
        this.#sendNext = resolve;
      });
    }
    const {locations, elided} = answer.snapshot;
    this.#lastQuestion = question;
    this.#locations = locations.length + elided.locations;
    if (elided.locations === 0) this.#given.push(question.select);
    this.#post({type: 'whole', id, answer: rest}, listBuffers(rest));
  }

  async #handOver(read: ReadCapture): Promise<void> {
    // So far it was only asked for what it does not hold.
    if (this.#lastQuestion === null) return;
    this.#handOverHistory(read);
    const wanted = this.#isReopened ? [] : HELD.filter(select => this.#isLeft(read, select));
    const held: HeldSnapshot[] = [];
    for (const select of wanted) {
      const one = await this.#hold(read, select);
      // A question that has come meanwhile is answered first.
      if (this.#isAnswering) return;
      if (one !== null) held.push(one);
    }
    if (this.#isReadOnce && held.length < wanted.length) {
      this.#post({type: 'held', held: [], stays: true});
    } else {
      const buffers = held.map(({bytes}) => bytes.buffer);
      this.#post({type: 'held', held, stays: false}, buffers);
    }
  }

  #handOverHistory(read: ReadCapture): void {
    if (this.#isHistoryGiven) return;
    this.#isHistoryGiven = true;
    const kept = read.getHistory();
    if (kept === null) return;
    const history = holdHistory(kept);
    this.#post({type: 'history', history}, listHeldBuffers(history));
  }

  #isLeft(read: ReadCapture, select: View): boolean {
    return read.holds({select, limit: 0}) && !this.#given.some(given => isSameView(given, select));
  }

  /** Null where there are too many locations for all of them. */
  async #hold(read: ReadCapture, select: View): Promise<HeldSnapshot | null> {
    if (read.hasNativeFrames) {
      if (this.#locations > this.#maxUnnamed && !this.#isReadOnce) return null;
      const unmerged = read.getUnmerged(select);
      return unmerged?.elided.locations === 0 ? holdUnmerged(select, unmerged) : null;
    }
    if (this.#lastQuestion === null) return null;
    const result = await this.#takeSnapshot(read, {...this.#lastQuestion, select, limit: 0});
    return result.snapshot.elided.locations === 0 ? holdWhole(select, result) : null;
  }
}
