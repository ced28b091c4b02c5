import {CaptureError} from '../capture/damage.js';
import {type CaptureParser, createCaptureParser} from '../heap/capture-parser.js';
import type {Snapshot, SnapshotOptions} from '../heap/snapshot.js';
import type {CaptureSource} from './capture-source.js';
import {getRestMs} from './partial-pace.js';
import type {ReadingMessage, ReadingProgress} from './reading.js';

/** How often progress is told. */
const PROGRESS_INTERVAL_MS = 100;
/** A partial tree is there to be looked at while it changes; the whole one comes with the end. */
const MOST_PARTIAL_LOCATIONS = 1000;
/** The parser is fed in slices, so that a chunk that unpacks to a hundred times its size cannot hold up the thread. */
const SLICE_BYTES = 128 << 10;

export interface ReadingOptions extends SnapshotOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * Asked before a partial snapshot is made; always, unless said otherwise. There are fewer of them than of progress
   * where making and taking one costs more than a small part of the time.
   */
  readonly wantsPartial?: (() => boolean) | undefined;
}

/**
 * Reads a whole capture in this thread and tells how it goes. Never rejects, except with the reason of an aborted
 * signal: whatever goes wrong is told as `failed`.
 */
export async function runReading(
  openSource: () => Promise<CaptureSource>,
  options: ReadingOptions,
  emit: (message: ReadingMessage) => void,
): Promise<void> {
  try {
    const source = await openSource();
    try {
      await readSource(source, options, emit);
    } finally {
      await source.close();
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    emit(toFailure(error));
  }
}

async function readSource(
  source: CaptureSource,
  options: ReadingOptions,
  emit: (message: ReadingMessage) => void,
): Promise<void> {
  const parser = createCaptureParser(options);
  const clock = createProgressClock(source.totalBytes);
  const tell = createProgressTeller(parser, options, emit);
  reading: for await (const chunk of source.chunks) {
    for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
      options.signal?.throwIfAborted();
      const slice = chunk.subarray(from, from + SLICE_BYTES);
      parser.push(slice);
      const progress = clock.advance(slice.length, parser.records);
      if (parser.isDone) break reading;
      if (progress) tell(progress);
      await nextTurn();
    }
  }
  parser.end();
  const taken = parser.takeSnapshot();
  const snapshot = withNotes(taken, await source.getNotes(taken.capture));
  emit({type: 'done', progress: clock.now(parser.records), snapshot});
}

/** Tells progress, with a partial snapshot whenever one is wanted and the last one was long enough ago for what it cost. */
function createProgressTeller(
  parser: CaptureParser,
  {wantsPartial = () => true}: ReadingOptions,
  emit: (message: ReadingMessage) => void,
): (progress: ReadingProgress) => void {
  let restUntilMs = 0;
  return progress => {
    const startMs = performance.now();
    const isDue = parser.hasHeader && startMs >= restUntilMs && wantsPartial();
    const partial = isDue ? parser.takeSnapshot(MOST_PARTIAL_LOCATIONS) : null;
    emit({type: 'progress', progress, partial});
    const endMs = performance.now();
    if (isDue) restUntilMs = endMs + getRestMs(endMs - startMs);
  };
}

/** Says, at most every PROGRESS_INTERVAL_MS, how far the reading is. */
function createProgressClock(totalBytes: number | null) {
  const startMs = performance.now();
  let lastMs = startMs;
  let bytesRead = 0;
  const now = (records: number): ReadingProgress => ({
    bytesRead,
    totalBytes,
    records,
    elapsedMs: performance.now() - startMs,
  });
  return {
    now,
    advance(bytes: number, records: number): ReadingProgress | null {
      bytesRead += bytes;
      if (performance.now() - lastMs < PROGRESS_INTERVAL_MS) return null;
      lastMs = performance.now();
      return now(records);
    },
  };
}

/** Lets timers and messages of this thread have their turn. */
function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

function withNotes(snapshot: Snapshot, sourceNotes: readonly string[]): Snapshot {
  const {capture} = snapshot;
  const notes = [...capture.notes, ...sourceNotes];
  return notes.length === capture.notes.length ? snapshot : {...snapshot, capture: {...capture, notes}};
}

function toFailure(error: unknown): ReadingMessage {
  if (error instanceof CaptureError) return {type: 'failed', code: error.code, message: error.message};
  const {stack, message} = error instanceof Error ? error : new Error(String(error));
  return {
    type: 'failed',
    code: 'internal',
    message: process.env.MEMRAY_TREE_DEBUG ? (stack ?? message) : message,
  };
}
