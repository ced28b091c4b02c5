import {type MergePart, toCapturePart} from '../heap/combine-captures.js';
import {cutSnapshot} from '../heap/cut-snapshot.js';
import {mergeSnapshots} from '../heap/merge-snapshots.js';
import type {Snapshot} from '../heap/snapshot.js';
import {
  describeRead,
  isWholeNeeded,
  type NamedSource,
  readOneByOne,
  type SeveralOptions,
  throwIfAllFailed,
} from './one-by-one.js';
import type {ReadCapture} from './read-capture.js';
import {type EmitProgress, MAX_PARTIAL_LOCATIONS} from './run-load.js';

export interface CapturesOptions extends SeveralOptions {
  readonly isMerged: boolean;
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
  const captureParts = parts.map(toCapturePart);
  throwIfAllFailed(captureParts);
  return describeRead(captureParts, options, {progress, getSnapshot: async () => merge(parts)});
}

/** Of one tree, each location may be the sum of small ones: the cut comes after they are added up. */
function toPartOptions(read: ReadCapture, options: CapturesOptions): CapturesOptions {
  const isWhole = options.isMerged || isWholeNeeded(read, options);
  return isWhole ? {...options, biggestAllocs: Infinity} : options;
}
