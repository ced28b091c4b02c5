import type {CaptureErrorCode, Damage} from '../capture/damage.js';
import {isSameMoment, type Moment, type MomentFacts} from './moment.js';
import type {Timeline} from './timeline.js';

/** Which allocations a snapshot holds. */
export type View =
  | {readonly kind: 'peak'}
  | {readonly kind: 'leaks'}
  /** Freed after at most `threshold` other allocations of the same thread. */
  | {readonly kind: 'temporary'; readonly threshold: number}
  /** All allocations of the run, freed or not. Only where blocks are asked for. */
  | {readonly kind: 'allocated'}
  /** What is alive at a moment. */
  | {readonly kind: 'moment'; readonly at: Moment}
  /** The highest state from one moment to another; or what is allocated between them and alive at the second one. */
  | {
      readonly kind: 'range';
      readonly of: 'peak' | 'grown';
      readonly from: Moment;
      readonly to: Moment;
    }
  /** What is allocated between each mark and the next one, and alive at the end. At least two marks. */
  | {readonly kind: 'generations'; readonly marks: readonly Moment[]};

/** What a load is asked for. */
export interface SnapshotOptions {
  readonly view: View;
  /** Only the N biggest locations come with their stacks; the rest is summed up as elided. Not below 0. */
  readonly biggestAllocs: number;
}

/**
 * The capture's own facts: header and totals. Names are as recorded (invalid UTF-8 became U+FFFD), not
 * sanitised.
 */
export interface CaptureInfo {
  readonly headerVersion: number;
  readonly fileFormat: 'all-allocations' | 'aggregated';
  readonly compression: 'lz4' | 'none';
  readonly nativeTraces: boolean;
  /** "3.11.2", or null where the header has none (before version 12). */
  readonly pythonVersion: string | null;
  readonly commandLine: string;
  readonly pid: number;
  /**
   * The thread that started the tracker, as memray writes it: "0x1". Null where the header has none (before
   * version 9).
   */
  readonly mainThreadId: string | null;
  /** "pymalloc", "pymalloc debug", "malloc", "other", "mimalloc", "mimalloc debug". */
  readonly pythonAllocator: string;
  readonly tracePythonAllocators: boolean;
  readonly startTimeMs: number;
  readonly endTimeMs: number;
  /** Search paths of the recorded interpreter; empty before header 13. */
  readonly libdest: string;
  readonly sitePackages: readonly string[];
  readonly sysPath: readonly string[];
  /**
   * Allocation and deallocation records read; of an aggregated capture the sums it holds, one a record (as
   * memray).
   */
  readonly allocationRecords: number;
  /** Highest running heap in bytes; may exceed the sum of the locations. */
  readonly peakBytes: number;
  /** Null of several captures. */
  readonly run: RunFacts | null;
  /** False while reading, and for a capture without a trailer, whatever the reason. */
  readonly finished: boolean;
  readonly damage: Damage | null;
  /**
   * Remarks, one line each: no end mark, a clock that stepped back, more freed than allocated, … Never
   * damage.
   */
  readonly notes: readonly string[];
  /**
   * Where several captures were read together: each by itself. The other fields are then sums, or those of
   * the first.
   */
  readonly parts?: readonly CapturePart[];
  /**
   * Of several captures: their trees are one. Else frame i, outermost in a stack, stands for the process of
   * part i.
   */
  readonly isMerged?: boolean;
}

/** What the records tell of the run as a whole. Times in ms since the epoch. */
export interface RunFacts {
  /** How many records of allocations and deallocations lead to the peak; null where only sums are recorded. */
  readonly peakRecords: number | null;
  /**
   * When the peak was reached: the first memory record of those at it, else the last one before; null where there is none, or
   * where only sums are recorded.
   */
  readonly peakTimeMs: number | null;
  /** The highest resident memory of all memory records, and when it was first so high. */
  readonly highestRss: number | null;
  readonly highestRssTimeMs: number | null;
}

