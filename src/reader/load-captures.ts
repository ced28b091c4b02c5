import {cutSnapshot} from '../heap/cut-snapshot.js';
import {type MergePart, mergeSnapshots} from '../heap/merge-snapshots.js';
import type {Snapshot} from '../heap/snapshot.js';
import type {CaptureSource} from './capture-source.js';
import {toFailure} from './failure.js';
import type {LoadMessage, LoadProgress} from './load-messages.js';
import {type LoadOptions, loadCaptureSource, MAX_PARTIAL_LOCATIONS} from './run-load.js';

/** One of the captures to read. */
export interface NamedSource {
  readonly name: string;
  open(): Promise<CaptureSource>;
}

export interface CapturesOptions extends LoadOptions {
  readonly isMerged: boolean;
  /** All together, in bytes; null where it cannot be known. */
  readonly totalBytes: number | null;
}

/**
 * Loads one capture after the other and reports them as one; one that cannot be read is reported at the end,
 * and the others are shown. Never rejects, except with the reason of an aborted signal.
 */
export async function loadCaptures(
  sources: readonly NamedSource[],
  options: CapturesOptions,
  emit: (message: LoadMessage) => void,
): Promise<void> {
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
  // Of one tree, each location may be the sum of small ones: the cut comes after they are added up.
  const partOptions = options.isMerged ? {...options, biggestAllocs: Infinity} : options;
  for (const {name, open} of sources) {
    const report = (message: LoadMessage): void => {
      if (message.type !== 'progress') return;
      const {partial} = message;
      emit({
        type: 'progress',
        progress: addUp(message.progress),
        partial: partial && merge([...partialParts, {name, snapshot: partial}]),
      });
    };
    try {
      const {progress, snapshot} = await loadCaptureSource(open, partOptions, report);
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
  const failures = parts.flatMap(part => ('failure' in part ? [{name: part.name, ...part.failure}] : []));
  if (failures.length < parts.length) {
    emit({type: 'done', progress: before, snapshot: merge(parts)});
  } else {
    const message = failures.map(failure => `${failure.name} ${failure.message}`).join('; ');
    emit({type: 'failed', code: failures[0]!.code, message});
  }
}
