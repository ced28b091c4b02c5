import {ChildTable} from '../base/child-table.js';
import type {KeptTexts} from '../capture/kept-texts.js';
import type {HeapColumns} from './heap-backend.js';
import type {HeapBudget} from './heap-budget.js';
import type {NativeTraceCollector} from './native-traces.js';
import type {LocationColumns, ThreadInfo} from './snapshot.js';
import {type FrameTexts, TextFrameTable} from './text-frame-table.js';

/** Collects stacks as a prefix tree: every node once, callers before what they call. */
export interface StackCollector {
  /** Returns the row of the innermost frame that is shown, −1 if there is none. */
  add(node: number, isMainThread: boolean): number;
  /** How many stacks lack their innermost frames, because there would be too many rows. */
  readonly cutStacks: number;
  /** The rows: the caller's row or −1, and any number for the frame. Ends the collecting. */
  finish(): {readonly prefix: Int32Array; readonly frame: Int32Array};
}

/** Collects what shown locations refer to. */
export class SnapshotBuilder {
  readonly #texts: KeptTexts;
  readonly #budget: HeapBudget;
  readonly #stacks: StackCollector;
  readonly #getNames: (frame: number) => FrameTexts;
  readonly #isInterpreterEntry: (frame: number) => boolean;
  readonly #threadOf = new Map<number, number>();
  readonly #threads: ThreadInfo[] = [];

  /**
   * @param getNames of a number that stands for a frame in the collected stacks
   * @param isInterpreterEntry whether it began a new run of the interpreter's loop
   */
  constructor(
    texts: KeptTexts,
    budget: HeapBudget,
    stacks: StackCollector,
    getNames: (frame: number) => FrameTexts,
    isInterpreterEntry: (frame: number) => boolean,
  ) {
    this.#texts = texts;
    this.#budget = budget;
    this.#stacks = stacks;
    this.#getNames = getNames;
    this.#isInterpreterEntry = isInterpreterEntry;
  }

  addStack(node: number, isMainThread: boolean): number {
    return this.#stacks.add(node, isMainThread);
  }

  addThread(thread: number, getLabel: () => string): number {
    const known = this.#threadOf.get(thread);
    if (known !== undefined) return known;
    const label = getLabel();
    this.#budget.spendThread(label);
    this.#threads.push({label});
    this.#threadOf.set(thread, this.#threads.length - 1);
    return this.#threads.length - 1;
  }

  /** @param traces gets rows of the stacks began a run of the interpreter's loop */
  finish(locations: LocationColumns, traces: NativeTraceCollector | null): Omit<HeapColumns, 'elided'> {
    const {cutStacks} = this.#stacks;
    const {prefix, frame} = this.#stacks.finish();
    traces?.setEntries(Uint8Array.from(frame, number => Number(this.#isInterpreterEntry(number))));
    const frames = new TextFrameTable(this.#texts, this.#budget);
    const frameOf = new ChildTable();
    for (let i = 0; i < frame.length; i++) {
      const number = frame[i]!;
      // The table takes no negative numbers.
      const [top, rest] = [number >>> 31, number & 0x7fffffff];
      let index = frameOf.get(top, rest);
      if (index < 0) {
        index = frames.add(this.#getNames(number));
        frameOf.add(top, rest, index);
      }
      frame[i] = index;
    }
    return {
      locations,
      stacks: {length: prefix.length, prefix, frame},
      frames: frames.toColumns(),
      strings: frames.strings,
      threads: this.#threads,
      cutStacks,
    };
  }
}

/** Empty columns for `length` locations. */
export function createLocationColumns(length: number): LocationColumns {
  return {
    length,
    bytes: new Float64Array(length),
    allocations: new Float64Array(length),
    thread: new Int32Array(length),
    stack: new Int32Array(length),
  };
}
