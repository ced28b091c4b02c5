/** The factor that makes the median absolute deviation of normally distributed values their standard deviation. */
export const TO_DEVIATION = 1.4826;

/** @param values at least one; sorted in place */
export function computeMedian(values: Float64Array): number {
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}

/** The median absolute deviation: how far values are from their median, which a few of them do not change. */
export function computeDeviation(values: Float64Array, median: number): number {
  return computeMedian(values.map(value => Math.abs(value - median)));
}
