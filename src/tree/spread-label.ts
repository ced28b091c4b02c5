import {type Safe, sanitize} from '../format/sanitize.js';
import type {CallTree} from './call-tree.js';
import {areGenerations} from './compared-nodes.js';
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
  const {runs} = tree.compared!;
  if (areGenerations(runs)) return formatGenerations(tree, node, format, nameRun);
  const range = describeRange(computeSpread(tree.compared!.getValues(node)), format.formatValue, plusMinus);
  const outliers = formatOutliers(tree, node, format, nameRun);
  return sanitize(outliers === '' ? range : `${range}; ${outliers}`);
}

/** What each generation holds of a node: `0%..50% 1.000MB, 50%..100% 2.000MB`; those that hold nothing are left out. */
function formatGenerations(
  tree: CallTree,
  node: number,
  {formatValue}: SafeFormat,
  nameRun: (run: number) => string,
): Safe {
  const parts = Array.from(tree.compared!.getValues(node), (value, run) =>
    value === 0 ? [] : `${nameRun(run)} ${formatValue(value)}`,
  );
  return sanitize(parts.flat().join(', '));
}

/** The captures that stand out in a node: `stands out: c17.bin 9.000MB`; empty where there are none. */
export function formatOutliers(
  tree: CallTree,
  node: number,
  {formatValue}: SafeFormat,
  nameRun: (run: number) => string,
): Safe {
  if (areGenerations(tree.compared!.runs)) return sanitize('');
  const values = tree.compared!.getValues(node);
  return sanitize(describeOutliers(values, computeSpread(values), formatValue, nameRun));
}
