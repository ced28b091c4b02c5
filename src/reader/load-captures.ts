import {type MergePart, mergeSnapshots} from '../heap/merge-snapshots.js';
import type {Snapshot} from '../heap/snapshot.js';
import type {CaptureSource} from './capture-source.js';
import {toFailure} from './failure.js';
import type {LoadMessage, LoadProgress} from './load-messages.js';
import {type LoadOptions, loadCaptureSource} from './run-load.js';

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
  for (const {name, open} of sources) {
    const report = (message: LoadMessage): void => {
      if (message.type !== 'progress') return;
      const {partial} = message;
      emit({
        type: 'progress',
        progress: addUp(message.progress),
        partial: partial && merge([...parts, {name, snapshot: partial}]),
      });
    };
    try {
      const {progress, snapshot} = await loadCaptureSource(open, options, report);
      before = addUp(progress);
      parts.push({name, snapshot});
    } catch (error) {
      options.signal?.throwIfAborted();
      const {code, message} = toFailure(error);
      parts.push({name, failure: {code, message}});
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
