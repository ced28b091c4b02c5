import type {Safe} from '../format/sanitize.js';
import {describeHiddenShare} from '../tree/hidden-share.js';
import type {TreeState} from './state.js';

/**
 * What the root's row says besides its size: that most of the peak is hidden, where it is. The longest text
 * first.
 */
export function selectRootNotes({
  base,
  elided,
  view,
  wholePeak,
  shownLocations,
}: Pick<TreeState, 'base' | 'elided' | 'view' | 'wholePeak' | 'shownLocations'>): readonly Safe[] {
  // With --whole-peak the root counts what is hidden, and a row of its own shows it.
  if (wholePeak) return [];
  return describeHiddenShare({view, shownBytes: base.bytes[0]!, elided, shownLocations});
}
