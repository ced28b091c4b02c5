import {CaptureError} from '../capture/damage.js';
import {isShortOfCaptures} from '../heap/check-aggregated.js';
import {combineCaptures, type MergePart} from '../heap/combine-captures.js';
import {countHeld, cutSnapshot} from '../heap/cut-snapshot.js';
import {mergeSnapshots} from '../heap/merge-snapshots.js';
import {isSameView, type Snapshot} from '../heap/snapshot.js';
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
  const startMs = performance.now();
  const parts: MergePart[] = [];
  let before: LoadProgress = {bytesRead: 0, totalBytes: options.totalBytes, records: 0, elapsedMs: 0};
  /** The sum of what was read before and the progress of the present one. */
  const addUp = ({bytesRead, records}: Pick<LoadProgress, 'bytesRead' | 'records'>): LoadProgress => ({
    bytesRead: before.bytesRead + bytesRead,
    totalBytes: options.totalBytes,
    records: before.records + records,
    elapsedMs: performance.now() - startMs,
  });
  const biggestAllocs = options.wantsAll ? Infinity : options.biggestAllocs;
  const merge = (all: readonly MergePart[]): Snapshot => mergeSnapshots(all, {...options, biggestAllocs});
  /** What was read before as partial trees show it: they cost no more than those of one capture, for each. */
  const partialParts: MergePart[] = [];
  for (const {name, open} of sources) {
    const report: EmitProgress = ({progress, partial}) =>
      emit({
        type: 'progress',
        progress: addUp(progress),
        partial: partial && merge([...partialParts, {name, snapshot: partial}]),
      });
    try {
      const read = await readSource(open, options, report);
      const {progress, snapshot} = await orAborted(
        getEnd(read, toPartOptions(read, options), report),
        options.signal,
      );
      before = addUp(progress);
      parts.push({name, snapshot});
      partialParts.push({name, snapshot: cutSnapshot(snapshot, MAX_PARTIAL_LOCATIONS)});
    } catch (error) {
      options.signal?.throwIfAborted();
      const {code, message} = toFailure(error);
      const failed = {name, failure: {code, message}};
      parts.push(failed);
      partialParts.push(failed);
    }
  }
  throwIfAllFailed(parts);
  // What cannot be read again answers with what there is.
  const held = options.isReadOnce ? Infinity : countHeldOfEach(parts);
  const isShort = isShortOfCaptures(combineCaptures(parts, options.isMerged));
  return {
    getProgress: () => before,
    hasNativeFrames: false,
    holds: ({select, limit, blocks}) =>
      isSameView(select, options.view) && limit <= held && (blocks ? options.blocks === true : !isShort),
    getSnapshot: async () => merge(parts),
    getUnmerged: () => null,
  };
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

function throwIfAllFailed(parts: readonly MergePart[]): void {
  const failures = parts.flatMap(part => ('failure' in part ? [{name: part.name, ...part.failure}] : []));
  if (failures.length < parts.length) return;
  const message = failures.map(failure => `${failure.name} ${failure.message}`).join('; ');
  const {code} = failures[0]!;
  if (code === 'internal') throw new Error(message);
  throw new CaptureError(code, message);
}
