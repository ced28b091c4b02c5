import {CaptureError} from '../capture/damage.js';
import type {BlockKeeper} from '../heap/block-keeper.js';
import type {Course} from '../heap/course.js';
import type {History} from '../heap/history.js';
import {describeLate} from '../heap/missing-moments.js';
import {formatMoment, isEnd, isStart, type Moment, type MomentFacts, NO_RECORD} from '../heap/moment.js';
import {MomentFinder} from '../heap/moment-finder.js';
import {MomentStopper} from '../heap/moment-stopper.js';
import {type CaptureInfo, isPeak, listMoments, type MomentView} from '../heap/snapshot.js';
import type {Timeline} from '../heap/timeline.js';
import type {ReadCapture} from './read-capture.js';

/** How a source is read from its start: what is kept of it, and where reading stops. */
export interface Pass {
  readonly blocks?: BlockKeeper | undefined;
  readonly course?: Course | undefined;
  /** Whether the course goes to the end. */
  readonly isWhole?: boolean;
}

/** A capture that was read. */
export interface Reading {
  readonly read: ReadCapture;
  /** How many allocation records lead to its peak. */
  readonly peakRecords: number | null;
  readonly peakBytes: number;
  readonly allocationRecords: number;
  readonly capture: CaptureInfo;
}

export type ReadPass = (pass: Pass) => Promise<Reading>;

/** The moments of a view, as a whole reading has found them. */
export interface FoundMoments {
  /** How many allocation records come before each of them; Infinity for the end of the recording. */
  readonly marks: readonly number[];
  /** Null where they make no view: nothing is shown then, and the capture has a note. */
  readonly facts: readonly MomentFacts[] | null;
  readonly capture: CaptureInfo;
  /** What the first reading has kept of the run besides. */
  readonly kept: KeptRun;
}

/** The course of a run, and what was held at some moments of it; null where that is not kept. */
interface KeptRun {
  readonly timeline: Timeline | null;
  readonly history: History | null;
}

/**
 * Reads what is at moments of a run: once as a whole, which finds them, and once more up to the last of them.
 * @param known the facts of the whole capture, where an earlier reading has found them: the first one is not needed then for
 * moments that are told by allocation records
 * @throws CaptureError if there is nothing to show
 */
export async function readMoments(
  view: MomentView,
  hasBlocks: boolean,
  read: ReadPass,
  known: CaptureInfo | null,
): Promise<ReadCapture> {
  const counted = known && countMoments(view, known);
  if (counted !== null) {
    const {reading, facts, stopper} = await readUpTo(view, hasBlocks, counted, read);
    if (!stopper.isOther) return withFacts(reading.read, facts, counted.kept);
  }
  const found = await findMoments(view, read);
  if (view.kind === 'generations') {
    const {readGenerations} = await import('./read-generations.js');
    return withFacts(await readGenerations(view, hasBlocks, found, read), null, found.kept);
  }
  const {reading, facts} = await readUpTo(view, hasBlocks, found, read);
  return withFacts(reading.read, facts, found.kept);
}

/** The moments of a view where no reading has to find them; null where one has. */
function countMoments(view: MomentView, capture: CaptureInfo): FoundMoments | null {
  const moments = listMoments(view);
  const counts = moments.map(moment => countBefore(moment, capture.allocationRecords));
  const areKnown = counts.every((count, index) => count >= (counts[index - 1] ?? 0));
  // Generations are of the end, and read more than once.
  if (!areKnown || view.kind === 'generations') return null;
  const facts = counts.map((count, index) => ({
    ...NO_RECORD,
    allocationRecords: count,
    ...(isEnd(moments[index]!) && {isEnd: true as const}),
  }));
  return {marks: toMarks(facts), facts, capture, kept: {timeline: null, history: null}};
}

/** NaN where it takes a reading. */
function countBefore(moment: Moment, all: number): number {
  if (isStart(moment)) return 0;
  if (isEnd(moment)) return all;
  return moment.kind === 'allocations' && moment.count <= all ? moment.count : Number.NaN;
}

