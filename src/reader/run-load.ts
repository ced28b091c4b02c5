import {CaptureError, toUnpacked} from '../capture/damage.js';
import {type CaptureParser, createCaptureParser} from '../heap/capture-parser.js';
import type {HistoryKeeper} from '../heap/history-keeper.js';
import {
  type CaptureInfo,
  isCountedMoment,
  isHeap,
  isOfMoments,
  isSameView,
  type Snapshot,
  type SnapshotOptions,
  type View,
} from '../heap/snapshot.js';
import {thinTimeline} from '../heap/thin-timeline.js';
import {getFreeHeapBytes} from '../platform/heap-limit.js';
import {awaitNextTurn} from '../platform/next-turn.js';
import {type CaptureSource, SourceReplaced} from './capture-source.js';
import {toFailure} from './failure.js';
import type {LoadDone, LoadMessage, LoadProgress} from './load-messages.js';
import {orAborted} from './or-aborted.js';
import {getPauseMs} from './partial-throttle.js';
import {ProgressClock} from './progress-clock.js';
import {createReadCapture, type ReadCapture} from './read-capture.js';
import type {Pass, Reading} from './read-moments.js';

/** A partial tree is there to be looked at while it changes; the whole one comes with the end. */
export const MAX_PARTIAL_LOCATIONS = 1000;
/** Of the course of the run so far. More points than columns of any screen. */
const MAX_PARTIAL_POINTS = 1024;
/**
 * The parser is fed in slices, so that a chunk that unpacks to a hundred times its size cannot hold up the
 * thread.
 */
const SLICE_BYTES = 128 << 10;

/** What is to be read, as plain data. */
export interface LoadRequest extends SnapshotOptions {
  /** Keep the blocks of the locations, which of the peak takes two readings. The view of all allocations has them always. */
  readonly blocks?: boolean;
  /** Keep the course of the run, and what was held at some moments of it; not beside blocks, and only of heaps. */
  readonly history?: boolean;
  /** The facts of the whole capture, where an earlier reading has found them: some moments are read faster then. */
  readonly known?: CaptureInfo;
  /** How many allocation records lead to the peak, where an earlier reading has found it: one more is enough then. */
  readonly peakRecords?: number;
  /** Leave native frames out, where the capture has them. */
  readonly pythonOnly?: boolean;
  /** A folder that holds the libraries of the machine that was recorded. */
  readonly symbolsDirectory?: string | null;
  /**
   * Load all locations if memory suffices, so that any query can be shown; not of a capture with native frames,
   * where naming each of them takes time.
   */
  readonly wantsAll?: boolean;
  /**
   * Receive a live run to its end, for a file of it, even if its tree ends at damage or for lack of memory.
   */
  readonly receivesAll?: boolean;
}

export interface LoadOptions extends LoadRequest {
  readonly signal?: AbortSignal | undefined;
  /**
   * Asked whenever a partial snapshot could be made: of which selection there is to be one, null for none. That
   * of the load always, unless said otherwise. There are fewer of them than of progress where making and taking
   * one costs more than a small part of the time.
   */
  readonly getWantedPartial?: (() => View | null) | undefined;
  /**
   * Gets the bytes of a live run as they come. More are received once it resolves; they are valid until then.
   */
  readonly onReceived?: ((bytes: Uint8Array) => Promise<void>) | undefined;
}

/** Opens what is read; again where another recording has taken its place. */
export type OpenSource = () => Promise<CaptureSource>;

type ProgressMessage = Extract<LoadMessage, {type: 'progress'}>;
export type EmitProgress = (message: ProgressMessage) => void;

/**
 * Reads a whole capture in this thread and reports progress. Never rejects, except with the reason of an
 * aborted signal: every error is reported as `failed`.
 */
export async function runLoad(
  openSource: OpenSource,
  options: LoadOptions,
  emit: (message: LoadMessage) => void,
): Promise<void> {
  await reportEnd(readSource(openSource, options, emit), options, emit);
}

/** Reports how a reading ends: with the snapshot that was asked for, or why there is none. */
export async function reportEnd(
  reading: Promise<ReadCapture>,
  options: LoadOptions,
  emit: (message: LoadMessage) => void,
): Promise<void> {
  try {
    const {signal} = options;
    emit(
      await orAborted(
        reading.then(read => getEnd(read, options, emit)),
        signal,
      ),
    );
  } catch (error) {
    options.signal?.throwIfAborted();
    emit(toFailure(error));
  }
}

