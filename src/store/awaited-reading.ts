import {isAggregated, LACKS_BLOCKS, listAggregated} from '../heap/check-aggregated.js';
import type {CaptureInfo} from '../heap/snapshot.js';
import {lacksBlocks, needsBlocks} from '../query/needs.js';
import {isEmbedded} from './is-embedded.js';
import {selectSnapshot} from './shown-snapshot.js';
import type {TreeState} from './state.js';

/** Why what a view lacks cannot be read, in a sentence; null where it can. */
function explainUnreadable(state: TreeState): string | null {
  const {capture, query, isReadOnce, save, isFactsOpen, viewRequests} = state;
  const reason = explainNoBlocks({capture, query, isFactsOpen});
  if (reason !== null) return reason;
  if (viewRequests === 'never' && isEmbedded(state)) return 'Single allocations were not loaded';
  if (save !== null) return 'A live run can be received only once: single allocations were not kept';
  return isReadOnce ? 'Standard input can be read only once: single allocations were not kept' : null;
}

function explainNoBlocks({
  capture,
  query,
  isFactsOpen,
}: Pick<TreeState, 'capture' | 'query' | 'isFactsOpen'>): string | null {
  if (capture === null || !(isFactsOpen || lacksBlocks(capture, query))) return null;
  return explainAggregated(capture);
}

/** Null where no capture is aggregated. A reading for blocks would leave out those of several that are. */
function explainAggregated(capture: CaptureInfo): string | null {
  const names = listAggregated(capture);
  if (isAggregated(capture)) {
    return names.length > 1
      ? `Aggregated captures have ${LACKS_BLOCKS}`
      : `An aggregated capture has ${LACKS_BLOCKS}`;
  }
  if (names.length === 0) return null;
  return names.length === 1
    ? `One of the captures, ${names[0]}, is aggregated: it has ${LACKS_BLOCKS}`
    : `${names.length} of the captures are aggregated: they have ${LACKS_BLOCKS}`;
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
  // It may be another view that has failed.
  const reason = explainNoBlocks(state);
  if (reason !== null) return reason;
  if (status === 'failed' && failure !== null) return failure.message;
  if (progress?.stream !== undefined && status === 'reading') {
    return 'Single allocations can be shown once the recording is over';
  }
  const unreadable = explainUnreadable(state);
  if (unreadable !== null) return unreadable;
  return isFactsOpen || needsBlocks(query) ? 'Reading single allocations' : 'Reading the capture';
}