/** One of several captures. Of `capture` and `failure` one is null. */
export interface CapturePart {
  /** What the user calls it: its path, or "-"; `2 captures` where several were added up before they were compared. */
  readonly name: string;
  readonly capture: CaptureInfo | null;
  readonly failure: {readonly code: CaptureErrorCode | 'internal'; readonly message: string} | null;
  /** How many of its locations were loaded, the biggest ones; Infinity: all. */
  readonly heldLocations: number;
  /** Where captures are compared: whether the others are compared with this one. */
  readonly isBase?: boolean;
  /** As those of a snapshot. */
  readonly moments?: readonly MomentFacts[];
}

/** Columns of allocation locations: biggest first; equals by their first live allocation (memray's order). */
export interface LocationColumns {
  readonly length: number;
  readonly bytes: Float64Array;
  readonly allocations: Float64Array;
  /** Index into `threads`. */
  readonly thread: Int32Array;
  /** Innermost frame: index into `stacks`, −1 where there is no stack. */
  readonly stack: Int32Array;
  /**
   * How many native frames are left out, since nothing is known of them; only where native frames are shown.
   */
  readonly hiddenNative?: Int32Array;
}

/**
 * The blocks of the locations: one row for each (location, allocator, size). Of each location, the sizes times the
 * counts make its bytes, and the counts its allocations.
 */
export interface BlockColumns {
  readonly length: number;
  /** Index into `locations`; ascending. */
  readonly location: Int32Array;
  /** Index into ALLOCATORS (allocators.ts); ascending within a location. */
  readonly allocator: Uint8Array;
  /** Bytes of each block, ascending within an allocator. A piece of a map has its own length. */
  readonly size: Float64Array;
  /** How many blocks. */
  readonly count: Float64Array;
}

/** Columns of stack nodes: a prefix tree, parents before children (prefix[i] < i). */
export interface StackColumns {
  readonly length: number;
  /** The caller's stack node, −1 at the outermost frame. */
  readonly prefix: Int32Array;
  /** Index into `frames`. */
  readonly frame: Int32Array;
}

/** Columns of distinct frames: no two Python frames have the same function, file and line. */
export interface FrameColumns {
  readonly length: number;
  /** Index into `strings`. */
  readonly function: Int32Array;
  /** Index into `strings`. */
  readonly file: Int32Array;
  /** 1-based, 0 where unknown. */
  readonly line: Int32Array;
  /** Only where native frames are shown. */
  readonly native?: NativeColumns;
}

/** What is known of native frames besides their names. One entry for each frame, Python frames included. */
export interface NativeColumns {
  /** The first frame of the same function, file and line: they make the same node. */
  readonly identity: Int32Array;
  /** Recorded path of the image, an index into `strings`; −1 for a Python frame. */
  readonly image: Int32Array;
  /** Of the call, in the image's own numbering; −1 for a Python frame. */
  readonly offset: Float64Array;
  /** Index into SYMBOL_STATES (symbols/native-frame.ts). */
  readonly state: Uint8Array;
  /** Where the compiler ran, an index into `strings`; −1 where unknown. */
  readonly directory: Int32Array;
}

/** A thread as memray labels it: "0x1" or "0x1 (name)". */
export interface ThreadInfo {
  readonly label: string;
}

/** What is below the cut of `biggestAllocs`. */
export interface Elided {
  readonly locations: number;
  readonly allocations: number;
  readonly bytes: number;
}

/**
 * The state of a heap as columns: what a load yields, at its end and before. It holds only what the shown
 * locations refer to, is plain data, and can be posted between threads.
 * Frames that the tracker itself added on the main thread ("skipped frames") are already cut off.
 */
export interface Snapshot {
  readonly capture: CaptureInfo;
  readonly view: View;
  readonly locations: LocationColumns;
  readonly stacks: StackColumns;
  readonly frames: FrameColumns;
  readonly strings: readonly string[];
  readonly threads: readonly ThreadInfo[];
  readonly elided: Elided;
  /** Only where they were asked for. */
  readonly blocks?: BlockColumns;
  /**
   * Only where captures are compared: what each of them holds. The locations have the sums of all of them, and
   * `elided` what is below the cut of each.
   */
  readonly runs?: readonly RunColumns[];
  /** The runs are moments of one run, so their lines are the same. */
  readonly areMoments?: boolean;
  /** What a base calls files that are named otherwise here, by their names here. */
  readonly baseFiles?: ReadonlyMap<string, string>;
  /** The course of the run, where it is known. */
  readonly timeline?: Timeline;
  /**
   * Of views of moments: the moment, both ends of the range, or the marks; of `peak:A..B` also the highest state, of which
   * only `allocationRecords` and `heap` are known. Not of several captures, of which each has its
   * own, nor where a moment is not in the recording.
   */
  readonly moments?: readonly MomentFacts[];
}

