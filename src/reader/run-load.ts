import {toUnpacked} from '../capture/damage.js';
import {type CaptureParser, createCaptureParser} from '../heap/capture-parser.js';
import type {Snapshot, SnapshotOptions, View} from '../heap/snapshot.js';
import {getFreeHeapBytes} from '../platform/heap-limit.js';
import {type CaptureSource, SourceReplaced} from './capture-source.js';
import {toFailure} from './failure.js';
import {type LoadDone, type LoadMessage, type LoadProgress, switchView} from './load-messages.js';
import {orAborted} from './or-aborted.js';
import {getPauseMs} from './partial-throttle.js';
import {ProgressClock} from './progress-clock.js';

/** A partial tree is there to be looked at while it changes; the whole one comes with the end. */
export const MAX_PARTIAL_LOCATIONS = 1000;
/**
 * The parser is fed in slices, so that a chunk that unpacks to a hundred times its size cannot hold up the
 * thread.
 */
const SLICE_BYTES = 128 << 10;

/** What is to be read, as plain data. */
export interface LoadRequest extends SnapshotOptions {
  /** Leave native frames out, where the capture has them. */
  readonly pythonOnly?: boolean;
  /** A folder that holds the libraries of the machine that was recorded. */
  readonly symbolsDirectory?: string | null;
  /**
   * Load all locations if memory suffices, so that any query can be shown; not of a capture with native frames,
   * where naming each of them takes time.
   */
  readonly wantsAll?: boolean;
  /** It cannot be read again for more: `wantsAll` is meant for native frames too. */
  readonly isReadOnce?: boolean;
  /**
   * Receive a live run to its end, for a file of it, even if its tree ends at damage or for lack of memory.
   */
  readonly receivesAll?: boolean;
}

export interface LoadOptions extends LoadRequest {
  readonly signal?: AbortSignal | undefined;
  /**
   * Asked before a partial snapshot is made; always, unless said otherwise. There are fewer of them than of
   * progress where making and taking one costs more than a small part of the time.
   */
  readonly wantsPartial?: (() => boolean) | undefined;
  /**
   * Gets the bytes of a live run as they come. More are received once it resolves; they are valid until then.
   */
  readonly onReceived?: ((bytes: Uint8Array) => Promise<void>) | undefined;
  /** The view of partial snapshots; that of the load unless it is another one, where the capture has both. */
  readonly getPartialView?: (() => View) | undefined;
}

/**
 * Reads a whole capture in this thread and reports progress. Never rejects, except with the reason of an
 * aborted signal: every error is reported as `failed`.
 */
export async function runLoad(
  openSource: () => Promise<CaptureSource>,
  options: LoadOptions,
  emit: (message: LoadMessage) => void,
): Promise<void> {
  try {
    emit(await loadCaptureSource(openSource, options, emit));
  } catch (error) {
    options.signal?.throwIfAborted();
    emit(toFailure(error));
  }
}

/**
 * Reads a whole capture, and starts again if another recording replaces it meanwhile. Reports progress;
 * returns the end.
 * @throws CaptureError if there is nothing to show, or the reason of an aborted signal
 */
export function loadCaptureSource(
  openSource: () => Promise<CaptureSource>,
  options: LoadOptions,
  emit: (message: LoadMessage) => void,
): Promise<LoadDone> {
  return orAborted(loadLatest(openSource, options, emit), options.signal);
}

async function loadLatest(
  openSource: () => Promise<CaptureSource>,
  options: LoadOptions,
  emit: (message: LoadMessage) => void,
): Promise<LoadDone> {
  for (;;) {
    options.signal?.throwIfAborted();
    const source = await openSource();
    const abandon = (): void => source.abandon?.();
    options.signal?.addEventListener('abort', abandon);
    try {
      return await loadOpenSource(source, options, emit);
    } catch (error) {
      if (!(error instanceof SourceReplaced)) throw error;
    } finally {
      options.signal?.removeEventListener('abort', abandon);
      await source.close();
    }
  }
}

