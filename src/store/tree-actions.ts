import type {CallTree} from '../tree/call-tree.js';
import {filterCallTree, type TreeFilters} from '../tree/filter.js';
import {canGrow, growBelow, growChain, hasChildren, UNMADE} from '../tree/growth.js';
import {OpenPaths} from '../tree/open-paths.js';
import {applyChange, type Change, type UiChange} from './apply-change.js';
import {openAppeared, openBelow, setNodeOpen} from './expanded-nodes.js';
import type {TreeState} from './state.js';

/** The change that moves the cursor to a filtered node. */
export function moveTo(state: TreeState, node: number): UiChange {
  const {filtered, cursorNode} = state;
  return node === cursorNode ? {} : {cursor: filtered.getBaseNodes(node)[0]!};
}

export function moveToRow(state: TreeState, row: number): UiChange {
  const {rows} = state;
  return moveTo(state, rows[Math.max(0, Math.min(row, rows.length - 1))]!);
}

export function moveBy(state: TreeState, rowCount: number): UiChange {
  return moveToRow(state, state.cursorRow + rowCount);
}

/** The rows of a page: one less than fit, so that the eye finds its way. */
export function getPageRows({viewport}: TreeState): number {
  return Math.max(1, viewport.height - 1);
}

export function getHalfPageRows({viewport}: TreeState): number {
  return Math.max(1, Math.floor(viewport.height / 2));
}

export function goToParent(state: TreeState): UiChange {
  const parent = state.filtered.tree.prefix[state.cursorNode]!;
  return parent < 0 ? {} : moveTo(state, parent);
}

export function goToNextSibling(state: TreeState): UiChange {
  const next = state.filtered.tree.nextSibling[state.cursorNode]!;
  return next < 0 ? {} : moveTo(state, next);
}

export function goToPreviousSibling(state: TreeState): UiChange {
  const {tree} = state.filtered;
  const parent = tree.prefix[state.cursorNode]!;
  if (parent < 0) {
    return {};
  }
  let previous = -1;
  for (let node = tree.firstChild[parent]!; node !== state.cursorNode; node = tree.nextSibling[node]!) {
    previous = node;
  }
  return previous < 0 ? {} : moveTo(state, previous);
}

export function isLeaf(state: TreeState, node: number): boolean {
  return !hasChildren(state.filtered.tree, node);
}

/** True where a filtered node shows its children. */
export function isUnfolded(state: TreeState, node: number): boolean {
  return state.isFilteredOpen[node] === 1 && !isLeaf(state, node);
}

function setOpen(state: TreeState, node: number, value: 0 | 1): UiChange {
  const isOpen = state.isOpen.slice();
  setNodeOpen(state.filtered, isOpen, node, value);
  return {isOpen};
}

export function toggle(state: TreeState, node: number): UiChange {
  return isLeaf(state, node) ? {} : setOpen(state, node, isUnfolded(state, node) ? 0 : 1);
}

export function closeOrGoToParent(state: TreeState): UiChange {
  return isUnfolded(state, state.cursorNode) ? setOpen(state, state.cursorNode, 0) : goToParent(state);
}

export function openOrGoToChild(state: TreeState): UiChange {
  const {cursorNode, filtered} = state;
  if (isLeaf(state, cursorNode)) {
    return {};
  }
  return isUnfolded(state, cursorNode)
    ? moveTo(state, filtered.tree.firstChild[cursorNode]!)
    : setOpen(state, cursorNode, 1);
}

/** Opens the selected node and its only children, down to the first node with several. */
export function openChain(state: TreeState): Change {
  const {filtered, base, isOpen: wasOpen} = grow(state, growChain);
  const {tree} = filtered;
  const isOpen = wasOpen.slice();
  let node = state.cursorNode;
  for (;;) {
    setNodeOpen(filtered, isOpen, node, 1);
    const child = tree.firstChild[node]!;
    if (child < 0 || tree.nextSibling[child]! >= 0) return {base, isOpen};
    if (tree.firstChild[child] === UNMADE) return {base, isOpen, keyNote: explainCut(base)};
    node = child;
  }
}

export function openSubtree(state: TreeState): Change {
  const {filtered, base, isOpen} = grow(state, growBelow);
  const opened = openBelow(filtered, isOpen, state.cursorNode);
  const isCut = isCutBelow(filtered.tree, state.cursorNode);
  return {base, isOpen: opened, ...(isCut && {keyNote: explainCut(base)})};
}

/** Why a key has not expanded all that it stands for. */
function explainCut(tree: CallTree): string {
  return canGrow(tree)
    ? 'Not all is expanded yet: the same key goes on'
    : 'There are too many nodes: not all are expanded';
}

/** The state with more nodes below the cursor, where the tree grows: its nodes are then those of the base. */
function grow(state: TreeState, make: (tree: CallTree, node: number) => CallTree): TreeState {
  return applyChange(state, {base: make(state.base, state.cursor)});
}

function isCutBelow({growth, length, prefix, firstChild}: CallTree, top: number): boolean {
  if (growth === undefined) return false;
  const isInside = new Uint8Array(length);
  isInside[top] = 1;
  for (let node = top; node < length; node++) {
    if (node > top) isInside[node] = isInside[prefix[node]!]!;
    if (isInside[node] === 1 && firstChild[node] === UNMADE) return true;
  }
  return false;
}

export function closeAll(state: TreeState): UiChange {
  return {
    isOpen: new Uint8Array(state.isOpen.length),
    openPaths: new OpenPaths(),
    cursor: 0,
    orphanedCursor: null,
  };
}

/** Whether the tree shows native frames. */
export function hasNative({base}: TreeState): boolean {
  return base.native !== undefined;
}

/** Switches a filter; cursor and open nodes stay. */
export function setFilters(state: TreeState, change: Partial<TreeFilters>): Change {
  const filters: TreeFilters = {...state.filters, ...change};
  const filtered = filterCallTree(state.base, filters);
  return {filters, filtered, isOpen: openAppeared(state.filtered, filtered, state.isOpen, state.cursor)};
}
