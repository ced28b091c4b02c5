import type {CaptureHeader} from '../capture/header.js';
import {createHistoryCore} from '../core/history-core.js';
import type {Course, SteeredCore} from './course.js';
import {type CaptureInfo, isPeak, type MomentView} from './snapshot.js';

/** Beyond all numbers of records. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** Reads up to the last of some moments that were found before: what is alive there, or was born in between. */
export class MomentStopper implements Course {
  readonly capture: CaptureInfo;
  readonly #view: MomentView;
  readonly #marks: readonly number[];
  readonly #heaps: number[] = [];
  #core: SteeredCore | null = null;
  #isOther = false;

  /** @param marks how many allocation records come before each moment, ascending; Infinity: the end of the recording */
  constructor(view: MomentView, marks: readonly number[], capture: CaptureInfo) {
    this.#view = view;
    this.#marks = marks;
    this.capture = capture;
  }

  startCore(memoryLimitBytes?: number): SteeredCore {
    return createHistoryCore(memoryLimitBytes);
  }

  /** Whether it is another recording than that of which the facts are. */
  get isOther(): boolean {
    return this.#isOther;
  }

  /** The heap at each moment. */
  get heaps(): readonly number[] {
    return this.#heaps;
  }

  begin(core: SteeredCore, {pid, startTimeMs, endTimeMs}: CaptureHeader): void {
    const {capture} = this;
    this.#isOther =
      pid !== capture.pid || startTimeMs !== capture.startTimeMs || endTimeMs !== capture.endTimeMs;
    this.#core = core;
    // Where another recording has taken the place of the one before, reading starts again.
    this.#heaps.length = 0;
    // Of the highest state all blocks count, whenever they were born.
    if (!isPeak(this.#view)) this.choosePart(0);
    this.#goOn();
  }

  /** What was born between a mark and the next one is what counts. */
  choosePart(index: number): void {
    const [from, to] = [this.#marks[index], this.#marks[index + 1]];
    if (from === undefined || to === undefined) return;
    this.#core?.setBorn(Math.min(NEVER, from), Math.min(NEVER, to));
  }

  pass(): boolean {
    this.#note(this.#core!.allocationRecords());
    // What is born in a generation counts as far as it is alive at the end.
    if (this.#heaps.length === this.#marks.length && this.#view.kind !== 'generations') return false;
    this.#goOn();
    return true;
  }

  /** Moments after the last record that could be read are at it. */
  finish(): void {
    this.#note(Infinity);
  }

  /** Notes the heap of all moments up to a number of records. */
  #note(records: number): void {
    while (this.#heaps.length < this.#marks.length && this.#marks[this.#heaps.length]! <= records) {
      this.#heaps.push(this.#core!.heapBytes());
      if (this.#heaps.length === 1 && isPeak(this.#view)) {
        this.#core!.restartPeak();
      }
    }
  }

  #goOn(): void {
    const next = this.#marks[this.#heaps.length] ?? Infinity;
    this.#core!.stopAt(Math.min(NEVER, next));
  }
}
