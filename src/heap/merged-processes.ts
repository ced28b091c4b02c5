import {ChildTable} from '../base/child-table.js';
import {IntColumn} from '../base/column.js';
import {TripleTable} from '../base/triple-table.js';
import {SYMBOL_STATES} from '../symbols/native-frame.js';
import type {ProcessName} from './combine-captures.js';
import {type FrameNames, FrameTable} from './frame-table.js';
import type {ProcessOffsets} from './merged-locations.js';
import {NativeFrameTable} from './native-frame-table.js';
import type {Snapshot, ThreadInfo} from './snapshot.js';

export type RenameFrame = (names: FrameNames) => FrameNames;

/** Collects the stacks, frames and threads of several processes. */
export class MergedProcesses {
  readonly hasNative: boolean;
  /** Null where the stacks of all are one tree. */
  readonly #names: readonly ProcessName[] | null;
  readonly #frames: FrameTable | NativeFrameTable;
  /** The native frames, by (what is known, image, offset), and the frame of each. */
  readonly #nativeKeys = new TripleTable();
  readonly #nativeFrames = new IntColumn();
  readonly #prefix = new IntColumn();
  readonly #frame = new IntColumn();
  /** (caller + 1, frame) → stack node, where the stacks of all are one tree. */
  readonly #nodes = new ChildTable();
  readonly #threads: ThreadInfo[] = [];
  readonly #threadOf = new Map<string, number>();

  /**
   * @param hasNative whether any of the snapshots has native frames
   * @param names of the processes, whose frames come first; null: the stacks of all are one tree
   */
  constructor(hasNative: boolean, names: readonly ProcessName[] | null) {
    this.hasNative = hasNative;
    this.#names = names;
    this.#frames = this.hasNative ? new NativeFrameTable() : new FrameTable();
    for (const {row} of names ?? []) this.#frames.add({function: row, file: '', line: 0});
  }

  /**
   * @param part which of the processes it is
   * @param rename what its frames are called here; as in the snapshot unless given
   */
  add(snapshot: Snapshot, part: number, rename: RenameFrame = names => names): ProcessOffsets {
    const outside = this.#names === null ? -1 : this.#addNode(-1, part);
    return {
      outside,
      stacks: this.#addStacks(snapshot, outside, rename),
      threads: Int32Array.from(snapshot.threads, thread => this.#addThread(thread, part)),
    };
  }

  #addStacks(snapshot: Snapshot, outside: number, rename: RenameFrame): Int32Array {
    const {stacks, locations} = snapshot;
    const isNeeded = new Uint8Array(stacks.length);
    for (const end of locations.stack) if (end >= 0) isNeeded[end] = 1;
    for (let node = stacks.length - 1; node >= 0; node--) {
      if (isNeeded[node] === 1 && stacks.prefix[node]! >= 0) isNeeded[stacks.prefix[node]!] = 1;
    }
    const nodes = new Int32Array(stacks.length).fill(-1);
    const frames = new Int32Array(snapshot.frames.length).fill(-1);
    for (let node = 0; node < stacks.length; node++) {
      if (isNeeded[node] === 0) continue;
      const frame = stacks.frame[node]!;
      if (frames[frame]! < 0) frames[frame] = this.#addFrame(snapshot, frame, rename);
      const above = stacks.prefix[node]!;
      nodes[node] = this.#addNode(above < 0 ? outside : nodes[above]!, frames[frame]!);
    }
    return nodes;
  }

  #addNode(above: number, frame: number): number {
    const {length} = this.#prefix;
    const node = this.#names === null ? this.#nodes.ensure(above + 1, frame, length) : length;
    if (node < length) return node;
    this.#prefix.push(above);
    this.#frame.push(frame);
    return node;
  }

  #addFrame({frames: own, strings}: Snapshot, frame: number, rename: RenameFrame): number {
    const {native} = own;
    const frames = this.#frames;
    const names = rename({
      function: strings[own.function[frame]!]!,
      file: strings[own.file[frame]!]!,
      line: own.line[frame]!,
    });
    if (native === undefined || native.image[frame]! < 0 || frames instanceof FrameTable) {
      return frames.add(names);
    }
    const known = frames.addName({
      ...names,
      state: SYMBOL_STATES[native.state[frame]!]!,
      directory: strings[native.directory[frame]!] ?? null,
    });
    const image = frames.addString(strings[native.image[frame]!]!);
    const offset = native.offset[frame]!;
    const key = this.#nativeKeys.add(known, image, offset);
    if (key === this.#nativeFrames.length) this.#nativeFrames.push(frames.addNative(known, image, offset));
    return this.#nativeFrames.at(key);
  }

  #addThread({label: own}: ThreadInfo, part: number): number {
    const label = this.#names === null ? own : `${own} of ${this.#names[part]!.ofThreads}`;
    const known = this.#threadOf.get(label);
    if (known !== undefined) return known;
    this.#threads.push({label});
    this.#threadOf.set(label, this.#threads.length - 1);
    return this.#threads.length - 1;
  }

  finish(): Pick<Snapshot, 'stacks' | 'frames' | 'strings' | 'threads'> {
    return {
      stacks: {length: this.#prefix.length, prefix: this.#prefix.toArray(), frame: this.#frame.toArray()},
      frames: this.#frames.toColumns(),
      strings: this.#frames.strings,
      threads: this.#threads,
    };
  }
}
