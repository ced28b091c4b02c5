import {formatBytes} from '../format/numbers.js';
import type {CallTree} from '../tree/call-tree.js';
import {areGenerations} from '../tree/compared-nodes.js';
import {computeSpread} from '../tree/spread.js';
import {describeOutliers, describeRange} from '../tree/spread-text.js';

/** What rows of a page say of captures that are compared without a base. */
export interface SpreadLabel {
  readonly least: string;
  readonly most: string;
  /** `0.000B to 9.000MB, ± 0.100MB` */
  readonly range: string;
  /** The captures that stand out; empty where none does. */
  readonly outliers: string;
}

/** Null of all other trees. @param captures what they are called */
export function labelSpread(
  {compared}: CallTree,
  node: number,
  captures: readonly string[],
): SpreadLabel | null {
  if (compared === undefined || compared.base !== null || areGenerations(compared.runs)) return null;
  const values = compared.getValues(node);
  const spread = computeSpread(values);
  return {
    least: formatBytes(spread.least),
    most: formatBytes(spread.most),
    range: describeRange(spread, formatBytes, '±'),
    outliers: describeOutliers(values, spread, formatBytes, run => captures[run] ?? ''),
  };
}
