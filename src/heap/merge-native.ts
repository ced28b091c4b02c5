import {ChildTable} from '../base/child-table.js';
import {IntColumn} from '../base/int-column.js';
import type {NativeFrame} from '../symbols/native-frame.js';
import {
  appendInnermost,
  isInterpreterLoop,
  isInterpreterPath,
  mergeFromInnermost,
  mergeFromOutermost,
  type NativeCall,
  type PythonFrame,
} from './hybrid.js';
import {NativeFrameTable} from './native-frame-table.js';
import type {UnmergedSnapshot} from './native-traces.js';
import type {Snapshot} from './snapshot.js';

/** The frames at a return address, innermost first; empty where nothing was loaded. */
export type ResolveAddress = (ip: bigint, generation: number) => readonly NativeFrame[];

/** The frames of a location whose stacks cannot be paired, outermost first. */
export type MergeRest = typeof appendInnermost;

/** Before this header version the tracker's own native frames were not recorded. */
const FIRST_WITH_OUTER_FRAMES = 9;

export interface MergedSnapshot extends Snapshot {
  /** How many locations show native frames beside their Python frames, because the interpreter's were not recognised. */
  readonly unmergedLocations: number;
}

/**
 * Puts the native frames into the stacks of a snapshot. Yields after each location, so that its caller can spread the
 * work, which is mostly that of `resolve`.
 * @param mergeRest for other ways to show what cannot be paired
 */
export function* mergeNative(
  snapshot: UnmergedSnapshot,
  resolve: ResolveAddress,
  mergeRest: MergeRest = appendInnermost,
): Generator<void, MergedSnapshot> {
  const {native, ...python} = snapshot;
  const {locations} = snapshot;
  const merger = new Merger(snapshot, resolve, mergeRest);
  const stack = new Int32Array(locations.length);
  const hiddenNative = new Int32Array(locations.length);
  for (let location = 0; location < locations.length; location++) {
    const merged = merger.merge(location);
    stack[location] = merged.stack;
    hiddenNative[location] = merged.hiddenNative;
    yield;
  }
  return {
    ...python,
    locations: {...locations, stack, hiddenNative},
    ...merger.finish(),
    unmergedLocations: merger.unmergedLocations,
  };
}

/** The calls at one place of the native stacks, outermost first. */
interface ResolvedRow {
  readonly calls: readonly NativeCall[];
}

class Merger {
  readonly #snapshot: UnmergedSnapshot;
  readonly #resolve: ResolveAddress;
  readonly #frames = new NativeFrameTable();
  /** The number of each Python frame there. */
  readonly #python: readonly number[];
  readonly #mergeRest: MergeRest;
  /** For each list of images what was resolved of the rows of native stacks. */
  readonly #resolved = new Map<number, ResolvedRow[]>();
  /** For each list of images what holds the interpreter. */
  readonly #interpreters = new Map<number, ReadonlySet<string>>();
  readonly #rows = new ChildTable();
  readonly #prefix = new IntColumn();
  readonly #frame = new IntColumn();
  unmergedLocations = 0;

  constructor(snapshot: UnmergedSnapshot, resolve: ResolveAddress, mergeRest: MergeRest) {
    this.#snapshot = snapshot;
    this.#resolve = resolve;
    this.#mergeRest = mergeRest;
    const {frames, strings} = snapshot;
    this.#python = Array.from({length: frames.length}, (_, frame) =>
      this.#frames.add({
        function: strings[frames.function[frame]!]!,
        file: strings[frames.file[frame]!]!,
        line: frames.line[frame]!,
      }),
    );
  }

  /** The merged stack of a location, and how many native frames lay in no image. */
  merge(location: number): {readonly stack: number; readonly hiddenNative: number} {
    const {native, capture} = this.#snapshot;
    const python = this.#listPython(location);
    const {calls, hiddenNative} = this.#listNative(location);
    const hidden = native.hidden[location]!;
    const merged =
      capture.headerVersion >= FIRST_WITH_OUTER_FRAMES
        ? mergeFromOutermost(python, calls, hidden)
        : mergeFromInnermost(python, calls);
    if (merged === null && calls.length > 0) this.unmergedLocations++;
    return {stack: this.#addStack(merged ?? this.#mergeRest(python, calls, hidden)), hiddenNative};
  }

  #listPython(location: number): PythonFrame[] {
    const {stacks, locations, native} = this.#snapshot;
    const frames: PythonFrame[] = [];
    for (let row = locations.stack[location]!; row >= 0; row = stacks.prefix[row]!) {
      frames.push({frame: this.#python[stacks.frame[row]!]!, isEntry: native.isEntry[row] === 1});
    }
    return frames.reverse();
  }

  #listNative(location: number): {readonly calls: NativeCall[]; readonly hiddenNative: number} {
    const {traces, trace, generation} = this.#snapshot.native;
    const rows: ResolvedRow[] = [];
    let hiddenNative = 0;
    for (let row = trace[location]!; row >= 0; row = traces.prefix[row]!) {
      const resolved = this.#resolveRow(row, generation[location]!);
      if (resolved.calls.length === 0) hiddenNative++;
      rows.push(resolved);
    }
    return {calls: rows.reverse().flatMap(({calls}) => calls), hiddenNative};
  }

  #resolveRow(row: number, generation: number): ResolvedRow {
    const {tables, traces} = this.#snapshot.native;
    // Before the first list of images nothing can be resolved.
    const list = tables.generationLists[generation - 1] ?? -1;
    let known = this.#resolved.get(list);
    if (known === undefined) {
      known = [];
      this.#resolved.set(list, known);
    }
    known[row] ??= {
      calls: (list < 0 ? [] : this.#resolve(traces.ip[row]!, generation))
        .map(frame => this.#toCall(frame, list))
        .reverse(),
    };
    return known[row];
  }

  #toCall(frame: NativeFrame, list: number): NativeCall {
    return {
      frame: this.#frames.addNative(frame),
      isLoop: isInterpreterLoop(frame.function),
      isInterpreter: this.#getInterpreters(list).has(frame.image),
    };
  }

  /** Paths of what holds the interpreter: the main program counts where no file's name tells. */
  #getInterpreters(list: number): ReadonlySet<string> {
    let interpreters = this.#interpreters.get(list);
    if (interpreters === undefined) {
      const {paths, listImages, listStarts} = this.#snapshot.native.tables;
      const loaded = listImages.subarray(listStarts[list]!, listStarts[list + 1]!);
      const named = Array.from(loaded, image => paths[image]!).filter(isInterpreterPath);
      interpreters = new Set(named.length > 0 || loaded.length === 0 ? named : [paths[loaded[0]!]!]);
      this.#interpreters.set(list, interpreters);
    }
    return interpreters;
  }

  /** The row of the innermost frame, −1 for an empty stack. */
  #addStack(frames: readonly number[]): number {
    let row = -1;
    for (const frame of frames) {
      // The table takes no negative numbers.
      let next = this.#rows.get(row + 1, frame);
      if (next < 0) {
        next = this.#prefix.length;
        this.#prefix.push(row);
        this.#frame.push(frame);
        this.#rows.add(row + 1, frame, next);
      }
      row = next;
    }
    return row;
  }

  finish(): Pick<Snapshot, 'stacks' | 'frames' | 'strings'> {
    const prefix = this.#prefix.toArray();
    return {
      stacks: {length: prefix.length, prefix, frame: this.#frame.toArray()},
      frames: this.#frames.toColumns(),
      strings: this.#frames.strings,
    };
  }
}
