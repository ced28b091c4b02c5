import {type Safe, sanitize} from '../format/sanitize.js';
import type {CallTree} from './call-tree.js';
import type {SafeFormat} from './node-format.js';
import {computeSpread} from './spread.js';

/** So many captures that stand out are named. */
const MAX_NAMED = 3;

/** What the user calls one of the captures. */
type NameRun = (run: number) => string;

/**
 * How far captures spread in a node, and which of them stand out: `0.000B to 9.000MB, ± 0.100MB; stands out: c17.bin 9.000MB`.
 * @param plusMinus "±"
 */
export function formatSpread(
  tree: CallTree,
  node: number,
  format: SafeFormat,
  nameRun: NameRun,
  plusMinus: string,
): Safe {
  const {deviation, least, most} = computeSpread(tree.compared!.getValues(node));
  if (least === most) return sanitize('the same in all');
  const range = `${format.formatValue(least)} to ${format.formatValue(most)}, ${plusMinus} ${format.formatValue(deviation)}`;
  const outliers = formatOutliers(tree, node, format, nameRun);
  return sanitize(outliers === '' ? range : `${range}; ${outliers}`);
}

/** The captures that stand out in a node, and what they hold: `stands out: c17.bin 9.000MB`; empty where there are none. */
export function formatOutliers(tree: CallTree, node: number, format: SafeFormat, nameRun: NameRun): Safe {
  const values = tree.compared!.getValues(node);
  const {outliers} = computeSpread(values);
  const named = outliers
    .slice(0, MAX_NAMED)
    .map(run => `${nameRun(run)} ${format.formatValue(values[run]!)}`);
  const more = outliers.length - named.length;
  if (outliers.length === 0) return sanitize('');
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return sanitize(`${outliers.length === 1 ? 'stands' : 'stand'} out: ${list}`);
}
