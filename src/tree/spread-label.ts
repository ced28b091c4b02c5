import {type Safe, sanitize} from '../format/sanitize.js';
import type {CallTree} from './call-tree.js';
import type {SafeFormat} from './node-format.js';
import {computeSpread} from './spread.js';
import {describeOutliers, describeRange} from './spread-text.js';

/**
 * How far captures spread in a node, and which of them stand out: `0.000B to 9.000MB, ± 0.100MB; stands out: c17.bin 9.000MB`.
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
  const range = describeRange(computeSpread(tree.compared!.getValues(node)), format.formatValue, plusMinus);
  const outliers = formatOutliers(tree, node, format, nameRun);
  return sanitize(outliers === '' ? range : `${range}; ${outliers}`);
}

/** The captures that stand out in a node: `stands out: c17.bin 9.000MB`; empty where there are none. */
export function formatOutliers(
  tree: CallTree,
  node: number,
  {formatValue}: SafeFormat,
  nameRun: (run: number) => string,
): Safe {
  const values = tree.compared!.getValues(node);
  return sanitize(describeOutliers(values, computeSpread(values), formatValue, nameRun));
}
