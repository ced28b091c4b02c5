import type {FrameColumns, LocationColumns, Snapshot, ThreadInfo} from './snapshot.js';

/** A growing table of numbers that is handed out as an Int32Array. */
export class IntColumn {
  #values = new Int32Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Int32Array(2 * this.length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  toArray(): Int32Array {
    return this.#values.slice(0, this.length);
  }
}

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
  readonly #threadOf = new Map<number, number>();
  readonly #threads: ThreadInfo[] = [];

  /** @param getNames of a number that stands for a frame in the collected stacks */
  constructor(stacks: StackCollector, getNames: (frame: number) => FrameNames) {
    this.#stacks = stacks;
    this.#getNames = getNames;
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

  finish(locations: LocationColumns): Omit<Snapshot, 'capture' | 'view' | 'elided'> {
    const {prefix, frame} = this.#stacks.finish();
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
