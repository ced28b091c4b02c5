import type {ImageTables} from '../symbols/image-tables.js';
import type {NamedCallSite} from '../symbols/native-frame.js';
import {isInterpreterPath} from './interpreter-frames.js';
import {MergedStacks} from './merged-stacks.js';
import {NativeCalls} from './native-calls.js';
import {NativeFrameTable} from './native-frame-table.js';
import {type CollectedRows, type LocateAddress, NativeRows} from './native-rows.js';
import type {UnmergedSnapshot} from './native-traces.js';
import {PythonRuns} from './python-runs.js';
import {PythonStacks} from './python-stacks.js';
import type {Snapshot} from './snapshot.js';
import {getMaxStackNodes} from './stack-limit.js';
import {StackMerger, type StackPair} from './stack-merger.js';

/** Knows where return addresses lie and what is there. */
export interface CallSiteNamer {
  /** Numbers from 0 on; the same call site of the same file has the same number. */
  readonly locate: LocateAddress;
  /**
   * Names each call site that was located and not named yet, in an order that is quick to read. Yields the
   * share that is done, from 0 to 1, often enough for its caller to spread the work.
   */
  nameLocated(accept: (callSite: number, named: NamedCallSite) => void): Generator<number, void>;
}

export interface MergeOptions {
  /** As memray: where stacks cannot be paired, the Python frames alone, the skipped ones included. */
  readonly isUnpairedPython?: boolean;
  /** How many stack nodes are kept. */
  readonly maxNodes?: number;
}

/** Before this header version the tracker's own native frames were not recorded. */
const FIRST_WITH_OUTER_FRAMES = 9;
/** Rows of native stacks that are located at a time, each list of images counted. */
const MAX_COLLECTED_ROWS = 4_000_000;
/** Locations between two yields. */
const STEP = 64;

export interface MergedSnapshot extends Snapshot {
  /**
   * How many locations show native frames beside their Python frames, because the interpreter's were not
   * recognised.
   */
  readonly unmergedLocations: number;
  /** How many locations may lack their innermost frames, because there are too many stack nodes. */
  readonly cutLocations: number;
}

/** The share of all work that is done, from 0 to 1. */
export type MergeProgress = number;

/**
 * Puts the native frames into the stacks of a snapshot. Yields often, so that its caller can spread the work,
 * most of which is naming. The cost follows the number of distinct nodes of the stacks, not locations ×
 * depth.
 */
export function* mergeNative(
  snapshot: UnmergedSnapshot,
  resolver: CallSiteNamer,
  options: MergeOptions = {},
): Generator<MergeProgress, MergedSnapshot> {
  const {native, ...python} = snapshot;
  const {locations} = snapshot;
  const merge = new NativeMerge(snapshot, resolver, options);
  yield* merge.run();
  return {
    ...python,
    locations: {...locations, stack: merge.stack, hiddenNative: merge.hiddenNative},
    ...merge.finish(),
    unmergedLocations: merge.unmergedLocations,
    cutLocations: merge.cutLocations,
  };
}

/** Locations with the same list of images, by number of skipped frames: a part of `order`. */
interface ListOfLocations {
  readonly list: number;
  readonly start: number;
  readonly end: number;
}

class NativeMerge {
  readonly stack: Int32Array;
  readonly hiddenNative: Int32Array;
  unmergedLocations = 0;
  cutLocations = 0;
  readonly #snapshot: UnmergedSnapshot;
  readonly #resolver: CallSiteNamer;
  readonly #options: MergeOptions;
  readonly #isFromInnermost: boolean;
  readonly #frames = new NativeFrameTable();
  readonly #calls = new NativeCalls(this.#frames);
  readonly #merged: MergedStacks;
  readonly #rows: NativeRows;
  readonly #merger: StackMerger;
  readonly #runs: PythonRuns;
  readonly #python: Int32Array;
  /** By number of skipped frames. */
  readonly #pythonStacks = new Map<number, PythonStacks>();

