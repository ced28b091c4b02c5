import {CaptureError} from '../capture/damage.js';
import {isShortOfCaptures} from '../heap/check-aggregated.js';
import {ComparedRuns} from '../heap/compared-runs.js';
import type {Renames} from '../heap/frame-renames.js';
import {type CapturePart, isSameView} from '../heap/snapshot.js';
import {type NamedSource, readOneByOne, throwIfAllFailed} from './load-captures.js';
import type {ReadCapture} from './read-capture.js';
import type {EmitProgress, LoadOptions} from './run-load.js';

/** One of the captures to compare. */
export interface RunSource extends NamedSource {
  /** What the others are compared with. */
  readonly isBase: boolean;
}

export interface RunsOptions extends LoadOptions {
  readonly renames: Renames;
  /** All together, in bytes; null where it cannot be known. */
  readonly totalBytes: number | null;
  /** One of them cannot be read again. */
  readonly isReadOnce: boolean;
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
  checkSide(parts.filter(({isBase}) => !isBase));
  checkSide(parts.filter(({isBase}) => isBase));
  const snapshot = runs.finish();
  const held = options.isReadOnce ? Infinity : countHeld(parts);
  const isShort = isShortOfCaptures(snapshot.capture);
  return {
    getProgress: () => progress,
    hasNativeFrames: false,
    holds: ({select, limit, blocks}) =>
      isSameView(select, options.view) && limit <= held && (blocks ? options.blocks === true : !isShort),
    getSnapshot: async () => snapshot,
    getUnmerged: () => null,
  };
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

/** Nor can more native frames be named later where a capture cannot be read again. */
function isWholeNeeded({hasNativeFrames}: ReadCapture, {wantsAll, isReadOnce}: RunsOptions): boolean {
  return hasNativeFrames && wantsAll === true && isReadOnce;
}

function countHeld(parts: readonly CapturePart[]): number {
  return Math.min(...parts.map(({heldLocations}) => heldLocations));
}
