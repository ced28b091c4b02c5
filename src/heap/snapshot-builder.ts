import type {FrameColumns, LocationColumns, StackColumns, ThreadInfo} from './snapshot.js';

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

  set(index: number, value: number): void {
    this.#values[index] = value;
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
class FrameTable {
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

/** A stack tree as it lies in the memory of its owner. */
export interface StackSource {
  /** The caller's node. */
  getParent(node: number): number;
  /** Any number for the frame; equal numbers are equal frames. */
  getFrame(node: number): number;
  /** Whether nothing of the stack is shown from this node outwards. */
  isHidden(node: number, isMainThread: boolean): boolean;
  /** Where the node is in the snapshot, plus 1; 0 if it is not there yet. */
  getMark(node: number, isMainThread: boolean): number;
  setMark(node: number, isMainThread: boolean, mark: number): void;
  getNames(frame: number): FrameNames;
}

/** Collects the stacks of shown locations, each of their nodes once, with frames and strings. */
export class SnapshotBuilder {
  readonly #source: StackSource;
  readonly #frames = new FrameTable();
  readonly #frameOf = new Map<number, number>();
  readonly #prefix = new IntColumn();
  readonly #frame = new IntColumn();
  /** What was marked, to be unmarked at the end. */
  readonly #marked: number[] = [];
  readonly #markedMain: boolean[] = [];
  readonly #threadOf = new Map<number, number>();
  readonly #threads: ThreadInfo[] = [];

  constructor(source: StackSource) {
    this.#source = source;
  }

  /** Returns the index in `stacks` of the node's stack, −1 if nothing of it is shown. */
  addStack(node: number, isMainThread: boolean): number {
    const source = this.#source;
    const added: number[] = [];
    let at = node;
    let prefix = -1;
    while (!source.isHidden(at, isMainThread)) {
      const mark = source.getMark(at, isMainThread);
      if (mark !== 0) {
        prefix = mark - 1;
        break;
      }
      added.push(at);
      at = source.getParent(at);
    }
    for (let i = added.length - 1; i >= 0; i--) {
      this.#prefix.push(prefix);
      this.#frame.push(this.#addFrame(source.getFrame(added[i]!)));
      prefix = this.#prefix.length - 1;
      source.setMark(added[i]!, isMainThread, prefix + 1);
      this.#marked.push(added[i]!);
      this.#markedMain.push(isMainThread);
    }
    return prefix;
  }

  #addFrame(frame: number): number {
    const known = this.#frameOf.get(frame);
    if (known !== undefined) return known;
    const index = this.#frames.add(this.#source.getNames(frame));
    this.#frameOf.set(frame, index);
    return index;
  }

  addThread(thread: number, getLabel: () => string): number {
    const known = this.#threadOf.get(thread);
    if (known !== undefined) return known;
    this.#threads.push({label: getLabel()});
    this.#threadOf.set(thread, this.#threads.length - 1);
    return this.#threads.length - 1;
  }

  finish(locations: LocationColumns): {
    locations: LocationColumns;
    stacks: StackColumns;
    frames: FrameColumns;
    strings: readonly string[];
    threads: readonly ThreadInfo[];
  } {
    for (let i = 0; i < this.#marked.length; i++) {
      this.#source.setMark(this.#marked[i]!, this.#markedMain[i]!, 0);
    }
    return {
      locations,
      stacks: {length: this.#prefix.length, prefix: this.#prefix.toArray(), frame: this.#frame.toArray()},
      frames: this.#frames.toColumns(),
      strings: this.#frames.strings,
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
