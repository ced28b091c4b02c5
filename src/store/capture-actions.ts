import type {Snapshot} from '../heap/snapshot.js';
import {getNeededView} from '../query/needs.js';
import {type ShownTree, showSnapshot} from '../query/show-snapshot.js';
import type {TreeQuery} from '../query/tree-query.js';
import {type CallPath, findNearest, getCallPath} from '../tree/call-path.js';
import type {CallTree} from '../tree/call-tree.js';
import {filterCallTree} from '../tree/filter.js';
import {toCallTree} from '../tree/from-tree.js';
import {growFirstChildren} from '../tree/growth.js';
import type {TreeData} from '../tree/tree-data.js';
import type {AnyTree} from '../tree/tree-interface.js';
import {applyChange, type Change, type FactsChange} from './apply-change.js';
import {growToPaths} from './carry-paths.js';
import {getTreeFilters} from './derive.js';
import {openFirstChildren} from './expanded-nodes.js';
import {nameFiles} from './shown-snapshot.js';
import type {TreeState} from './state.js';

/** What changes when a load starts; the tree stays until there is a result. */
export const LOADING = {status: 'reading', progress: null, failure: null, replaced: []} as const;

/** How a store shows snapshots. */
export type SnapshotDisplay = Pick<TreeState, 'query' | 'filters' | 'wholePeak' | 'moduleFolders'> &
  Partial<Pick<TreeState, 'optional'>>;

/** What a snapshot brings to the screen: its tree, and its facts. `tree`: where it is built already. */
export function openSnapshot(
  snapshot: Snapshot,
  display: SnapshotDisplay,
  tree?: TreeData,
): Change & {readonly base: CallTree} {
  const {capture, view} = snapshot;
  const naming = nameFiles(snapshot, display.moduleFolders);
  const query = selectShown(display.query, snapshot);
  const {moduleOf} = naming;
  const timeline = snapshot.timeline ?? null;
  const facts: FactsChange = {snapshot, timeline, naming, moduleOf, capture, view, failure: null};
  const threshold: FactsChange = view.kind === 'temporary' ? {temporaryThreshold: view.threshold} : {};
  const shown = showSnapshot(snapshot, {...display, query, naming, built: tree, isGrowing: true});
  return {...facts, ...threshold, query, ...openShown(shown)};
}

/** A query selects what the snapshot holds: another selection has to be loaded first. */
export function selectShown(query: TreeQuery, {view}: Snapshot): TreeQuery {
  // The whole run is not selected: it is what statistics are made of.
  if (view.kind === 'allocated') return query;
  return query.select === view ? query : {...query, select: view};
}

/** What the snapshot of the whole run brings: its statistics, where they are still asked for. */
export function openRun(run: Snapshot, state: TreeState): Change {
  const facts: FactsChange = {run, failure: null};
  if (getNeededView(state.query).kind !== 'allocated') return facts;
  const naming = nameFiles(run, state.moduleFolders);
  return {...facts, ...openShown(showSnapshot(run, {...state, naming, isGrowing: true}))};
}

export function openShown(shown: ShownTree): Change & {readonly base: CallTree} {
  const {tree, kept, elided} = shown;
  return {shown, base: tree, elided, shownLocations: kept.locations - elided.locations};
}

/** What a tree of the host brings to the screen: there is no capture any more. */
export function openTree(tree: AnyTree): Change & {readonly base: CallTree} {
  return {
    base: toCallTree(tree),
    status: 'done',
    progress: null,
    capture: null,
    captureDirectory: null,
    snapshot: null,
    run: null,
    timeline: null,
    naming: null,
    shown: null,
    askedView: null,
    readName: '',
    replaced: [],
    elided: {locations: 0, allocations: 0, bytes: 0},
    failure: null,
  };
}

/**
 * Replaces the tree. The cursor stays on its node and in its row of the window, open nodes stay open;
 * until the user has navigated, the start state of the new tree is shown.
 */
export function setBase(state: TreeState, change: Change & {readonly base: CallTree}): TreeState {
  // Keys that came before there was a tree to walk do not count.
  if (!state.hasUserNavigated || state.base.length === 1) {
    const base = growFirstChildren(change.base);
    const filtered = filterCallTree(base, getTreeFilters({...state, ...change}));
    const isOpen = openFirstChildren(base, filtered);
    return applyChange(state, {
      ...change,
      base,
      filtered,
      cursor: 0,
      isOpen,
      initialOpen: isOpen,
      stackMemory: null,
    });
  }
  const anchor = getAnchor(state);
  const anchorPath = getCallPath(state.base, anchor.node);
  const cursorPath = getCursorPath(state);
  const paths = state.openPaths.with(state.base, state.isOpen, state.initialOpen);
  const {base, isOpen, openPaths} = growToPaths(change.base, paths);
  const {node: cursor, isFound} = findNearest(base, cursorPath);
  const orphanedCursor = isFound ? null : {path: cursorPath, cursor};
  const selection = {openPaths, isOpen, initialOpen: isOpen, cursor, orphanedCursor};
  const next = applyChange(state, {...change, base, ...selection});
  const anchorRow = findRow(next, findNearest(base, anchorPath).node);
  return applyChange(next, {scroll: {row: Math.max(0, anchorRow - anchor.offset)}});
}

/** Where the cursor belongs: where it was before a tree lacked its node, unless it was moved since. */
function getCursorPath({base, cursor, orphanedCursor}: TreeState): CallPath {
  return orphanedCursor?.cursor === cursor ? orphanedCursor.path : getCallPath(base, cursor);
}

/**
 * The base node whose row must not move on the screen: the selected one, or the first in sight after the
 * wheel was turned.
 */
function getAnchor(state: TreeState): {readonly node: number; readonly offset: number} {
  const {scroll, viewport, cursorRow, rows, filtered} = state;
  const offset = cursorRow - scroll.row;
  const isInSight = offset >= 0 && offset < viewport.height;
  return isInSight
    ? {node: state.cursor, offset}
    : {node: filtered.getBaseNodes(rows[scroll.row]!)[0]!, offset: 0};
}

/** The row of a base node or of its nearest visible ancestor. */
function findRow({base, filtered, rowOf}: TreeState, node: number): number {
  for (let current = node; current >= 0; current = base.prefix[current]!) {
    const filteredNode = filtered.filteredNodes[current]!;
    if (filteredNode >= 0 && rowOf[filteredNode]! >= 0) return rowOf[filteredNode]!;
  }
  return 0;
}
