import {CaptureError} from '../capture/damage.js';
import {isShortOfCaptures} from '../heap/check-aggregated.js';
import {combineCaptures, type MergePart, toCapturePart} from '../heap/combine-captures.js';
import {countHeld, cutSnapshot} from '../heap/cut-snapshot.js';
import {mergeSnapshots} from '../heap/merge-snapshots.js';
import {type CapturePart, isSameView, type Snapshot} from '../heap/snapshot.js';
import type {CaptureSource} from './capture-source.js';
import {toFailure} from './failure.js';
import type {LoadProgress} from './load-messages.js';
import {orAborted} from './or-aborted.js';
import type {ReadCapture} from './read-capture.js';
import {type EmitProgress, getEnd, type LoadOptions, MAX_PARTIAL_LOCATIONS, readSource} from './run-load.js';

/** One of the captures to read. */
export interface NamedSource {
  readonly name: string;
  open(): Promise<CaptureSource>;
}

export interface CapturesOptions extends LoadOptions {
  readonly isMerged: boolean;
  /** One of them cannot be read again. */
  readonly isReadOnce?: boolean;
  /** All together, in bytes; null where it cannot be known. */
  readonly totalBytes: number | null;
}

/**
 * Reads one capture after the other and reports them as one; one that cannot be read is reported at the end,
 * and the others are shown. Of each only the snapshot is kept that was asked for.
 * @throws CaptureError if none can be read, or the reason of an aborted signal
 */
export async function readCaptures(
  sources: readonly NamedSource[],
  options: CapturesOptions,
  emit: EmitProgress,
): Promise<ReadCapture> {
  const parts: MergePart[] = [];
  const biggestAllocs = options.wantsAll ? Infinity : options.biggestAllocs;
  const merge = (all: readonly MergePart[]): Snapshot => mergeSnapshots(all, {...options, biggestAllocs});
  /** What was read before as partial trees show it: they cost no more than those of one capture, for each. */
  const partialParts: MergePart[] = [];
  const progress = await readOneByOne(sources, options, emit, {
    toOptions: read => toPartOptions(read, options),
    toPartial: (name, snapshot) => merge([...partialParts, {name, snapshot}]),
    take(part) {
      parts.push(part);
      partialParts.push(
        'failure' in part ? part : {...part, snapshot: cutSnapshot(part.snapshot, MAX_PARTIAL_LOCATIONS)},
      );
    },
  });
  throwIfAllFailed(parts);
  // What cannot be read again answers with what there is.
  const held = options.isReadOnce ? Infinity : countHeldOfEach(parts);
  const isShort = isShortOfCaptures(combineCaptures(parts.map(toCapturePart), options.isMerged));
  return {
    getProgress: () => progress,
    hasNativeFrames: false,
    holds: ({select, limit, blocks}) =>
      isSameView(select, options.view) && limit <= held && (blocks ? options.blocks === true : !isShort),
    getSnapshot: async () => merge(parts),
    getUnmerged: () => null,
  };
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
  options: Pick<CapturesOptions, 'totalBytes'> & LoadOptions,
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

/**
 * Of one tree, each location may be the sum of small ones: the cut comes after they are added up. Nor can more of
 * the native frames be named later where a capture cannot be read again.
 */
function toPartOptions(read: ReadCapture, options: CapturesOptions): CapturesOptions {
  const namesAll = read.hasNativeFrames && options.wantsAll === true && options.isReadOnce === true;
  return options.isMerged || namesAll ? {...options, biggestAllocs: Infinity} : options;
}

function countHeldOfEach(parts: readonly MergePart[]): number {
  return Math.min(...parts.map(part => ('snapshot' in part ? countHeld(part.snapshot) : Infinity)));
}

/** @throws CaptureError if none of some captures could be read */
export function throwIfAllFailed(parts: readonly (MergePart | CapturePart)[]): void {
  const failures = parts.flatMap(part =>
    'failure' in part && part.failure !== null ? [{name: part.name, ...part.failure}] : [],
  );
  if (failures.length < parts.length) return;
  const message = failures.map(failure => `${failure.name} ${failure.message}`).join('; ');
  const {code} = failures[0]!;
  if (code === 'internal') throw new Error(message);
  throw new CaptureError(code, message);
}
