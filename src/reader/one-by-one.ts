import {CaptureError} from '../capture/damage.js';
import {isShortOfCaptures} from '../heap/check-aggregated.js';
import type {MergePart} from '../heap/combine-captures.js';
import {type CapturePart, isSameView, type Snapshot} from '../heap/snapshot.js';
import type {CaptureSource} from './capture-source.js';
import {toFailure} from './failure.js';
import type {LoadProgress} from './load-messages.js';
import {orAborted} from './or-aborted.js';
import type {ReadCapture} from './read-capture.js';
import {type EmitProgress, getEnd, type LoadOptions, readSource} from './run-load.js';

/** One of the captures to read. */
export interface NamedSource {
  readonly name: string;
  open(): Promise<CaptureSource>;
}

export interface SeveralOptions extends LoadOptions {
  /** One of them cannot be read again. */
  readonly isReadOnce?: boolean;
  /** All together, in bytes; null where it cannot be known. */
  readonly totalBytes: number | null;
}

export interface OneByOne {
  /** The options by which the snapshot of a capture is made. */
  toOptions(read: ReadCapture): LoadOptions;
  /** What is shown of all while one of them is read; null for nothing. */
  toPartial(name: string, snapshot: Snapshot): Snapshot | null;
  /** Takes each capture that was read, or why it could not be. */
  take(part: MergePart, index: number): void;
}

/**
 * Reads one capture after the other, with one progress for all of them.
 * @returns the progress at the end
 * @throws the reason of an aborted signal
 */
export async function readOneByOne(
  sources: readonly NamedSource[],
  options: SeveralOptions,
  emit: EmitProgress,
  {toOptions, toPartial, take}: OneByOne,
): Promise<LoadProgress> {
  const startMs = performance.now();
  let before: LoadProgress = {bytesRead: 0, totalBytes: options.totalBytes, records: 0, elapsedMs: 0};
  /** The sum of what was read before and the progress of the present one. */
  const addUp = ({bytesRead, records}: Pick<LoadProgress, 'bytesRead' | 'records'>): LoadProgress => ({
    bytesRead: before.bytesRead + bytesRead,
    totalBytes: options.totalBytes,
    records: before.records + records,
    elapsedMs: performance.now() - startMs,
  });
  for (const [index, {name, open}] of sources.entries()) {
    const report: EmitProgress = ({progress, partial}) =>
      emit({type: 'progress', progress: addUp(progress), partial: partial && toPartial(name, partial)});
    try {
      const read = await readSource(open, options, report);
      const {progress, snapshot} = await orAborted(
        getEnd(read, {...options, ...toOptions(read)}, report),
        options.signal,
      );
      before = addUp(progress);
      take({name, snapshot}, index);
    } catch (error) {
      options.signal?.throwIfAborted();
      const {code, message} = toFailure(error);
      take({name, failure: {code, message}}, index);
    }
  }
  return before;
}

/** Nor can more native frames be named later where a capture cannot be read again. */
export function isWholeNeeded(
  {hasNativeFrames}: ReadCapture,
  {wantsAll, isReadOnce}: SeveralOptions,
): boolean {
  return hasNativeFrames && wantsAll === true && isReadOnce === true;
}

/** What is known of several captures once they are read. */
export function describeRead(
  parts: readonly CapturePart[],
  options: SeveralOptions,
  {progress, getSnapshot}: {readonly progress: LoadProgress; getSnapshot(): Promise<Snapshot>},
): ReadCapture {
  // What cannot be read again answers with what there is.
  const held = options.isReadOnce ? Infinity : Math.min(...parts.map(({heldLocations}) => heldLocations));
  const isShort = isShortOfCaptures({parts});
  return {
    getProgress: () => progress,
    hasNativeFrames: false,
    holds: ({select, limit, blocks}) =>
      isSameView(select, options.view) && limit <= held && (blocks ? options.blocks === true : !isShort),
    getSnapshot,
    getUnmerged: () => null,
    getTimeline: () => null,
    getHistory: () => null,
  };
}

/** @throws CaptureError if none of some captures could be read */
export function throwIfAllFailed(parts: readonly CapturePart[]): void {
  const failures = parts.flatMap(({name, failure}) => (failure === null ? [] : [{name, ...failure}]));
  if (failures.length < parts.length) return;
  const message = failures.map(failure => `${failure.name} ${failure.message}`).join('; ');
  const {code} = failures[0]!;
  if (code === 'internal') throw new Error(message);
  throw new CaptureError(code, message);
}
