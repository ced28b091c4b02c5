import type {Spread} from './spread.js';

/** So many captures that stand out are named. */
const MAX_NAMED = 3;

/** How a value is written. */
type Write = (value: number) => string;

/**
 * `0.000B to 9.000MB, ± 0.100MB`
 * @param plusMinus "±"
 */
export function describeRange({least, most, deviation}: Spread, write: Write, plusMinus: string): string {
  if (least === most) return 'the same in all';
  return `${write(least)} to ${write(most)}, ${plusMinus} ${write(deviation)}`;
}

/**
 * The captures that stand out, and what they hold: `stands out: c17.bin 9.000MB`; empty where there are none.
 * @param nameRun what the user calls one of the captures
 */
export function describeOutliers(
  values: Float64Array,
  {outliers}: Spread,
  write: Write,
  nameRun: (run: number) => string,
): string {
  if (outliers.length === 0) return '';
  const named = outliers.slice(0, MAX_NAMED).map(run => `${nameRun(run)} ${write(values[run]!)}`);
  const more = outliers.length - named.length;
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return `${outliers.length === 1 ? 'stands' : 'stand'} out: ${list}`;
}
