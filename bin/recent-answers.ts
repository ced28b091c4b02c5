import {countHeld} from '../src/heap/cut-snapshot.js';
import {type CaptureInfo, isSameRecording, isSameView} from '../src/heap/snapshot.js';
import type {Question} from '../src/reader/capture-session.js';
import type {LoadDone} from '../src/reader/load-messages.js';

/** The newest answer for each selection, and the newest with blocks. */
export class RecentAnswers {
  #answers: readonly LoadDone[] = [];

  /** Answers about another recording, which was in the file before, are forgotten. */
  add(answer: LoadDone): void {
    const {view, blocks, capture} = answer.snapshot;
    const others = this.#answers.filter(
      ({snapshot}) =>
        (snapshot.view.kind !== view.kind || (snapshot.blocks === undefined) !== (blocks === undefined)) &&
        isOfSame(snapshot.capture, capture),
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

/** Of several captures a reading may lack some. */
function isOfSame(a: CaptureInfo, b: CaptureInfo): boolean {
  return a.parts !== undefined || isSameRecording(a, b);
}