async function findMoments(view: MomentView, read: ReadPass): Promise<FoundMoments> {
  const moments = listMoments(view);
  let finder = new MomentFinder(moments);
  let reading = await read({course: finder, isWhole: true});
  const end = finder.getMissingEnd();
  if (end !== null) {
    finder = new MomentFinder(moments, end);
    reading = await read({course: finder, isWhole: true});
  }
  const found = finder.getFound();
  const {capture} = reading;
  const facts = found.flatMap(one => one ?? []);
  const missing = moments.filter((_, index) => found[index] === null);
  const remark =
    missing.length > 0
      ? describeMissing(missing, capture, finder.memoryRecords)
      : findDisorder(moments, facts);
  // The reader itself is not kept: it would take its memory twice.
  const kept = {timeline: reading.read.getTimeline(), history: reading.read.getHistory()};
  const late = remark === null ? describeLate(view, capture, facts) : null;
  const noted = late === null ? capture : {...capture, notes: [...capture.notes, late]};
  if (remark === null) return {marks: toMarks(facts), facts, capture: noted, kept};
  const marks = moments.map(() => 0);
  return {marks, facts: null, capture: {...capture, notes: [...capture.notes, remark]}, kept};
}

function toMarks(facts: readonly MomentFacts[]): readonly number[] {
  // What follows the last allocation, such as the name of a thread, belongs to the end.
  return facts.map(({allocationRecords, isEnd: isAtEnd}) => (isAtEnd ? Infinity : allocationRecords));
}

function describeMissing(missing: readonly Moment[], capture: CaptureInfo, memoryRecords: number): string {
  const names = missing.map(formatMoment).join(', ');
  const records = missing.some(({kind}) => kind === 'allocations')
    ? describeCount(capture.allocationRecords, 'allocation record')
    : describeCount(memoryRecords, 'memory record');
  return `${names}: not in the recording, which has ${records}; nothing is shown`;
}

function describeCount(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What is wrong with the order of the moments; null where each one is at or after the one before it. */
function findDisorder(moments: readonly Moment[], facts: readonly MomentFacts[]): string | null {
  const index = facts.findIndex(
    ({allocationRecords}, i) => allocationRecords < (facts[i - 1]?.allocationRecords ?? 0),
  );
  if (index < 0) return null;
  const [before, after] = [formatMoment(moments[index - 1]!), formatMoment(moments[index]!)];
  return `${before} is after ${after} in the recording; nothing is shown`;
}

/** A reading that went up to the last of the moments, and what is known of them now. */
export interface ReadMoments {
  readonly reading: Reading;
  readonly facts: readonly MomentFacts[] | null;
  readonly stopper: MomentStopper;
}

/** @throws CaptureError where the second reading does not find what the first one did */
export async function readUpTo(
  view: MomentView,
  hasBlocks: boolean,
  {marks, facts, capture}: FoundMoments,
  read: ReadPass,
): Promise<ReadMoments> {
  let stopper = new MomentStopper(view, marks, capture);
  let reading: Reading;
  if (!hasBlocks) {
    reading = await read({course: stopper});
  } else {
    const {createBlockKeeper} = await import('../heap/block-keeper.js');
    // The blocks of the highest state can be kept by a reading that knows where it is.
    const peakRecords = isPeak(view) ? ((await read({course: stopper})).peakRecords ?? 0) : 0;
    stopper = new MomentStopper(view, marks, capture);
    reading = await read({course: stopper, blocks: createBlockKeeper(peakRecords)});
    if (isPeak(view) && reading.peakRecords !== peakRecords) throw changed();
  }
  const {heaps} = stopper;
  if (reading.allocationRecords < Math.min(marks.at(-1)!, capture.allocationRecords)) throw changed();
  const ends = facts?.map((fact, index) => ({...fact, heap: heaps[index]!})) ?? null;
  return {reading, facts: ends && [...ends, ...listHighest(view, reading)], stopper};
}

/** Of the highest state only is known after how many allocation records it is. */
function listHighest(view: MomentView, {peakRecords, peakBytes}: Reading): readonly MomentFacts[] {
  if (!isPeak(view) || peakRecords === null) return [];
  return [{...NO_RECORD, allocationRecords: peakRecords, heap: peakBytes}];
}

function changed(): CaptureError {
  return new CaptureError(
    'read-once',
    'changed while it was read; moments of it can be read when it is complete',
  );
}

/** Snapshots with what is known of their moments, and of the run. */
function withFacts(
  read: ReadCapture,
  moments: readonly MomentFacts[] | null,
  {timeline, history}: KeptRun,
): ReadCapture {
  return {
    ...read,
    getTimeline: () => timeline,
    getHistory: () => history,
    getSnapshot: async (...asked) => ({
      ...(await read.getSnapshot(...asked)),
      ...(moments && {moments}),
      // Columns may be handed over.
      ...(timeline && {timeline: structuredClone(timeline)}),
    }),
  };
}