/**
 * What one of several captures that are compared holds of the locations of a snapshot: equal locations of all are one
 * there. In memray's order: biggest first, equals by their first live allocation.
 */
export interface RunColumns {
  /** Index into `parts` of the capture info. */
  readonly part: number;
  /** What the others are compared with. */
  readonly isBase: boolean;
  /** Of a generation of one capture its name, `0%..50%`: runs are parts of a whole then. */
  readonly generation?: string;
  readonly length: number;
  /** Index into `locations`; each at most once. */
  readonly location: Int32Array;
  readonly bytes: Float64Array;
  readonly allocations: Float64Array;
  readonly elided: Elided;
  /** Where the snapshot has blocks. */
  readonly blocks?: BlockColumns;
}

/** How many frames of a snapshot, from the first on, stand for the processes of `parts`. */
export function countProcesses({parts, isMerged}: CaptureInfo): number {
  return isMerged ? 0 : (parts?.length ?? 0);
}

/** Each of several captures by itself, those that were added up before they were compared too. */
export function listCaptures(parts: readonly CapturePart[]): readonly CapturePart[] {
  return parts.flatMap(part => part.capture?.parts?.map(each => withSide(each, part)) ?? [part]);
}

function withSide(part: CapturePart, {isBase}: Pick<CapturePart, 'isBase'>): CapturePart {
  return isBase === undefined ? part : {...part, isBase};
}

/**
 * What the user calls the result of a load: the given name, but `1 of 2 captures` where others of several
 * captures could not be read.
 */
export function nameResult({parts = []}: Pick<CaptureInfo, 'parts'>, name: string): string {
  const captures = listCaptures(parts);
  const readCount = captures.filter(part => part.capture !== null).length;
  return readCount === captures.length ? name : `${readCount} of ${captures.length} captures`;
}

/** Whether one reading holds it beside the other one of peak and leaks. */
export function isHeap({kind}: View): boolean {
  return kind === 'peak' || kind === 'leaks';
}

/** Whether it is the highest state of the run, or of a part of it. */
export function isPeak(view: View): boolean {
  return view.kind === 'peak' || (view.kind === 'range' && view.of === 'peak');
}

export type MomentView = Extract<View, {readonly kind: 'moment' | 'range' | 'generations'}>;

/** Whether it is a view of moments, which have to be found before. */
export function isOfMoments(view: View): view is MomentView {
  return view.kind === 'moment' || view.kind === 'range' || view.kind === 'generations';
}

/** A moment that is told by the allocation records before it: it may be one of those that are kept. */
export type CountedMoment = Extract<View, {readonly kind: 'moment'}> & {
  readonly at: Extract<Moment, {readonly kind: 'allocations'}>;
};

export function isCountedMoment(view: View): view is CountedMoment {
  return view.kind === 'moment' && view.at.kind === 'allocations';
}

/** The moments that a view names, in its order. */
export function listMoments(view: View): readonly Moment[] {
  if (view.kind === 'moment') return [view.at];
  if (view.kind === 'range') return [view.from, view.to];
  return view.kind === 'generations' ? view.marks : [];
}

export function isSameView(a: View, b: View): boolean {
  const thresholdOf = (view: View): number => (view.kind === 'temporary' ? view.threshold : 0);
  const partOf = (view: View): string => (view.kind === 'range' ? view.of : '');
  if (a.kind !== b.kind || thresholdOf(a) !== thresholdOf(b) || partOf(a) !== partOf(b)) return false;
  const [moments, others] = [listMoments(a), listMoments(b)];
  return (
    moments.length === others.length && moments.every((moment, index) => isSameMoment(moment, others[index]!))
  );
}

/** Whether two results are of the same recording, with the same records in it. */
export function isSameRecording(a: CaptureInfo, b: CaptureInfo): boolean {
  return a.pid === b.pid && a.startTimeMs === b.startTimeMs && a.allocationRecords === b.allocationRecords;
}
