import type {View} from '../heap/snapshot.js';
import {switchView} from '../reader/load-messages.js';
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
