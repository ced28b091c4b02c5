import {showSnapshot} from '../query/show-snapshot.js';
import type {Step} from '../query/steps/steps.js';
import {
  DEFAULT_QUERY,
  getBiggest,
  LEVELS,
  type Shape,
  SORT_KEYS,
  type TreeQuery,
} from '../query/tree-query.js';
import type {TreeFilters} from '../tree/filter.js';
import {applyChange} from './apply-change.js';
import {openShown, selectShown} from './capture-actions.js';
import {describePackage, describeZoom} from './cursor-steps.js';
import {describeCursor} from './cursor-term.js';
import type {PastView, TreeState} from './state.js';
import {transferView} from './transfer-view.js';
import {hasNative, setFilters} from './tree-actions.js';

type QueryAction = (state: TreeState) => TreeState;

/** The view as it is, to come back to. */
export function getPastView({query, filters, isOpen, cursor, scroll, snapshot}: TreeState): PastView {
  return {query, filters, isOpen, cursor, scroll, snapshot};
}

/** Shows another query. Cursor and expanded nodes are carried over; the view before can be come back to. */
export function showQuery(state: TreeState, query: TreeQuery): TreeState {
  const next = replaceQuery(state, query, state.filters);
  return next === state ? state : applyChange(next, {past: [...state.past, getPastView(state)], future: []});
}

/** The same without a trace in the history. */
export function replaceQuery(state: TreeState, wanted: TreeQuery, filters: TreeFilters): TreeState {
  const {snapshot, naming} = state;
  if (snapshot === null || naming === null) return state;
  const query = selectShown(wanted, snapshot);
  const shown = showSnapshot(snapshot, {query, filters, naming, wholePeak: state.wholePeak});
  return transferView(state, {...openShown(shown), query, filters});
}

export function undo(state: TreeState): TreeState {
  const view = state.past.at(-1);
  if (view === undefined) return state;
  const future = [...state.future, getPastView(state)];
  return applyChange(showPastView(state, view), {past: state.past.slice(0, -1), future});
}

export function redo(state: TreeState): TreeState {
  const view = state.future.at(-1);
  if (view === undefined) return state;
  const past = [...state.past, getPastView(state)];
  return applyChange(showPastView(state, view), {past, future: state.future.slice(0, -1)});
}

/** Exactly the view that was there, unless the capture is another one by now. */
export function showPastView(state: TreeState, view: PastView): TreeState {
  const {query, filters, isOpen, cursor, scroll, snapshot} = view;
  const next = replaceQuery(state, query, filters);
  if (snapshot !== state.snapshot) return next;
  const placed = applyChange(next, {isOpen, cursor, hasUserNavigated: true, isCursorFollowed: true});
  return applyChange(placed, {scroll});
}

/** Switches a filter; where the filters are a part of the tree, it is derived again. */
export function switchFilter(state: TreeState, change: Partial<TreeFilters>): TreeState {
  if (!state.shown?.hasFilters) return applyChange(state, setFilters(state, change));
  return replaceQuery(state, state.query, {...state.filters, ...change});
}

function addStep(state: TreeState, step: Step | null): TreeState {
  return addSteps(state, step === null ? [] : [step]);
}

function addSteps(state: TreeState, added: readonly Step[]): TreeState {
  if (added.length === 0) return state;
  return showQuery(state, {...state.query, steps: [...state.query.steps, ...added]});
}

function setShape(shape: Shape): QueryAction {
  return state => showQuery(state, {...state.query, shape});
}

/** The element after `value`, the first one after the last. */
function getNext<T>(list: readonly T[], value: T): T {
  return list[(list.indexOf(value) + 1) % list.length]!;
}

/** The cut moves in powers of two. */
function scaleBiggest(state: TreeState, factor: number): TreeState {
  const biggest = getBiggest(state.query);
  const {kept} = state.shown ?? {};
  if (kept === undefined || (factor > 1 && biggest >= kept.locations)) return state;
  const from = Math.min(biggest, kept.locations);
  return showQuery(state, {...state.query, biggest: Math.max(1, Math.round(from * factor))});
}

function withTerm(make: (term: NonNullable<ReturnType<typeof describeCursor>>) => Step): QueryAction {
  return state => {
    const term = describeCursor(state);
    return term === null ? state : addStep(state, make(term));
  };
}

/** What each command that is about the query does. */
export const QUERY_ACTIONS = {
  zoomIn: state => addSteps(state, describeZoom(state)),
  rootHere: withTerm(term => ({kind: 'root', term})),
  dropFunction: withTerm(term => ({kind: 'drop', term})),
  mergeFunction: withTerm(term => ({kind: 'merge', term})),
  collapseFunction: withTerm(term => ({kind: 'collapse', term})),
  skipRecursion: state => addStep(state, {kind: 'recursion'}),
  collapsePackage: state => addStep(state, describePackage(state)),
  showTree: setShape({kind: 'tree'}),
  showInverted: setShape({kind: 'inverted'}),
  showFlat: setShape({kind: 'flat'}),
  showCallers: state => showAround(state, 'callers'),
  showCallees: state => showAround(state, 'callees'),
  switchLevel: state => showQuery(state, {...state.query, by: getNext(LEVELS, state.query.by)}),
  switchSort: state => showQuery(state, {...state.query, sort: getNext(SORT_KEYS, state.query.sort)}),
  reverseOrder: state => showQuery(state, {...state.query, isReversed: !state.query.isReversed}),
  showMore: state => scaleBiggest(state, 2),
  showFewer: state => scaleBiggest(state, 1 / 2),
  toggleWholePeak: state => replaceQuery({...state, wholePeak: !state.wholePeak}, state.query, state.filters),
  undo,
  redo,
  showPlain: state =>
    showQuery(state, {...DEFAULT_QUERY, select: state.query.select, biggest: state.query.biggest}),
  toggleImportSystem: state => switchFilter(state, {hideImportSystem: !state.filters.hideImportSystem}),
  toggleUninteresting: state => switchFilter(state, {hideUninteresting: !state.filters.hideUninteresting}),
  toggleNative: state =>
    hasNative(state) ? switchFilter(state, {foldNative: !state.filters.foldNative}) : state,
} as const satisfies Record<string, QueryAction>;

function showAround(state: TreeState, kind: 'callers' | 'callees'): TreeState {
  const term = describeCursor(state);
  return term === null ? state : showQuery(state, {...state.query, shape: {kind, term}});
}
