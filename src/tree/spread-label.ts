import {type Safe, sanitize} from '../format/sanitize.js';
import type {CallTree} from './call-tree.js';
import type {SafeFormat} from './node-format.js';
import {computeSpread} from './spread.js';

/** So many captures that stand out are named. */
const MAX_NAMED = 3;

/**
 * How far captures spread in a node, and which of them stand out: `0.000B to 9.000MB, ± 0.100MB; c17.bin 9.000MB`.
 * @param nameRun what the user calls one of the captures
 * @param plusMinus "±"
 */
export function formatSpread(
  tree: CallTree,
  node: number,
  format: SafeFormat,
  nameRun: (run: number) => string,
  plusMinus: string,
): Safe {
  const values = tree.compared!.getValues(node);
  const {deviation, least, most, outliers} = computeSpread(values);
  if (least === most) return sanitize('the same in all');
  const range = `${format.formatValue(least)} to ${format.formatValue(most)}, ${plusMinus} ${format.formatValue(deviation)}`;
  const named = outliers
    .slice(0, MAX_NAMED)
    .map(run => `${nameRun(run)} ${format.formatValue(values[run]!)}`);
  const more = outliers.length > MAX_NAMED ? [`${outliers.length - MAX_NAMED} more`] : [];
  return sanitize([range, ...(named.length === 0 ? [] : [[...named, ...more].join(', ')])].join('; '));
}
