import {isSameRecording, type Snapshot} from '../heap/snapshot.js';
import type {Timeline} from '../heap/timeline.js';
import type {LoadAborted, LoadMessage} from '../reader/load-messages.js';
import type {TreeData} from '../tree/tree-data.js';
import {applyChange, type Change} from './apply-change.js';
import {openRun, openSnapshot, setBase} from './capture-actions.js';
import {keepNote} from './key-note.js';
import {explainNeverLives} from './lives.js';
import {dropPastSelections, replaceQuery, showView} from './query-actions.js';
import {noteReplaced} from './replaced.js';
import type {TreeState} from './state.js';
import {transferView} from './transfer-view.js';

/** The state after a message of a load. */
export function receive(state: TreeState, message: LoadMessage | LoadAborted): TreeState {
  switch (message.type) {
    case 'progress': {
      const change: Change = {status: 'reading', progress: message.progress};
      return message.partial === null
        ? applyChange(state, change)
        : showResult(state, message.partial, undefined, {
            ...change,
            timeline: keepTimeline(state, message.partial),
          });
    }
    case 'done': {
      const {progress, snapshot, tree} = message;
      const keyNote = keepNote(state) ?? noteNoLives(state, snapshot);
      const change: Change = {status: 'done', progress, keyNote, askedView: null, failedView: null};
      if (snapshot.view.kind === 'allocated' && state.snapshot !== null)
        return showRun(state, snapshot, change);
      return showResult(dropCancelled(state, snapshot), snapshot, tree, {
        ...change,
        run: keepRun(state, snapshot),
        timeline: keepTimeline(state, snapshot),
      });
    }
    case 'failed':
      return applyChange(state, {
        status: 'failed',
        askedView: null,
        keyNote: keepNote(state),
        failedView: state.askedView,
        past: dropPastSelections(state),
        failure: {code: message.code, message: message.message},
      });
  }
}

/** What was shown of a selection before its end, and was cancelled then, is not come back to either. */
function dropCancelled(state: TreeState, {view}: Snapshot): TreeState {
  if (state.askedView !== null) return state;
  return {...state, past: dropPastSelections({...state, view})};
}

/** Who starts with lines over time gets to know why there are none. */
function noteNoLives({showsLives, status}: TreeState, snapshot: Snapshot): string | null {
  return showsLives && status === 'reading' ? explainNeverLives(snapshot) : null;
}

/** The whole run stays until another capture is read, or the same one again with more in it. */
function keepRun({snapshot, run}: TreeState, {capture}: Snapshot): Snapshot | null {
  const former = run ?? (snapshot?.view.kind === 'allocated' ? snapshot : null);
  if (former === null) return null;
  return isSameRecording(former.capture, capture) ? former : null;
}

/** The course of the run stays for results of the same recording that do not have it. */
function keepTimeline({capture, timeline}: TreeState, snapshot: Snapshot): Timeline | null {
  if (snapshot.timeline !== undefined) return snapshot.timeline;
  return capture !== null && isSameRecording(capture, snapshot.capture) ? timeline : null;
}

/** The run comes beside the selection that is there. */
function showRun(state: TreeState, run: Snapshot, change: Change): TreeState {
  const opened: Change = {...openRun(run, state), ...change, ...noteReplaced(state, run)};
  return opened.base === undefined
    ? applyChange(state, opened)
    : transferView(state, {...opened, base: opened.base});
}

/**
 * Shows another result. Until the user has navigated, it looks as if the same steps were taken now, one after the
 * other, whenever they were taken.
 */
function showResult(
  state: TreeState,
  snapshot: Snapshot,
  tree: TreeData | undefined,
  other: Change,
): TreeState {
  const change: Change = {...other, ...noteReplaced(state, snapshot)};
  const {past, future, hasUserNavigated, filterPrompt, base, crumb, shown} = state;
  // What the view waited for goes where the cursor was before there was nothing to be on.
  if (hasUserNavigated && shown?.isAwaited && change.status === 'done') {
    return transferView(state, {...openSnapshot(snapshot, state, tree), ...change});
  }
  const isInPlace = hasUserNavigated && base.length > 1;
  if (isInPlace || (past.length === 0 && filterPrompt === null)) {
    return setBase(state, {...openSnapshot(snapshot, state, tree), ...change});
  }
  const [first, ...later] = [...past, filterPrompt?.before ?? state];
  const {query, optional, filters, wholePeak} = first!;
  const start: TreeState = {...state, query, optional, filters, wholePeak, past: []};
  let taken = setBase(start, {...openSnapshot(snapshot, start, tree), ...change});
  for (const view of later) taken = showView(taken, view);
  const typed = filterPrompt === null ? taken : replaceQuery(taken, state.query, state.filters);
  const selected = taken.past.map((view, index) => ({...view, select: past[index]?.select ?? null}));
  return applyChange(typed, {future, crumb, past: selected});
}
