import {findHalf, findLocations} from '../query/lives.js';
import type {TreeQuery} from '../query/tree-query.js';
import {ELIDED} from '../tree/call-tree.js';
import type {Outcome} from './command.js';
import {describeZoom} from './cursor-steps.js';
import {describeCursor} from './cursor-term.js';
import {explainNoLives} from './lives.js';
import type {TreeState} from './state.js';
import {requestTyped} from './view-actions.js';

/** Why the moment at which a row held half of its greatest size cannot be found; null where it can. */
export function explainNoHalf(state: TreeState): string | null {
  const {filtered, cursorNode, status} = state;
  const reason = explainNoLives(state);
  if (reason !== null) return reason;
  if (status === 'reading' && state.history === null) return 'Not before all is read';
  const isElided = (filtered.tree.flags[cursorNode]! & ELIDED) !== 0;
  return isElided ? 'This row stands for many places' : null;
}

/** Shows the first moment that is kept at which the selected row held half of its greatest size. */
export function showHalf(state: TreeState): Outcome {
  const {history, naming, query, optional} = state;
  if (explainNoHalf(state) !== null || history === null || naming === null) return {};
  const reader = history.open();
  const ofRow = {...query, ...describeRow(state)};
  const count = findHalf(reader, findLocations(reader.base, ofRow, {naming, optional}));
  return count === null ? {} : requestTyped(state, {kind: 'moment', at: {kind: 'allocations', count}});
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
