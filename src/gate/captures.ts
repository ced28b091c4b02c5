import {medianOf} from '../base/median.js';

/** What one of several captures keeps. */
export interface CaptureAmount {
  /** What the user calls the capture. */
  readonly name: string;
  readonly bytes: number;
  /** What is suppressed, and not counted in `bytes`. */
  readonly suppressed: number;
  /** Small-object pools that the view hides, and `bytes` does not count. */
  readonly pools: number;
}

/** How many captures there are on either side. */
export interface SideCounts {
  readonly captures: number;
  readonly bases: number;
}

/** What is judged of the captures on both sides. */
export interface JudgedAmounts {
  readonly bytes: number;
  /** The same of the base; null where there is none. */
  readonly base: number | null;
  readonly suppressed: number;
  readonly pools: number;
  /** Where each of several captures has to keep the limit: all of them. `bytes` is the greatest. */
  readonly each: readonly CaptureAmount[];
  /** Where medians are judged: of how many runs. */
  readonly medianOf: SideCounts | null;
}

/**
 * Several captures with a base are runs of one program: their medians are judged. Without a base they are programs of
 * their own, and the greatest is judged.
 * @param compared at least one
 */
export function combineAmounts(
  compared: readonly CaptureAmount[],
  bases: readonly CaptureAmount[],
): JudgedAmounts {
  if (bases.length === 0) {
    const {bytes, suppressed, pools} = findGreatest(compared);
    return {bytes, base: null, suppressed, pools, each: compared.length > 1 ? compared : [], medianOf: null};
  }
  const hasRuns = compared.length > 1 || bases.length > 1;
  return {
    bytes: toMedian(compared, ({bytes}) => bytes),
    base: toMedian(bases, ({bytes}) => bytes),
    suppressed: toMedian(compared, ({suppressed}) => suppressed),
    pools: toMedian(compared, ({pools}) => pools),
    each: [],
    medianOf: hasRuns ? {captures: compared.length, bases: bases.length} : null,
  };
}

/** The first one of those that keep the most. */
export function findGreatest(captures: readonly CaptureAmount[]): CaptureAmount {
  return captures.reduce((greatest, one) => (one.bytes > greatest.bytes ? one : greatest));
}

/** In whole bytes: the median of an even number may lie between two. */
function toMedian(captures: readonly CaptureAmount[], get: (capture: CaptureAmount) => number): number {
  return Math.round(medianOf(captures, get));
}
