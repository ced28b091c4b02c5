import {needsBlocks} from '../query/needs.js';
import type {TreeState} from './state.js';

/** Why what a view lacks cannot be read, in a sentence; null where it can. */
function explainUnreadable({capture, query, isReadOnce, save}: TreeState): string | null {
  if (capture?.fileFormat === 'aggregated' && query.shape.kind !== 'stats') {
    return 'An aggregated capture has no allocators and no sizes of single allocations';
  }
  if (save !== null) return 'A live run can be received only once: single allocations were not kept';
  return isReadOnce ? 'Standard input can be read only once: single allocations were not kept' : null;
}

/** Whether the host is to be asked for what the view lacks. */
export function isReadingWanted(state: TreeState): boolean {
  return state.shown?.isAwaited === true && state.status === 'done' && explainUnreadable(state) === null;
}

/** Whether single allocations are read for the view, which was another one before. */
export function isReadingAgain({shown, status, past}: TreeState): boolean {
  return shown?.isAwaited === true && status === 'reading' && past.length > 0;
}

/** What stands instead of a view that takes another reading, or why it does not come. */
export function explainAwaited(state: TreeState): string {
  const {status, failure, query, progress} = state;
  if (status === 'failed' && failure !== null) return failure.message;
  if (progress?.stream !== undefined && status === 'reading') {
    return 'Single allocations can be shown once the recording is over';
  }
  const unreadable = explainUnreadable(state);
  if (unreadable !== null) return unreadable;
  return needsBlocks(query) ? 'Reading single allocations' : 'Reading the capture';
}
