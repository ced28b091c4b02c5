import type {HistoryReader} from '../src/heap/history.js';
import type {Question} from '../src/reader/capture-session.js';
import {type HeldHistory, openHistory} from '../src/reader/held-history.js';
import type {LoadDone} from '../src/reader/load-messages.js';

/** What was held at some moments of the run that was read last, whatever has been read of it since. */
export class KeptMoments {
  #held: HeldHistory | null = null;
  #reader: HistoryReader | null = null;

  /** @param held null where nothing more is known */
  note(held: HeldHistory | null): void {
    if (held === null || held === this.#held) return;
    this.#held = held;
    this.#reader = null;
  }

  clear(): void {
    this.#held = null;
    this.#reader = null;
  }

  /** Null where the moment is not kept. @param latest an answer of the same run */
  find({select, blocks}: Question, latest: LoadDone): LoadDone | null {
    if (select.kind !== 'moment' || select.at.kind !== 'allocations' || blocks || this.#held === null)
      return null;
    this.#reader ??= openHistory(this.#held);
    const snapshot = this.#reader.read(select.at.count, select);
    return snapshot && {type: 'done', progress: latest.progress, snapshot};
  }
}
