import {CaptureError} from '../capture/damage.js';
import type {MergePart} from '../heap/combine-captures.js';
import {ComparedRuns} from '../heap/compared-runs.js';
import {listSide, nameCaptures} from '../heap/compared-sides.js';
import type {Renames} from '../heap/frame-renames.js';
import {mergeSnapshots} from '../heap/merge-snapshots.js';
import type {CapturePart} from '../heap/snapshot.js';
import {
  describeRead,
  isWholeNeeded,
  type NamedSource,
  readOneByOne,
  type SeveralOptions,
  throwIfAllFailed,
} from './one-by-one.js';
import type {ReadCapture} from './read-capture.js';
import type {EmitProgress, LoadOptions} from './run-load.js';

/** One of the captures to compare. */
export interface RunSource extends NamedSource {
  /** What the others are compared with. */
  readonly isBase: boolean;
}

export interface RunsOptions extends SeveralOptions {
  readonly renames: Renames;
  /** The captures of each side are those of the processes of one run, and added up. */
  readonly isMerged: boolean;
}

/**
 * Reads captures that are compared with one another; those that are not bases come first. What cannot be read is
 * reported at the end, as long as something is left on each side. There are no partial results: as long as one side
 * is not complete, differences mean nothing.
 * @throws CaptureError if none of one side can be read, or the reason of an aborted signal
 */
export async function readRuns(
  sources: readonly RunSource[],
  options: RunsOptions,
  emit: EmitProgress,
): Promise<ReadCapture> {
  const runs = new ComparedRuns(options.renames);
  const sides = {others: [] as MergePart[], bases: [] as MergePart[]};
  const progress = await readOneByOne(sources, {...options, getWantedPartial: () => null}, emit, {
    toOptions: read => toRunOptions(read, options),
    toPartial: () => null,
    take(part, index) {
      const {isBase} = sources[index]!;
      if (options.isMerged) sides[isBase ? 'bases' : 'others'].push(part);
      else runs.add(part, isBase);
    },
  });
  for (const part of addUp(sides.others, options)) runs.add(part, false);
  for (const part of addUp(sides.bases, options)) runs.add(part, true);
  const {parts} = runs;
  checkSide(listSide(parts, false));
  checkSide(listSide(parts, true));
  const snapshot = runs.finish();
  return describeRead(parts, options, {progress, getSnapshot: async () => snapshot});
}

/** What is added up may be the sum of small locations: the cut comes after it. */
function toRunOptions(read: ReadCapture, options: RunsOptions): LoadOptions {
  const isWhole = options.isMerged || isWholeNeeded(read, options);
  return isWhole ? {...options, biggestAllocs: Infinity} : options;
}

/** The captures of a side as one; as they are where nothing can be added up. */
function addUp(side: readonly MergePart[], {wantsAll, biggestAllocs}: RunsOptions): readonly MergePart[] {
  if (!side.some(part => 'snapshot' in part)) return side;
  const options = {isMerged: true, biggestAllocs: wantsAll ? Infinity : biggestAllocs};
  return [{name: nameCaptures(side.map(({name}) => name)), snapshot: mergeSnapshots(side, options)}];
}

/** @throws CaptureError where none of the captures of a side could be read */
function checkSide(side: readonly CapturePart[]): void {
  const [only, ...others] = side;
  if (only === undefined) return;
  const {isBase, failure, name} = only;
  if (others.length > 0 || failure === null || failure.code === 'internal') throwIfAllFailed(side);
  else if (isBase) {
    const base = name === '-' ? 'standard input' : name;
    throw new CaptureError(failure.code, `cannot be compared with ${base}: ${failure.message}`);
  }
  // What is compared is what the user calls the whole.
  else throw new CaptureError(failure.code, failure.message);
}
