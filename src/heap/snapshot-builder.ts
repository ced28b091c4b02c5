import {IntColumn} from '../base/int-column.js';
import type {NativeTraceCollector} from './native-traces.js';
import type {FrameColumns, LocationColumns, Snapshot, ThreadInfo} from './snapshot.js';

/** Function, file and line of a frame. */
export interface FrameNames {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** Collects distinct frames and strings. */
export class FrameTable {
  readonly strings: string[] = [];
  readonly #stringIndex = new Map<string, number>();
  readonly #function = new IntColumn();
  readonly #file = new IntColumn();
  readonly #line = new IntColumn();
  readonly #frameIndex = new Map<string, number>();

  add({function: name, file, line}: FrameNames): number {
    const functionIndex = this.#addString(name);
    const fileIndex = this.#addString(file);
    const key = `${functionIndex}:${fileIndex}:${line}`;
    const known = this.#frameIndex.get(key);
    if (known !== undefined) return known;
    const index = this.#line.length;
    this.#function.push(functionIndex);
    this.#file.push(fileIndex);
    this.#line.push(line);
    this.#frameIndex.set(key, index);
    return index;
  }

  #addString(text: string): number {
    // The prefix keeps V8 from taking "123" for an integer, whose hash is not seeded.
    const key = `"${text}`;
    const known = this.#stringIndex.get(key);
    if (known !== undefined) return known;
    this.#stringIndex.set(key, this.strings.length);
    this.strings.push(text);
    return this.strings.length - 1;
  }

  toColumns(): FrameColumns {
    return {
      length: this.#line.length,
      function: this.#function.toArray(),
      file: this.#file.toArray(),
      line: this.#line.toArray(),
    };
  }
}

/** Collects stacks as a prefix tree: every node once, callers before what they call. */
export interface StackCollector {
  /** Returns the row of the innermost frame that is shown, −1 if there is none. */
  add(node: number, isMainThread: boolean): number;
  /** The rows: the caller's row or −1, and any number for the frame. Ends the collecting. */
  finish(): {readonly prefix: Int32Array; readonly frame: Int32Array};
}

/** Collects what shown locations refer to. */
export class SnapshotBuilder {
  readonly #stacks: StackCollector;
  readonly #getNames: (frame: number) => FrameNames;
  readonly #isEntry: (frame: number) => boolean;
  readonly #threadOf = new Map<number, number>();
  readonly #threads: ThreadInfo[] = [];

  /**
   * @param getNames of a number that stands for a frame in the collected stacks
   * @param isEntry whether it began a new run of the interpreter's loop
   */
  constructor(
    stacks: StackCollector,
    getNames: (frame: number) => FrameNames,
    isEntry: (frame: number) => boolean,
  ) {
    this.#stacks = stacks;
    this.#getNames = getNames;
    this.#isEntry = isEntry;
  }

  addStack(node: number, isMainThread: boolean): number {
    return this.#stacks.add(node, isMainThread);
  }

  addThread(thread: number, getLabel: () => string): number {
    const known = this.#threadOf.get(thread);
    if (known !== undefined) return known;
    this.#threads.push({label: getLabel()});
    this.#threadOf.set(thread, this.#threads.length - 1);
    return this.#threads.length - 1;
  }

  /** @param traces is told which rows of the stacks began a run of the interpreter's loop */
  finish(
    locations: LocationColumns,
    traces: NativeTraceCollector | null,
  ): Omit<Snapshot, 'capture' | 'view' | 'elided'> {
    const {prefix, frame} = this.#stacks.finish();
    traces?.setEntries(Uint8Array.from(frame, number => Number(this.#isEntry(number))));
    const frames = new FrameTable();
    const frameOf = new Map<number, number>();
    for (let i = 0; i < frame.length; i++) {
      let index = frameOf.get(frame[i]!);
      if (index === undefined) {
        index = frames.add(this.#getNames(frame[i]!));
        frameOf.set(frame[i]!, index);
      }
      frame[i] = index;
    }
    return {
      locations,
      stacks: {length: prefix.length, prefix, frame},
      frames: frames.toColumns(),
      strings: frames.strings,
      threads: this.#threads,
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
