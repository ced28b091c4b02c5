import type {Safe} from '../format/sanitize.js';
import {isCutFirst} from '../query/tree-query.js';
import {describeHiddenShare} from '../tree/hidden-share.js';
import type {TreeState} from './state.js';

export interface RootNoteFacts
  extends Pick<TreeState, 'base' | 'elided' | 'view' | 'wholePeak' | 'shownLocations' | 'query'> {
  readonly isRecording: boolean;
}

/**
 * What the root's row says besides its size: that most of the peak is hidden, where it is. The longest text
 * first.
 */
export function selectRootNotes({
  isRecording,
  base,
  elided,
  view,
  wholePeak,
  shownLocations,
  query,
}: RootNoteFacts): readonly Safe[] {
  // With --whole-peak the root counts what is hidden, and a row of its own shows it.
  if (wholePeak) return [];
  return describeHiddenShare({
    view,
    isRecording,
    isPartOfView: !isCutFirst(query),
    shownBytes: base.bytes[0]!,
    elided,
    shownLocations,
  });
}
