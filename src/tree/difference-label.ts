import {formatSignedCount, formatSignedPercent, withSign} from '../format/numbers.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {type CallTree, getAllocator} from './call-tree.js';
import {getDifference, getPresence, type Presence} from './compared-nodes.js';
import type {SafeFormat} from './node-format.js';

/** What a row says of both sides of a comparison. */
export interface ChangeLabel {
  readonly presence: Presence;
  /** "+3.664MB"; null where the row is about it anyway. */
  readonly difference: Safe | null;
  /** The other side may have it under another name, or elsewhere. */
  readonly isMoved: boolean;
  /** "3.664MB" of the base, and of what is compared with it. */
  readonly from: Safe;
  readonly to: Safe;
}

/** What stands in a row of a tree of differences in place of the size and its share of the root. */
interface DifferenceNumbers {
  /** "+3.664MB" */
  readonly size: Safe;
  /** Of the base: "+12.30 %". */
  readonly percent: Safe;
  readonly heat: number;
  readonly share: number;
}

export interface DifferenceLabel extends Partial<DifferenceNumbers> {
  readonly change: ChangeLabel;
}

/** Growth is orange to red, whatever its size, and what shrinks is green. */
const LEAST_GROWTH_HEAT = 60;

/** What a row of captures that are compared with a base says of both sides. */
export function getDifferenceLabel(tree: CallTree, node: number, format: SafeFormat): DifferenceLabel {
  const {showsSizes} = tree.compared!;
  const base = tree.compared!.base!;
  const difference = getDifference(tree, node);
  const change: ChangeLabel = {
    presence: getPresence(tree, node),
    isMoved: (tree.compared!.moved?.[node] ?? -1) >= 0,
    from: format.formatValue(base.bytes[node]!),
    to: format.formatValue(tree.bytes[node]!),
    difference: showsSizes ? sign(difference, format.formatValue(difference)) : null,
  };
  return showsSizes ? {change} : {...getNumbers(tree, node, format), change};
}

/** The bar is a share of the greatest difference below the root. */
function getNumbers(tree: CallTree, node: number, format: SafeFormat): DifferenceNumbers {
  const base = tree.compared!.base!;
  const difference = getDifference(tree, node);
  const greatest = findGreatest(tree);
  const share = greatest === 0 ? 0 : Math.min(1, Math.abs(difference) / greatest);
  return {
    size: sign(difference, format.formatValue(difference)),
    percent: sanitize(formatSignedPercent(difference, base.bytes[0]!)),
    heat: difference > 0 ? LEAST_GROWTH_HEAT + Math.trunc(share * (100 - LEAST_GROWTH_HEAT)) : 0,
    share,
  };
}

/** What stands in the other columns of a table: differences too. */
export function getDifferenceCells(tree: CallTree, node: number, format: SafeFormat) {
  const base = tree.compared!.base!;
  const own = tree.selfBytes[node]! - base.selfBytes[node]!;
  const cells = {count: formatSignedCount(tree.allocations[node]! - base.allocations[node]!)};
  if (tree.allocators !== undefined)
    return {...cells, mean: '', allocator: sanitize(getAllocator(tree, node))};
  return {...cells, own: sign(own, format.formatValue(own))};
}

function sign(difference: number, text: Safe): Safe {
  return sanitize(withSign(difference, text));
}

const greatestOf = new WeakMap<CallTree['bytes'], number>();

/** The greatest difference, with either sign, of the root and its children. */
function findGreatest(tree: CallTree): number {
  const known = greatestOf.get(tree.bytes);
  if (known !== undefined) return known;
  let greatest = Math.abs(getDifference(tree, 0));
  for (let child = tree.firstChild[0]!; child >= 0; child = tree.nextSibling[child]!) {
    greatest = Math.max(greatest, Math.abs(getDifference(tree, child)));
  }
  greatestOf.set(tree.bytes, greatest);
  return greatest;
}

const MOVED = ', moved?';

/** `new`, `gone`, `gone, moved?`; empty where both sides have it. */
export function formatMark({presence, isMoved}: ChangeLabel): Safe {
  return sanitize(presence === 'both' ? '' : `${presence}${isMoved ? MOVED : ''}`);
}

/** `3.000MB → 5.000MB`, `new`, `gone, was 3.000MB`; `+2.000MB` where the row has a size of its own. */
export function formatChange(change: ChangeLabel, arrow: string): Safe {
  const {presence, from, to, difference, isMoved} = change;
  if (presence === 'new') return formatMark(change);
  if (presence === 'gone') return sanitize(`gone, was ${from}${isMoved ? MOVED : ''}`);
  return difference ?? sanitize(`${from} ${arrow} ${to}`);
}
