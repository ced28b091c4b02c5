import {countHeld} from '../src/heap/cut-snapshot.js';
import {isSameView} from '../src/heap/snapshot.js';
import type {Question} from '../src/reader/capture-session.js';
import type {LoadDone} from '../src/reader/load-messages.js';

/** The newest answer for each selection, and the newest with blocks. */
export class RecentAnswers {
  #answers: readonly LoadDone[] = [];

  add(answer: LoadDone): void {
    const {view, blocks} = answer.snapshot;
    const others = this.#answers.filter(
      ({snapshot}) =>
        snapshot.view.kind !== view.kind || (snapshot.blocks === undefined) !== (blocks === undefined),
    );
    this.#answers = [answer, ...others];
  }

  /** One that holds what is asked for; null where none does. */
  find({select, limit, blocks}: Question): LoadDone | null {
    const found = this.#answers.find(
      ({snapshot}) =>
        isSameView(snapshot.view, select) &&
        (!blocks || snapshot.blocks !== undefined) &&
        countHeld(snapshot) >= limit,
    );
    return found ?? null;
  }

  clear(): void {
    this.#answers = [];
  }
}