/** The end of a load of what was read. */
export async function getEnd(
  read: ReadCapture,
  {view, biggestAllocs, signal}: LoadOptions,
  emit: EmitProgress,
): Promise<LoadDone> {
  const snapshot = await read.getSnapshot(
    {select: view, limit: biggestAllocs},
    resolving => emit({type: 'progress', progress: {...read.getProgress(), resolving}, partial: null}),
    signal,
  );
  return {type: 'done', progress: read.getProgress(), snapshot};
}

/**
 * Reads a whole capture, and starts again if another recording replaces it meanwhile. Reports progress.
 * @throws CaptureError if there is nothing to show, or the reason of an aborted signal
 */
export function readSource(
  openSource: OpenSource,
  options: LoadOptions,
  emit: EmitProgress,
): Promise<ReadCapture> {
  return orAborted(readAsAsked(openSource, options, emit), options.signal);
}

async function readAsAsked(
  openSource: OpenSource,
  options: LoadOptions,
  emit: EmitProgress,
): Promise<ReadCapture> {
  const {view, blocks = false} = options;
  if (isOfMoments(view)) {
    const {readMoments} = await import('./read-moments.js');
    // What stands before the moments are found is not what was asked for.
    const whole = {...options, getWantedPartial: () => null};
    return readMoments(
      view,
      blocks,
      pass => readLatest(openSource, whole, emit, pass),
      options.known ?? null,
    );
  }
  return blocks ? readBlocks(openSource, options, emit) : (await readLatest(openSource, options, emit)).read;
}

/** A file that is written to may have another peak each time. */
const MAX_READINGS = 4;

/** The blocks of the peak can be kept by a reading that knows where it is: which one before it finds out. */
async function readBlocks(
  openSource: OpenSource,
  options: LoadOptions,
  emit: EmitProgress,
): Promise<ReadCapture> {
  const {createBlockKeeper} = await import('../heap/block-keeper.js');
  const isPeak = options.view.kind === 'peak';
  let expected = isPeak ? options.peakRecords : 0;
  for (let readings = 0; readings < MAX_READINGS; readings++) {
    const blocks = expected === undefined ? undefined : createBlockKeeper(expected);
    const {read, peakRecords} = await readLatest(openSource, options, emit, {blocks});
    if (blocks !== undefined && (!isPeak || peakRecords === expected)) return read;
    // An aggregated capture has none, and says so when its blocks are read.
    expected = peakRecords ?? 0;
  }
  throw new CaptureError(
    'read-once',
    'changed each time it was read; its blocks can be read when it is complete',
  );
}

async function readLatest(
  openSource: OpenSource,
  options: LoadOptions,
  emit: EmitProgress,
  pass: Pass = {},
): Promise<Reading> {
  const isWhole = pass.course === undefined ? isHeap(options.view) : pass.isWhole === true;
  const keepsHistory = options.history === true && pass.blocks === undefined && isWhole;
  const history = keepsHistory ? await loadHistoryKeeper() : undefined;
  for (;;) {
    options.signal?.throwIfAborted();
    const source = await openSource();
    const abandon = (): void => source.abandon?.();
    options.signal?.addEventListener('abort', abandon);
    try {
      return await readOpenSource(source, options, emit, {...pass, history});
    } catch (error) {
      if (!(error instanceof SourceReplaced)) throw error;
    } finally {
      options.signal?.removeEventListener('abort', abandon);
      await source.close();
    }
  }
}

/** Only who asks for the history loads what that takes. */
async function loadHistoryKeeper(): Promise<HistoryKeeper> {
  const {createHistoryKeeper} = await import('../heap/history-keeper.js');
  return createHistoryKeeper(true);
}

async function readOpenSource(
  source: CaptureSource,
  options: LoadOptions,
  emit: EmitProgress,
  {blocks, course, history}: Pass & {readonly history: HistoryKeeper | undefined},
): Promise<Reading> {
  // How many locations are handed out is said with each snapshot.
  const parser = createCaptureParser({view: options.view, biggestAllocs: Infinity, blocks, course, history});
  const clock = new ProgressClock(source, parser);
  await feed(parser, source, clock, options, emit);
  options.signal?.throwIfAborted();
  endInput(parser, source);
  // What an earlier reading has found is complete.
  const isKnown = course !== undefined && course.capture !== null;
  const notes = isKnown ? [] : await source.getNotes(parser.getInfo());
  const damageOf = createDamageMapper(source);
  const complete = (capture: CaptureInfo): CaptureInfo =>
    isKnown ? capture : {...capture, damage: damageOf(capture), notes: [...capture.notes, ...notes]};
  // The time stands still once all is read.
  const progress = clock.now();
  const read = createReadCapture(
    parser,
    {...options, blocks: blocks !== undefined},
    () => progress,
    complete,
  );
  const {peak, allocationRecords} = parser;
  return {
    read,
    peakRecords: peak.records,
    peakBytes: peak.bytes,
    allocationRecords,
    capture: complete(parser.getInfo()),
  };
}

