import {DEVIATION_SCALE, medianDeviation, medianOfSorted, sortNumbers} from '../base/median.js';

const DEVIATIONS = 3.5;
const LEAST_BYTES = 1_000_000;

/** What one of many captures holds in a node, compared with the others. */
export interface Spread {
  readonly median: number;
  /** The median absolute deviation. */
  readonly deviation: number;
  readonly least: number;
  readonly most: number;
  /** The captures that stand out: indices of values, the greatest first. */
  readonly outliers: readonly number[];
}

/**
 * Captures stand out where they hold more than 3.5 standard deviations above the median (estimated by the median
 * absolute deviation, which they themselves do not change) and at least 1 MB more.
 */
export function computeSpread(values: Float64Array): Spread {
  const sorted = sortNumbers(values);
  const median = medianOfSorted(sorted);
  const deviation = medianDeviation(values, median);
  const outliers = [...values.keys()].filter(index => {
    const above = values[index]! - median;
    return above > DEVIATIONS * DEVIATION_SCALE * deviation && above >= LEAST_BYTES;
  });
  outliers.sort((a, b) => values[b]! - values[a]! || a - b);
  return {median, deviation, least: sorted[0]!, most: sorted.at(-1)!, outliers};
}