  constructor(snapshot: UnmergedSnapshot, resolver: CallSiteNamer, options: MergeOptions) {
    const {native, stacks, locations, capture} = snapshot;
    this.#snapshot = snapshot;
    this.#resolver = resolver;
    this.#options = options;
    this.#merged = new MergedStacks(options.maxNodes ?? getMaxStackNodes(locations.length));
    this.stack = new Int32Array(locations.length);
    this.hiddenNative = new Int32Array(locations.length);
    this.#isFromInnermost = capture.headerVersion < FIRST_WITH_OUTER_FRAMES;
    this.#python = this.#addPythonFrames(snapshot);
    this.#runs = new PythonRuns(stacks, native.isInterpreterEntry);
    this.#rows = new NativeRows(native.traces, (ip, list) => resolver.locate(ip, list));
    this.#merger = new StackMerger(
      native.traces.prefix,
      this.#rows,
      this.#calls,
      this.#runs,
      this.#merged,
      this.#isFromInnermost,
    );
  }

  /** The merged frame of each Python stack node. */
  #addPythonFrames({frames, strings, stacks}: UnmergedSnapshot): Int32Array {
    const numbers = Int32Array.from({length: frames.length}, (_, frame) =>
      this.#frames.add({
        function: strings[frames.function[frame]!]!,
        file: strings[frames.file[frame]!]!,
        line: frames.line[frame]!,
      }),
    );
    return stacks.frame.map(frame => numbers[frame]!);
  }

  /** Takes as many lists at a time as there is room for: their call sites are named together. */
  *run(): Generator<MergeProgress, void> {
    const {order, lists} = this.#sortLocations();
    const total = Math.max(1, order.length);
    for (let next = 0; next < lists.length; ) {
      const first = next;
      const done = lists[first]!.start / total;
      this.#rows.clear();
      const collected: CollectedRows[] = [];
      while (next < lists.length && this.#rows.collected < MAX_COLLECTED_ROWS) {
        collected.push(this.#collect(order, lists[next++]!));
        yield done;
      }
      const share = (lists[next - 1]!.end - lists[first]!.start) / total;
      const naming = this.#resolver.nameLocated((callSite, named) => this.#calls.add(callSite, named));
      for (const named of naming) yield done + share * named;
      for (const [i, rows] of collected.entries()) {
        yield* this.#mergeList(order, lists[first + i]!, rows, done + share);
      }
    }
  }

  /**
   * Sorts locations by list of images, then by skipped frames, so that what is remembered holds for many in a
   * row.
   */
  #sortLocations(): {readonly order: Int32Array; readonly lists: readonly ListOfLocations[]} {
    const {generation, skippedFrames, tables} = this.#snapshot.native;
    // Before the first list of images nothing was loaded.
    const listOf = Int32Array.from(generation, each => tables.generationLists[each - 1] ?? -1);
    const order = Int32Array.from(generation.keys());
    order.sort((a, b) => listOf[a]! - listOf[b]! || skippedFrames[a]! - skippedFrames[b]! || a - b);
    const lists: ListOfLocations[] = [];
    for (let start = 0; start < order.length; ) {
      const list = listOf[order[start]!]!;
      let end = start + 1;
      while (end < order.length && listOf[order[end]!] === list) end++;
      lists.push({list, start, end});
      start = end;
    }
    return {order, lists};
  }

  #collect(order: Int32Array, {list, start, end}: ListOfLocations): CollectedRows {
    const {trace} = this.#snapshot.native;
    return this.#rows.collect(
      list,
      order.subarray(start, end).map(location => trace[location]!),
    );
  }

  *#mergeList(
    order: Int32Array,
    {list, start, end}: ListOfLocations,
    rows: CollectedRows,
    done: MergeProgress,
  ): Generator<MergeProgress, void> {
    const {skippedFrames} = this.#snapshot.native;
    this.#rows.enter(rows, this.#calls, this.#findInterpreters(list));
    for (let i = start; i < end; i++) {
      const location = order[i]!;
      if (i === start || skippedFrames[location] !== skippedFrames[order[i - 1]!])
        this.#start(skippedFrames[location]!);
      this.#mergeLocation(location);
      if (i % STEP === 0) yield done;
    }
  }

  /** Old captures hide nothing where stacks can be paired. */
  #start(skippedFrames: number): void {
    const whole = this.#getPythonStacks(skippedFrames);
    this.#merger.start(this.#isFromInnermost ? this.#getPythonStacks(0) : whole, whole);
  }

  #mergeLocation(location: number): void {
    const {native, locations} = this.#snapshot;
    const pair: StackPair = {native: native.trace[location]!, python: locations.stack[location]!};
    const hasNative = pair.native >= 0;
    let merged = this.#merger.pair(pair);
    if (merged === null) {
      if (hasNative && this.#rows.named[pair.native]! > 0) this.unmergedLocations++;
      merged = this.#options.isUnpairedPython
        ? this.#getPythonStacks(0).addWhole(pair.python)
        : this.#merger.append(pair);
    }
    this.stack[location] = merged;
    this.hiddenNative[location] = hasNative ? this.#rows.unnamed[pair.native]! : 0;
    if (this.#merged.isFull) this.cutLocations++;
  }

  #getPythonStacks(skippedFrames: number): PythonStacks {
    let stacks = this.#pythonStacks.get(skippedFrames);
    if (stacks === undefined) {
      stacks = new PythonStacks(
        this.#snapshot.stacks.prefix,
        this.#python,
        this.#runs,
        this.#merged,
        skippedFrames,
      );
      this.#pythonStacks.set(skippedFrames, stacks);
    }
    return stacks;
  }

  /** Images that hold the interpreter, as strings of the frames. */
  #findInterpreters(list: number): ReadonlySet<number> {
    const paths = listInterpreters(this.#snapshot.native.tables, list);
    return new Set(paths.map(path => this.#frames.findString(path)));
  }

  finish(): Pick<Snapshot, 'stacks' | 'frames' | 'strings'> {
    return {
      stacks: this.#merged.finish(),
      frames: this.#frames.toColumns(),
      strings: this.#frames.strings,
    };
  }
}

/** Paths of the images that hold the interpreter: the main program where no file's name says so. */
function listInterpreters({paths, listImages, listStarts}: ImageTables, list: number): string[] {
  if (list < 0) return [];
  const loaded = listImages.subarray(listStarts[list]!, listStarts[list + 1]!);
  const named = Array.from(loaded, image => paths[image]!).filter(isInterpreterPath);
  return named.length > 0 || loaded.length === 0 ? named : [paths[loaded[0]!]!];
}
