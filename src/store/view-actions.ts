import type {View} from '../heap/snapshot.js';
import {switchView} from '../reader/load-messages.js';
import {applyChange} from './apply-change.js';
import {openSnapshot, setBase} from './capture-actions.js';
import type {Outcome} from './command.js';
import type {BothViews} from './facts.js';
import type {TreeState} from './state.js';

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

/** Whether a finished capture can be loaded again for something else. */
export function canSelect({capture, status, save, canReload}: TreeState): boolean {
  return canReload && capture !== null && status !== 'reading' && save === null;
}

/** What follows what is shown, in the order peak, leaks, temporary allocations, which aggregated captures lack. */
export function getNextSelection({capture, view, temporaryThreshold}: TreeState): View {
  const temporary: View = {kind: 'temporary', threshold: temporaryThreshold};
  const isAggregated = capture?.fileFormat === 'aggregated';
  const choices: readonly View[] = [{kind: 'peak'}, {kind: 'leaks'}, ...(isAggregated ? [] : [temporary])];
  return choices[(choices.findIndex(({kind}) => kind === view.kind) + 1) % choices.length]!;
}

export function isSameView(a: View, b: View): boolean {
  const thresholdOf = (view: View): number => (view.kind === 'temporary' ? view.threshold : 0);
  return a.kind === b.kind && thresholdOf(a) === thresholdOf(b);
}

/** What a snapshot does not hold has to be loaded; the tree stays until then. */
export function selectView(state: TreeState, view: View): Outcome {
  if (!canSelect(state)) return {};
  return {state: applyChange(state, {hasUserNavigated: true}), effect: {kind: 'selectView', view}};
}