async function loadOpenSource(
  source: CaptureSource,
  options: LoadOptions,
  emit: (message: LoadMessage) => void,
): Promise<LoadDone> {
  const parser = createCaptureParser(options);
  const clock = new ProgressClock(source, parser);
  const report = createProgressReporter(parser, options, emit);
  reading: for await (const chunk of source.chunks) {
    if (chunk.length === 0 && source.getStreamState !== undefined) {
      // A compressed capture that is still arriving: formats without an end mark end with their last frame.
      const isUnpacked = source.unpacking?.packedBytes != null;
      if (parser.isAtFrameEnd && !isUnpacked) break;
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
      const isOver = parser.isDone && source.unpacking?.packedBytes == null;
      if (isOver && !(options.receivesAll && parser.hasDamage)) break reading;
      if (progress) report(progress);
      await nextTurn();
    }
  }
  options.signal?.throwIfAborted();
  endInput(parser, source);
  const getResult = (view: View): Promise<Snapshot> =>
    getFinalSnapshot(parser, {...options, view}, resolving => {
      const progress = {...clock.now(), resolving};
      emit({type: 'progress', progress, partial: null});
    });
  const result = await getResult(options.view);
  const snapshot = withNotes(toSourceDamage(result, source), await source.getNotes(result.capture));
  const done: LoadDone = {type: 'done', progress: clock.now(), snapshot};
  const otherView = switchView(options.view);
  if (source.getStreamState === undefined || otherView === null || !parser.hasViews) return done;
  const other = await getResult(otherView);
  return {...done, other: {...other, capture: snapshot.capture}};
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

/** The result; what it takes to name native frames is loaded only for a capture that has them. */
async function getFinalSnapshot(
  parser: CaptureParser,
  options: LoadOptions,
  onProgress: (resolving: {readonly done: number; readonly total: number}) => void,
): Promise<Snapshot> {
  const {view} = options;
  if (!parser.hasNativeTraces || options.pythonOnly) {
    const whole = options.wantsAll ? parser.getWholeSnapshot(view, getFreeHeapBytes()) : null;
    return whole ?? parser.getSnapshot(Infinity, view, getFreeHeapBytes());
  }
  const {resolveNative} = await import('./resolve-native.js');
  const maxLocations = options.wantsAll && options.isReadOnce ? Infinity : options.biggestAllocs;
  return resolveNative(parser.getUnmergedSnapshot(view, getFreeHeapBytes(), maxLocations), {
    ...options,
    onProgress,
  });
}

/**
 * Reports progress, with a partial snapshot whenever one is wanted and the last one was long enough ago for
 * what it cost.
 */
function createProgressReporter(
  parser: CaptureParser,
  {view, wantsPartial = () => true, getPartialView = () => view}: LoadOptions,
  emit: (message: LoadMessage) => void,
): (progress: LoadProgress) => void {
  let pauseUntilMs = 0;
  let reportedRecords = -1;
  let reportedView = view;
  const getPartial = (): Snapshot => {
    reportedRecords = parser.records;
    reportedView = getPartialView();
    const shownView = parser.hasViews ? reportedView : view;
    return parser.getSnapshot(MAX_PARTIAL_LOCATIONS, shownView, getFreeHeapBytes());
  };
  return progress => {
    const startMs = performance.now();
    const isNew = parser.records !== reportedRecords || getPartialView().kind !== reportedView.kind;
    const isDue = parser.hasHeader && isNew && startMs >= pauseUntilMs && wantsPartial();
    emit({type: 'progress', progress, partial: isDue ? getPartial() : null});
    const endMs = performance.now();
    if (isDue) pauseUntilMs = endMs + getPauseMs(endMs - startMs);
  };
}

/** Lets timers and messages of this thread have their turn. */
function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/** Of a capture that was unpacked, the parser knows only positions in what came out. */
function toSourceDamage(snapshot: Snapshot, {unpacking}: CaptureSource): Snapshot {
  const {damage} = snapshot.capture;
  if (unpacking?.packedBytes == null || damage === null) return snapshot;
  const ofSource = [unpacking.error?.message, unpacking.ignored?.message];
  const isOfSource = damage.code === 'read-error' || ofSource.includes(damage.message);
  return isOfSource ? snapshot : {...snapshot, capture: {...snapshot.capture, damage: toUnpacked(damage)}};
}

function withNotes(snapshot: Snapshot, sourceNotes: readonly string[]): Snapshot {
  const {capture} = snapshot;
  const notes = [...capture.notes, ...sourceNotes];
  return notes.length === capture.notes.length ? snapshot : {...snapshot, capture: {...capture, notes}};
}
