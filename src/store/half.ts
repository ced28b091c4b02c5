import {isSameView} from '../heap/snapshot.js';
import {findHalf, findLocations} from '../query/lives.js';
import type {TreeQuery} from '../query/tree-query.js';
import {ELIDED} from '../tree/call-tree.js';
import {applyChange} from './apply-change.js';
import type {Outcome} from './command.js';
import {describeZoom} from './cursor-steps.js';
import {describeCursor} from './cursor-term.js';
import {getExpectedView} from './expected-view.js';
import {NOT_YET} from './key-note.js';
import {explainNoLives} from './lives.js';
import type {TreeState} from './state.js';
import {selectMoment} from './strip-selection.js';
import {explainNoSelection, selectView} from './view-actions.js';

/** Why the moment at which a row held half of its greatest size cannot be found or shown; null where it can. */
export function explainNoHalf(state: TreeState): string | null {
  const {filtered, cursorNode, status} = state;
  const reason = explainNoLives(state);
  if (reason !== null) return reason;
  if (status === 'reading' && state.history === null) return NOT_YET.half;
  const isElided = (filtered.tree.flags[cursorNode]! & ELIDED) !== 0;
  // The start of the run is always kept: what cannot be shown of it cannot be shown of any moment.
  return isElided ? 'This row stands for many places' : explainNoSelection(state, selectMoment(0));
}

/** Shows the first moment that is kept at which the selected row held half of its greatest size. */
export function showHalf(state: TreeState): Outcome {
  const {history, naming, query, optional} = state;
  if (explainNoHalf(state) !== null || history === null || naming === null) return {};
  const reader = history.open();
  const ofRow = {...query, ...describeRow(state)};
  const count = findHalf(reader, findLocations(reader.base, ofRow, {naming, optional}));
  if (count === null) return say(state, 'This row held nothing at any moment that is kept');
  const select = selectMoment(count);
  return isSameView(select, getExpectedView(state))
    ? say(state, 'This is when the row first held half its maximum')
    : selectView(state, select);
}

function say(state: TreeState, keyNote: string): Outcome {
  return {state: applyChange(state, {keyNote})};
}

/** The steps that leave the stacks of the selected row: those of its path, or else those through its frame. */
function describeRow(state: TreeState): Pick<TreeQuery, 'steps'> {
  const {query, cursorNode} = state;
  if (cursorNode === 0) return {steps: query.steps};
  const zoom = describeZoom(state);
  if (zoom.length > 0) return {steps: [...query.steps, ...zoom]};
  const term = describeCursor(state);
  return {steps: term === null ? query.steps : [...query.steps, {kind: 'through', term}]};
}