/** Hands the bytes of a source to the parser until one of them is over. */
async function feed(
  parser: CaptureParser,
  source: CaptureSource,
  clock: ProgressClock,
  options: LoadOptions,
  emit: EmitProgress,
): Promise<void> {
  const report = createProgressReporter(parser, options, emit);
  for await (const chunk of source.chunks) {
    if (chunk.length === 0 && source.getStreamState !== undefined) {
      // A compressed capture that is still arriving: formats without an end mark end with their last frame.
      const isUnpacked = source.unpacking?.packedBytes != null;
      if (parser.isAtFrameEnd && !isUnpacked) return;
      // What is around it has a check sum, which may come later.
      if (isUnpacked && (parser.isAtFrameEnd || parser.isDone)) source.expectEnd?.();
    }
    // An empty chunk still is a turn: what came last has to be reported while nothing follows.
    for (let from = 0; from === 0 || from < chunk.length; from += SLICE_BYTES) {
      options.signal?.throwIfAborted();
      const slice = chunk.subarray(from, from + SLICE_BYTES);
      parser.push(slice);
      const progress = clock.advance(slice.length);
      // What is unpacked has a check sum at its end.
      const isOver = parser.isStopped || (parser.isDone && source.unpacking?.packedBytes == null);
      if (isOver && !(options.receivesAll && parser.hasDamage)) return;
      if (progress) report(progress);
      await awaitNextTurn();
    }
  }
}

/** @throws what the source failed with, if there is nothing to show */
function endInput(parser: CaptureParser, {unpacking, getFailure}: CaptureSource): void {
  const failure = getFailure?.() ?? null;
  if (failure !== null) {
    if (!parser.hasHeader) throw failure.error;
    const {byteOffset, reason} = failure;
    parser.end({code: 'read-error', byteOffset, message: `The source could not be read further (${reason})`});
    return;
  }
  const isWhole = parser.isDone || parser.isAtFrameEnd;
  parser.end(unpacking?.error ?? (isWhole ? null : (unpacking?.ignored ?? null)));
}

/**
 * Reports progress, with a partial snapshot whenever one is wanted and the last one was long enough ago for
 * what it cost.
 */
function createProgressReporter(
  parser: CaptureParser,
  {view, getWantedPartial = () => view}: LoadOptions,
  emit: EmitProgress,
): (progress: LoadProgress) => void {
  let pauseUntilMs = 0;
  let reportedRecords = -1;
  let reportedView: View | null = null;
  const getPartial = (select: View): Snapshot | null => {
    reportedRecords = parser.records;
    reportedView = select;
    const snapshot = takePartial(parser, select);
    const timeline = parser.getTimeline();
    if (snapshot === null || timeline === null) return snapshot;
    return {...snapshot, timeline: thinTimeline(timeline, MAX_PARTIAL_POINTS)};
  };
  const isHeld = (select: View): boolean =>
    isSameView(select, view) || (parser.hasViews && (isHeap(select) || isCountedMoment(select)));
  return progress => {
    const startMs = performance.now();
    const wanted = parser.hasHeader ? getWantedPartial() : null;
    // Who asks for something else does not wait until it would be time for more of the same.
    const isOther = reportedView !== null && (wanted === null || !isSameView(wanted, reportedView));
    const isLater = parser.records !== reportedRecords && startMs >= pauseUntilMs;
    const isDue = wanted !== null && isHeld(wanted) && (isOther || isLater);
    emit({type: 'progress', progress, partial: isDue ? getPartial(wanted) : null});
    const endMs = performance.now();
    if (isDue) pauseUntilMs = endMs + getPauseMs(endMs - startMs);
  };
}

/** What is selected so far; of a moment the nearest one that is kept, null where none is. */
function takePartial(parser: CaptureParser, select: View): Snapshot | null {
  const budgetBytes = getFreeHeapBytes();
  return isCountedMoment(select)
    ? parser.getNearestSnapshot(select.at.count, MAX_PARTIAL_LOCATIONS, budgetBytes)
    : parser.getSnapshot(MAX_PARTIAL_LOCATIONS, select, budgetBytes);
}

/** Of a capture that was unpacked, the parser knows only positions in what came out. */
function createDamageMapper({unpacking}: CaptureSource): (capture: CaptureInfo) => CaptureInfo['damage'] {
  return ({damage}) => {
    if (unpacking?.packedBytes == null || damage === null) return damage;
    const ofSource = [unpacking.error?.message, unpacking.ignored?.message];
    const isOfSource = damage.code === 'read-error' || ofSource.includes(damage.message);
    return isOfSource ? damage : toUnpacked(damage);
  };
}
