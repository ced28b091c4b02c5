import {isSideAggregated} from '../heap/check-aggregated.js';
import {findKeptState} from '../heap/kept-states.js';
import {isHeap, isOfMoments, isSameView, type View} from '../heap/snapshot.js';
import {formatSelect} from '../query/grammar/format-query.js';
import {applyChange} from './apply-change.js';
import {isAwaiting, isReadingAgain} from './awaited-reading.js';
import type {Outcome} from './command.js';
import {getExpectedView} from './expected-view.js';
import {NOT_YET} from './key-note.js';
import {dropPastSelections, getPastSelection, undo} from './query-actions.js';
import type {PastView} from './query-state.js';
import {closeFacts} from './sheet-actions.js';
import type {TreeState} from './state.js';

const PEAK: View = {kind: 'peak'};
const LEAKS: View = {kind: 'leaks'};
const ONE_VIEW = 'Only this view was loaded';

function isStream({progress}: TreeState): boolean {
  return progress?.stream !== undefined;
}

/** Whether the reading holds both the peak and the leaks. Before anything came, it is taken to. */
function holdsBoth(state: TreeState): boolean {
  const {capture, view} = state;
  if (capture === null) return true;
  // A moment that is kept is beside them.
  const isOfHeaps = isHeap(view) || isKept(state, view);
  const isOne = capture.parts === undefined || capture.parts.length === 0;
  return capture.fileFormat === 'all-allocations' && isOfHeaps && isOne;
}

/** Whether it is a moment of which is known what was held. */
function isKept({history, timeline, status}: TreeState, select: View): boolean {
  if (select.kind !== 'moment' || select.at.kind !== 'allocations') return false;
  // While a capture is read, its reader knows.
  const cells = history?.open().cells ?? (status === 'reading' ? timeline?.cells : undefined);
  return cells !== undefined && findKeptState(cells, select.at.count) !== null;
}

/** Whether the nearest moment that is kept stands for one, because nothing can be read again. */
function hasNearest({history, isReadOnce, save}: TreeState, select: View): boolean {
  return select.kind === 'moment' && history !== null && (isReadOnce || save !== null);
}

/** Whether what is read can show a selection without another reading. */
function isHeld(state: TreeState, select: View): boolean {
  return isSameView(select, state.view) || (isHeap(select) && holdsBoth(state)) || isKept(state, select);
}

/** Whether the host can be asked for a selection now. */
function canRequest(state: TreeState, select: View): boolean {
  const {capture, status, save, isReadOnce, viewRequests} = state;
  if (viewRequests === 'always') {
    if (capture === null && status !== 'reading') return false;
    if (isHeld(state, select) || hasNearest(state, select)) return true;
    return !isReadOnce && save === null && !(status === 'reading' && isStream(state));
  }
  const isRead = viewRequests === 'when read' && capture !== null && status !== 'reading';
  return isRead && save === null && !isReadOnce;
}

/** The other one of the two views of what is or was recorded while it was read; null where there is none. */
export function getOtherView(state: TreeState): View | null {
  const {capture, status, viewRequests} = state;
  const isReading = status === 'reading';
  if (!isStream(state) || capture === null || !holdsBoth(state)) return null;
  if (!isReading && viewRequests !== 'always') return null;
  return getExpectedView(state).kind === 'peak' ? LEAKS : PEAK;
}

/** What key v shows now, in the order peak, leaks, temporary allocations; null where there is nothing else. */
export function getNextView(state: TreeState): View | null {
  const other = getOtherView(state);
  if (other !== null) return other;
  const {kind} = getExpectedView(state);
  const {failedView} = state;
  const choices = listSelections(state).filter(
    select =>
      select.kind === kind ||
      (canRequest(state, select) && (failedView === null || !isSameView(select, failedView))),
  );
  const next = choices[(choices.findIndex(select => select.kind === kind) + 1) % choices.length]!;
  return next.kind === kind ? null : next;
}

/** Of what key v goes through; aggregated captures and recordings in progress have no temporary allocations. */
function listSelections(state: TreeState): readonly View[] {
  const {capture, temporaryThreshold} = state;
  const hasOnlySums = capture !== null && (capture.fileFormat === 'aggregated' || isSideAggregated(capture));
  const lacksTemporary = hasOnlySums || isStream(state);
  const hasTemporary = !lacksTemporary || getExpectedView(state).kind === 'temporary';
  const temporary: View = {kind: 'temporary', threshold: temporaryThreshold};
  return [PEAK, LEAKS, ...(hasTemporary ? [temporary] : [])];
}

