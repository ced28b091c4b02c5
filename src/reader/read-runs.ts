import {CaptureError} from '../capture/damage.js';
import {ComparedRuns} from '../heap/compared-runs.js';
import {listSide} from '../heap/compared-sides.js';
import type {Renames} from '../heap/frame-renames.js';
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
import type {EmitProgress} from './run-load.js';

/** One of the captures to compare. */
export interface RunSource extends NamedSource {
  /** What the others are compared with. */
  readonly isBase: boolean;
}

export interface RunsOptions extends SeveralOptions {
  readonly renames: Renames;
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
  const progress = await readOneByOne(sources, {...options, getWantedPartial: () => null}, emit, {
    toOptions: read => (isWholeNeeded(read, options) ? {...options, biggestAllocs: Infinity} : options),
    toPartial: () => null,
    take: (part, index) => runs.add(part, sources[index]!.isBase),
  });
  const {parts} = runs;
  checkSide(listSide(parts, false));
  checkSide(listSide(parts, true));
  const snapshot = runs.finish();
  return describeRead(parts, options, {progress, getSnapshot: async () => snapshot});
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
