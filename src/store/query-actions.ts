import {isSameView} from '../heap/snapshot.js';
import {formatQuery} from '../query/grammar/format-query.js';
import {showSnapshot} from '../query/show-snapshot.js';
import type {Step} from '../query/steps/steps.js';
import {DEFAULT_QUERY, getBiggest, type Shape, type TreeQuery} from '../query/tree-query.js';
import type {CallTree} from '../tree/call-tree.js';
import type {TreeFilters} from '../tree/filter.js';
import {applyChange, type Change} from './apply-change.js';
import {openShown, selectShown} from './capture-actions.js';
import {hasBaseCapture} from './comparison.js';
import {describeCursor, describeFile, isOnlyInTables} from './cursor-term.js';
import {isTooMuchExpanded} from './expanded-nodes.js';
import {getExpectedView} from './expected-view.js';
import type {PastView} from './query-state.js';
import {nameFiles, selectSnapshot} from './shown-snapshot.js';
import type {TreeState} from './state.js';
import {transferView} from './transfer-view.js';
import {setFilters} from './tree-actions.js';

/** The view as it is, to come back to. */
export function getPastView(state: TreeState): PastView {
  const {query, optional, filters, wholePeak, base, isOpen, cursor, scroll, snapshot, hasUserNavigated} =
    state;
  const grown = isTooMuchExpanded(base) ? null : [...(base.growth?.expanded ?? [])];
  const select = null;
  return {
    query,
    optional,
    filters,
    wholePeak,
    isOpen,
    grown,
    cursor,
    scroll,
    snapshot,
    hasUserNavigated,
    select,
  };
}

/** The same before another selection is shown, whose snapshot has other nodes: this one need not be kept for it. */
export function getPastSelection(state: TreeState): PastView {
  return {...getPastView(state), snapshot: null, select: getExpectedView(state)};
}

/** The views to come back to without selections that have not come. Steps that were taken with one stay. */
export function dropPastSelections(state: TreeState): readonly PastView[] {
  const {past, view, askedView} = state;
  const first = past.findLastIndex(({select}) => select !== null && isSameView(select, view));
  const isOneShown =
    askedView === null
      ? past.slice(first + 1).some(({select}) => select !== null)
      : isSameView(askedView, view);
  if (first < 0 || isOneShown) return past;
  return past.flatMap((before, index) => {
    if (index < first || before.select === null) return [before];
    return isSameShown(before, past[index + 1] ?? state) ? [] : [{...before, select: null}];
  });
}

/**
 * Shows another query. Cursor and expanded nodes are carried over; the view before can be come back to.
 * @param optional parts of it that are skipped where they name nothing
 */
export function showQuery(state: TreeState, query: TreeQuery, optional = state.optional): TreeState {
  return showView(state, {query, optional, filters: state.filters, wholePeak: state.wholePeak});
}

/** All that decides on the tree of a snapshot. */
type View = Pick<TreeState, 'query' | 'optional' | 'filters' | 'wholePeak'>;

export function showView(state: TreeState, {query, optional, filters, wholePeak}: View): TreeState {
  if (state.snapshot === null && state.status !== 'reading') return state;
  const next = replaceQuery({...state, optional, wholePeak}, query, filters);
  return applyChange(next, {past: [...state.past, getPastView(state)], future: []});
}

/** Shows the view without steps, with the cut, the filters and the elided row of the start. */
export function showPlain(state: TreeState): TreeState {
  return showView(state, getPlainView(state));
}

function getPlainView({query: {select}, optional, plain}: TreeState): View {
  const {biggest, filters, wholePeak} = plain;
  return {query: {...DEFAULT_QUERY, select, biggest}, optional, filters, wholePeak};
}

export function isPlainShown(state: TreeState): boolean {
  return isSameShown(getPlainView(state), state);
}

/** Whether two views differ in nothing but what is selected. */
function isSameShown(a: View, b: View): boolean {
  const [written, other] = [a, b].map(({query}) => formatQuery({...query, select: DEFAULT_QUERY.select}));
  return written === other && a.wholePeak === b.wholePeak && isSameFilters(a.filters, b.filters);
}

function isSameFilters(a: TreeFilters, b: TreeFilters): boolean {
  const isSameHiding =
    a.hideImportSystem === b.hideImportSystem && a.hideUninteresting === b.hideUninteresting;
  return isSameHiding && Boolean(a.foldNative) === Boolean(b.foldNative);
}

/** The same without a trace in the history. */
export function replaceQuery(state: TreeState, wanted: TreeQuery, filters: TreeFilters): TreeState {
  const change = deriveShown(state, wanted, filters);
  if (change !== null) return transferView(state, change);
  // It is shown as soon as there is something to show.
  return state.status === 'reading' ? applyChange(state, {query: wanted, filters}) : state;
}