/** Why a selection that was typed cannot be shown, in one line of up to 80 columns. */
function explainUnavailable(
  {save, isReadOnce, viewRequests, status, namesOptions}: TreeState,
  wanted: View,
): string | null {
  if (viewRequests === 'never') return null;
  if (save !== null) return 'A live run can be received only once';
  if (isReadOnce && isOfMoments(wanted)) return 'Standard input cannot be read again for this';
  if (isReadOnce && !namesOptions) return 'Standard input cannot be read again for this';
  if (isReadOnce) return `Standard input cannot be read again; start with --view ${formatSelect(wanted)}`;
  return status === 'reading' ? NOT_YET.reading : null;
}

/** What a snapshot does not hold has to come from the host; the tree stays until then. */
function requestView(state: TreeState, view: View): Outcome {
  const effect = {kind: 'requestView', view, isReading: state.status === 'reading'} as const;
  return {state: state.viewRequests === 'always' ? applyChange(state, {askedView: view}) : state, effect};
}

/** The same after a view was typed that has another selection: what was selected before is come back to with it. */
export function requestTyped(state: TreeState, view: View): Outcome {
  if (!canRequest(state, view))
    return {state: applyChange(state, {keyNote: explainUnavailable(state, view)})};
  const past = state.past.with(-1, {...state.past.at(-1)!, snapshot: null, select: getExpectedView(state)});
  return requestView(applyChange(state, {past}), view);
}

/** The same for what key v shows next; the selection before can be come back to. */
export function requestNext(state: TreeState, view: View): Outcome {
  const past = [...state.past, getPastSelection(state)];
  return requestView(applyChange(state, {past, future: []}), view);
}

/** Why a selection cannot be shown now; null where it can, or is shown. */
export function explainNoSelection(state: TreeState, select: View): string | null {
  if (isSameView(select, getExpectedView(state)) || canRequest(state, select)) return null;
  return explainUnavailable(state, select) ?? ONE_VIEW;
}

/**
 * Shows another selection, with all steps, the cursor and what is expanded as they are; the one before can be come back
 * to. Nothing where it cannot be shown.
 * @param isContinued it takes the place of the one before, which is not come back to
 */
export function selectView(state: TreeState, select: View, isContinued = false): Outcome {
  const before = getExpectedView(state);
  if (isSameView(select, before) || explainNoSelection(state, select) !== null) return {};
  const isReplaced = isContinued && (before.kind === 'moment' || before.kind === 'range');
  const past = isReplaced ? state.past : [...state.past, getPastSelection(state)];
  const navigated = {hasUserNavigated: true, isCursorFollowed: true, isFactsOpen: false} as const;
  return requestView(applyChange(state, {past, future: [], ...navigated}), select);
}

/** Whether something else is selected than at the start, as far as can be come back to. */
export function isOtherSelected(state: TreeState): boolean {
  const start = state.past.find(({select}) => select !== null)?.select ?? null;
  return start !== null && !isSameView(start, getExpectedView(state));
}

/** After a view is come back to: gets its selection where that is another one. */
export function requestPast(state: TreeState, {select}: PastView): Outcome {
  if (select === null || isSameView(select, getExpectedView(state))) return {state};
  if (isSameView(select, state.view))
    return {state: applyChange(state, {askedView: null}), effect: {kind: 'cancelRequest'}};
  const other = getOtherView(state);
  const isPossible = canRequest(state, select) || (other !== null && isSameView(select, other));
  if (isPossible) return requestView(state, select);
  return {state: applyChange(state, {keyNote: explainUnavailable(state, select) ?? ONE_VIEW})};
}

/**
 * The view so far stays, and the host need not send what it was asked for. Where a view waits for another reading, the
 * last one comes back that does not; where there is none, the reading goes on.
 */
export function cancelRequest(state: TreeState): Outcome {
  if (isReadingAgain(state)) {
    const before = state.isFactsOpen ? applyChange(state, closeFacts()) : returnToRead(state);
    return isAwaiting(before) ? {state: undo(state)} : {state: before, effect: {kind: 'cancelRequest'}};
  }
  if (state.askedView === null) return {};
  const past = dropPastSelections(state);
  return {state: applyChange(state, {past, askedView: null}), effect: {kind: 'cancelRequest'}};
}

/** The last view for which everything was read; the first one where there is none. */
function returnToRead(state: TreeState): TreeState {
  let before = undo(state);
  while (isAwaiting(before) && before.past.length > 0) before = undo(before);
  return before;
}
