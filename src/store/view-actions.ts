import type {View} from '../heap/snapshot.js';
import {switchView} from '../reader/load-messages.js';
import {applyChange} from './apply-change.js';
import {openSnapshot, setBase} from './capture-actions.js';
import type {BothViews, TreeState} from './state.js';

/** The view that key v would show now, null where there is none. */
export function getOtherView({bothViews, status, progress, capture, view}: TreeState): View | null {
  if (bothViews !== null) return bothViews.other.snapshot.view;
  const isStream = status === 'reading' && progress?.stream !== undefined;
  return isStream && capture?.fileFormat === 'all-allocations' ? switchView(view) : null;
}

/** Shows the other one of the two snapshots of a load that is over. */
export function showOtherView(state: TreeState, {shown, other}: BothViews): TreeState {
  const bothViews = {shown: other, other: shown};
  return setBase(state, {...openSnapshot(other.snapshot, state, other.tree), bothViews});
}

const SELECTIONS: readonly View[] = [{kind: 'peak'}, {kind: 'leaks'}, {kind: 'temporary', threshold: 1}];

/** Whether a finished capture can be loaded again for something else. */
export function canSelect({capture, status, save}: TreeState): boolean {
  return capture !== null && status !== 'reading' && save === null;
}

/**
 * What is to be shown next, in the order peak, leaks, temporary allocations, which aggregated captures lack. The tree
 * stays until it is loaded.
 */
export function selectNext(state: TreeState): TreeState {
  const isAggregated = state.capture?.fileFormat === 'aggregated';
  const choices = SELECTIONS.filter(({kind}) => !isAggregated || kind !== 'temporary');
  const index = choices.findIndex(({kind}) => kind === state.query.select.kind);
  const select = choices[(index + 1) % choices.length]!;
  return applyChange(state, {query: {...state.query, select}, hasUserNavigated: true});
}