/** What a query shows; null where there is no snapshot. */
function deriveShown(
  state: TreeState,
  wanted: TreeQuery,
  filters: TreeFilters,
): (Change & {readonly base: CallTree}) | null {
  const {wholePeak, optional, moduleFolders} = state;
  const snapshot = selectSnapshot(state, wanted);
  if (snapshot === null) return null;
  const naming = nameFiles(snapshot, moduleFolders);
  const query = selectShown(wanted, snapshot);
  const shown = showSnapshot(snapshot, {query, filters, naming, wholePeak, optional, isGrowing: true});
  return {...openShown(shown), query, optional, filters};
}

export function undo(state: TreeState): TreeState {
  const view = state.past.at(-1);
  if (view === undefined) return state;
  const future = [...state.future, getViewBefore(state, view)];
  return applyChange(showPastView(state, view), {past: state.past.slice(0, -1), future});
}

export function redo(state: TreeState): TreeState {
  const view = state.future.at(-1);
  if (view === undefined) return state;
  const past = [...state.past, getViewBefore(state, view)];
  return applyChange(showPastView(state, view), {past, future: state.future.slice(0, -1)});
}

function getViewBefore(state: TreeState, {select}: PastView): PastView {
  return select === null ? getPastView(state) : getPastSelection(state);
}

/**
 * Exactly the view that was there. Where the capture is another one by now, or very much was expanded, cursor and expanded nodes are carried over instead.
 */
export function showPastView(state: TreeState, view: PastView): TreeState {
  const {query, optional, filters, wholePeak, isOpen, grown, cursor, scroll, hasUserNavigated} = view;
  const before = {...state, optional, wholePeak};
  const shown = deriveShown(before, query, filters);
  if (shown === null || view.snapshot !== state.snapshot || grown === null)
    return replaceQuery(before, query, filters);
  const {growth} = shown.base;
  for (const node of grown) growth?.expand(node);
  const base = growth?.read() ?? shown.base;
  const placed = applyChange(before, {
    ...{...shown, base, isOpen, initialOpen: isOpen, cursor},
    ...{hasUserNavigated, isCursorFollowed: true, orphanedCursor: null},
  });
  return applyChange(placed, {scroll});
}

/** Switches a filter; where the filters are a part of the tree, it is derived again. */
export function switchFilter(state: TreeState, change: Partial<TreeFilters>): TreeState {
  if (!state.shown?.hasFilters) return applyChange(state, setFilters(state, change));
  return replaceQuery(state, state.query, {...state.filters, ...change});
}

export function addStep(state: TreeState, step: Step | null): TreeState {
  return addSteps(state, step === null ? [] : [step]);
}

export function addSteps(state: TreeState, added: readonly Step[]): TreeState {
  if (added.length === 0) return state;
  return showQuery(state, {...state.query, steps: [...state.query.steps, ...added]});
}

export function setShape(state: TreeState, shape: Shape): TreeState {
  return showQuery(state, {...state.query, shape});
}

/** The element after `value`, the first one after the last. */
export function getNext<T>(list: readonly T[], value: T): T {
  return list[(list.indexOf(value) + 1) % list.length]!;
}

/** The cut moves in powers of two. */
export function scaleBiggest(state: TreeState, factor: number): TreeState {
  const biggest = getBiggest(state.query);
  // While a capture is read there may be more locations than are known of.
  const isWhole = state.status !== 'reading' || biggest === Infinity;
  const limit = isWhole ? countKept(state) : Infinity;
  if (limit === 0 || (factor > 1 && biggest >= limit)) return state;
  const scaled = Math.max(1, Math.round(Math.min(biggest, limit) * factor));
  // What is kept of several runs is a median: one of them may hold more.
  const isAll = hasBaseCapture(state) && scaled >= limit;
  return showQuery(state, {...state.query, biggest: isAll ? Infinity : scaled});
}

/** How many locations the steps keep; of a comparison on the side that has more. */
function countKept({shown}: TreeState): number {
  return Math.max(shown?.kept.locations ?? 0, shown?.base?.kept.locations ?? 0);
}

/** Adds a step about the function of the selected row; nothing where there is none. */
export function addTermStep(state: TreeState, kind: 'root' | 'drop' | 'merge' | 'collapse'): TreeState {
  const term = describeCursor(state);
  return addStep(state, term === null ? null : {kind, term});
}

export function showAround(state: TreeState, kind: 'callers' | 'callees'): TreeState {
  const term = describeCursor(state);
  if (term === null || isOnlyInTables(state)) return state;
  return showQuery(state, {...state.query, shape: {kind, term}});
}

/** The lines of the selected file. */
export function showLines(state: TreeState): TreeState {
  const term = describeFile(state);
  if (term === null || isOnlyInTables(state)) return state;
  return setShape(state, {kind: 'lines', term});
}
