import {CaptureError} from '../capture/damage.js';
import type {View} from './snapshot.js';

export const NO_BLOCKS =
  'is an aggregated capture (--aggregate): it has no allocators and sizes of single allocations';

/**
 * Of the whole run an aggregated capture has the sums at the peak, which are shown as such.
 * @throws CaptureError for a view, or blocks, that it does not have
 */
export function checkAggregated(view: View, needsBlocks: boolean): void {
  if (view.kind === 'temporary') {
    throw new CaptureError(
      'no-temporary-allocations',
      'was recorded with --aggregate, which keeps no temporary allocations',
    );
  }
  if (needsBlocks && view.kind !== 'allocated') {
    throw new CaptureError('no-blocks', NO_BLOCKS);
  }
}
