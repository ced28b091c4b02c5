import {needsBlocks} from '../query/needs.js';
import {selectSnapshot} from './shown-snapshot.js';
import type {TreeState} from './state.js';

/** Why what a view lacks cannot be read, in a sentence; null where it can. */
function explainUnreadable({capture, query, isReadOnce, save, isFactsOpen}: TreeState): string | null {
  if (capture?.fileFormat === 'aggregated' && (isFactsOpen || query.shape.kind !== 'stats')) {
    return 'An aggregated capture has no allocators and no sizes of single allocations';
  }
  if (save !== null) return 'A live run can be received only once: single allocations were not kept';
  return isReadOnce ? 'Standard input can be read only once: single allocations were not kept' : null;
}

/** Whether the view, or the facts of a row that are open, wait for another reading. */
export function isAwaiting(state: TreeState): boolean {
  const {shown, isFactsOpen, query} = state;
  return (
    shown?.isAwaited === true ||
    (isFactsOpen && shown !== null && selectSnapshot(state, query)?.blocks === undefined)
  );
}

/** Whether the host is to be asked for what the view lacks. */
export function isReadingWanted(state: TreeState): boolean {
  return isAwaiting(state) && state.status === 'done' && explainUnreadable(state) === null;
}

/** Whether single allocations are read for the view, which was another one before. */
export function isReadingAgain(state: TreeState): boolean {
  const isOfView = state.shown?.isAwaited === true && state.past.length > 0;
  const isPossible = explainUnreadable(state) === null && state.progress?.stream === undefined;
  return state.status === 'reading' && isPossible && isAwaiting(state) && (state.isFactsOpen || isOfView);
}

/** What stands instead of a view that takes another reading, or why it does not come. */
export function explainAwaited(state: TreeState): string {
  const {status, failure, query, progress, isFactsOpen} = state;
  if (status === 'failed' && failure !== null) return failure.message;
  if (progress?.stream !== undefined && status === 'reading') {
    return 'Single allocations can be shown once the recording is over';
  }
  const unreadable = explainUnreadable(state);
  if (unreadable !== null) return unreadable;
  return isFactsOpen || needsBlocks(query) ? 'Reading single allocations' : 'Reading the capture';
}
