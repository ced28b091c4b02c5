import {listCrumbs} from '../query/crumbs.js';
import {cutBackTo, listTargetedAfter, removePart} from '../query/edit-query.js';
import {applyChange} from './apply-change.js';
import {findCrumb} from './crumb-layout.js';
import {hasCrumbs, selectCrumbs} from './crumb-line.js';
import {showQuery} from './query-actions.js';
import type {TreeState} from './state.js';

/** Selects the last crumb: the keys are on the crumbs from then on. */
export function goToCrumbs(state: TreeState): TreeState {
  return hasCrumbs(state) ? applyChange(state, {crumb: Infinity}) : state;
}

export function leaveCrumbs(state: TreeState): TreeState {
  return state.crumb === null ? state : applyChange(state, {crumb: null});
}

/** A click on the line of crumbs selects the one under it, else the last one. */
export function clickCrumbs(state: TreeState, column: number): TreeState {
  const line = selectCrumbs(state);
  if (line === null || state.layout === null) return state;
  const found = findCrumb(line, state.crumb, state.layout.status.width, column);
  return applyChange(goToCrumbs(state), found === null ? {} : {crumb: found});
}

/** What keys do while they are on the crumbs; the others run their commands. */
const CRUMB_KEYS: Readonly<Record<string, (state: TreeState, crumb: number) => TreeState>> = {
  left: (state, crumb) => applyChange(state, {crumb: crumb - 1}),
  h: (state, crumb) => applyChange(state, {crumb: crumb - 1}),
  right: (state, crumb) => applyChange(state, {crumb: crumb + 1}),
  l: (state, crumb) => applyChange(state, {crumb: crumb + 1}),
  home: state => applyChange(state, {crumb: 0}),
  end: state => applyChange(state, {crumb: Infinity}),
  enter: cutBack,
  x: remove,
  delete: remove,
};

/** Null for keys that are not of the crumbs. */
export function pressOnCrumbs(state: TreeState, keystroke: string): TreeState | null {
  const {crumb, help} = state;
  if (crumb === null || help !== null || !Object.hasOwn(CRUMB_KEYS, keystroke)) return null;
  return CRUMB_KEYS[keystroke]!(applyChange(state, {keyNote: null}), crumb);
}

function cutBack(state: TreeState, crumb: number): TreeState {
  const {query} = state;
  const crumbs = listCrumbs(query);
  const left = applyChange(state, {crumb: null});
  return crumb === crumbs.length - 1 ? left : showQuery(left, cutBackTo(query, crumbs[crumb]!.part));
}

/** Removes one step; those after it stay, and do nothing where they have no target without it. */
function remove(state: TreeState, crumb: number): TreeState {
  const {query, optional} = state;
  const {part} = listCrumbs(query)[crumb]!;
  const next = removePart(query, part);
  if (next === null)
    return applyChange(state, {keyNote: 'What is selected cannot be removed; key v selects something else'});
  return showQuery(state, next, new Set([...optional, ...listTargetedAfter(query, part)]));
}
