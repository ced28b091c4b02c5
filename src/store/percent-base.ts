import {formatBytes} from '../format/numbers.js';
import {nameWhole} from '../heap/name-view.js';
import type {View} from '../heap/snapshot.js';
import type {CallTree} from '../tree/call-tree.js';
import {applyChange} from './apply-change.js';
import {showsDifferences} from './comparison.js';
import {describeSelection, isRecording} from './selection-text.js';
import type {TreeState} from './state.js';

/** What 100 % is: what the root shows, all that is selected (such as the whole peak), or the parent of each row. */
const PERCENT_BASES = ['view', 'peak', 'parent'] as const;
export type PercentBase = (typeof PERCENT_BASES)[number];

type BaseFacts = Pick<TreeState, 'percentBase' | 'shown'>;

/** A tree of the host is no part of a peak. */
function isKnown(base: PercentBase, {shown}: Pick<TreeState, 'shown'>): boolean {
  return base !== 'peak' || shown !== null;
}

/** The base in force. */
export function getPercentBase(state: BaseFacts): PercentBase {
  return isKnown(state.percentBase, state) ? state.percentBase : 'view';
}

/** Shows percent of something else. Colors and bars stay: they are shares of the view. */
export function switchPercent(state: TreeState): TreeState {
  const known = PERCENT_BASES.filter(base => isKnown(base, state));
  const percentBase = known[(known.indexOf(getPercentBase(state)) + 1) % known.length]!;
  const next = applyChange(state, {percentBase});
  return applyChange(next, {keyNote: `Percent of ${describeInFull(next)}`});
}

function describeInFull(state: TreeState): string {
  const base = getPercentBase(state);
  if (base === 'parent') return "each row's parent";
  return base === 'view' ? 'what is shown' : describeWhole(state);
}

/** `the peak (58.225MB)` */
function describeWhole(state: TreeState): string {
  const isNow = state.view.kind === 'leaks' && isRecording(state);
  const whole = isNow ? 'what is allocated now' : (OF_SUMS[state.view.kind] ?? nameWhole(state.view));
  return `${whole} (${formatBytes(state.shown?.of.bytes ?? 0)})`;
}

const OF_SUMS: Partial<Record<View['kind'], string>> = {
  temporary: 'all temporary allocations',
  allocated: 'all allocations',
};

/** In a word or two: `peak`, `leaks`, `parent`; empty for the view, and for differences, which are of their base. */
export function describePercentBase(state: TreeState): string {
  const base = showsDifferences(state) ? 'view' : getPercentBase(state);
  return base === 'view' ? '' : base === 'parent' ? 'parent' : describeSelection(state);
}

/** How many bytes are 100 % in the row of a node. */
export type PercentTotal = (node: number) => number;

/** @param selected the bytes of all that is selected */
export function createPercentTotal(tree: CallTree, base: PercentBase, selected: number): PercentTotal {
  const {bytes, prefix} = tree;
  if (base === 'view') return () => bytes[0]!;
  return base === 'peak' ? () => selected : node => bytes[Math.max(0, prefix[node]!)]!;
}

export function selectPercentTotal(
  state: Pick<TreeState, 'filtered' | 'percentBase' | 'shown'>,
): PercentTotal {
  return createPercentTotal(state.filtered.tree, getPercentBase(state), state.shown?.of.bytes ?? 0);
}

/** The share of a node where it is not one of the view: `63.67 % of parent`; empty where rows show it. */
export function selectOtherShare(state: TreeState): string {
  const base = describePercentBase(state);
  const {filtered, cursorNode, format} = state;
  if (base === '') return '';
  const total = selectPercentTotal(state)(cursorNode);
  return `${format.formatPercent(filtered.tree.bytes[cursorNode]!, total)} of ${base}`;
}
