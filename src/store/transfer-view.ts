import type {StackLocations} from '../query/locate-stacks.js';
import type {CallTree} from '../tree/call-tree.js';
import {type FilteredTree, filterCallTree} from '../tree/filter.js';
import {growFirstChildren} from '../tree/growth.js';
import {applyChange, type Change} from './apply-change.js';
import {carryPaths} from './carry-paths.js';
import {getTreeFilters} from './derive.js';
import {isTooMuchExpanded, openFirstChildren} from './expanded-nodes.js';
import {findSameFrame, getSelected, growToSameFrame, isLikeSelected} from './same-frame.js';
import {getStackMemory, rememberStacks, type StackMemory} from './stack-memory.js';
import type {TreeState} from './state.js';

/**
 * Replaces the tree by another one of the same snapshot. Two trees that begin with the outermost frames are compared
 * stack by stack: what was expanded is expanded, what appears above it or above the cursor too, and the cursor is where
 * its stacks went. What a tree of stacks does not show is expanded again in the next one that shows it. Tables, and
 * inverted trees of one level, are compared path by path. All others begin anew; the cursor goes to the first row of the
 * same frame.
 */
export function transferView(state: TreeState, change: TreeChange): TreeState {
  const {shown} = change;
  const before = state.shown?.locate() ?? null;
  const after = shown?.locate() ?? null;
  const stackMemory = before === null ? getStackMemory(state) : rememberStacks(state, before);
  const remembering = {...change, stackMemory};
  if (after === null || stackMemory === null) {
    const isSame = isSameShape(state, change);
    return keepLost(state, isSame ? transferPaths(state, remembering) : beginAnew(state, remembering));
  }
  if (before === null) return keepLost(state, comeBack(state, remembering, stackMemory, after));
  return forgetLost(transferStacks(state, remembering, stackMemory, before, after));
}

/** A view may have no row of the selected frame, or no rows at all: the next one that has goes to it. */
function keepLost(before: TreeState, after: TreeState): TreeState {
  return after.cursor === 0 ? applyChange(after, {lostFrame: getSelected(before)}) : forgetLost(after);
}

function forgetLost(state: TreeState): TreeState {
  return state.lostFrame === null ? state : applyChange(state, {lostFrame: null});
}

type TreeChange = Change & {readonly base: CallTree};

function transferStacks(
  state: TreeState,
  change: TreeChange,
  memory: StackMemory,
  before: StackLocations,
  after: StackLocations,
): TreeState {
  const {base} = change;
  const {carried: isOpen, isKnown} = carryOpen(state, before, after, base);
  const cursor = carryCursor(state, before, after);
  openAbove(base, isOpen, cursor, isKnown);
  openRemembered(memory, after, isOpen);
  return placeWindow(state, applyChange(state, {...change, isOpen, initialOpen: isOpen, cursor, ...USED}));
}

/** Whether paths of the tree before may be paths of the new one. */
function isSameShape({query, base}: TreeState, {query: next = query}: Change): boolean {
  const {shape} = next;
  const isComparable = shape.kind === 'flat' || shape.kind === 'inverted' || shape.kind === 'callers';
  const isSame = isComparable && shape.kind === query.shape.kind && next.by === query.by;
  return isSame && !isTooMuchExpanded(base);
}

/** Filters are steps of all trees that come here. */
function transferPaths(state: TreeState, change: TreeChange): TreeState {
  const carried = carryPaths(state, change.base);
  const {base, isOpen, cursor} = carried.isFound ? carried : goToSameFrame(state, carried);
  for (let node = base.prefix[cursor]!; node >= 0; node = base.prefix[node]!) isOpen[node] = 1;
  return placeWindow(
    state,
    applyChange(state, {...change, base, isOpen, initialOpen: isOpen, cursor, ...USED}),
  );
}

/** Where the cursor's node is gone, another one of its frame is better than one nearby. */
function goToSameFrame(state: TreeState, carried: ReturnType<typeof carryPaths>): typeof carried {
  const {base: tree} = carried;
  const same = tree.growth === undefined ? findSameFrame(state, tree) : growToSameFrame(state, tree);
  if (same <= 0) return carried;
  const base = tree.growth?.read() ?? tree;
  const isOpen = new Uint8Array(base.length);
  isOpen.set(carried.isOpen);
  return {...carried, base, isOpen, cursor: same};
}

/** The user has chosen this view. */
const USED = {isCursorFollowed: true, orphanedCursor: null} as const;

/** Marks what was expanded, and what the old tree had as well. */
function carryOpen(
  {isOpen}: TreeState,
  before: StackLocations,
  after: StackLocations,
  base: CallTree,
): {readonly carried: Uint8Array; readonly isKnown: Uint8Array} {
  const carried = new Uint8Array(base.length);
  const isKnown = new Uint8Array(base.length);
  carried[0] = 1;
  for (let stack = 0; stack < before.own.length; stack++) {
    const next = after.own[stack]!;
    const node = before.own[stack]!;
    if (next < 0 || node < 0) continue;
    isKnown[next] = 1;
    if (isOpen[node] === 1) carried[next] = 1;
  }
  return {carried, isKnown};
}

/** The first stack of the cursor's node leads to its new one. */
function carryCursor({cursor}: TreeState, before: StackLocations, after: StackLocations): number {
  if (cursor === 0) return 0;
  let nearest = 0;
  for (let stack = before.own.indexOf(cursor); stack >= 0; stack = before.own.indexOf(cursor, stack + 1)) {
    if (after.own[stack]! >= 0) return after.own[stack]!;
    if (nearest === 0) nearest = after.findNearest(stack);
  }
  return nearest;
}

/** Expands the nodes that are new and lie above an expanded one or above the cursor. */
function openAbove(
  {prefix, length}: CallTree,
  isOpen: Uint8Array,
  cursor: number,
  isKnown: Uint8Array,
): void {
  const isHolding = isOpen.slice();
  isHolding[cursor] = 1;
  for (let node = length - 1; node > 0; node--) {
    if (isHolding[node] === 0) continue;
    isHolding[prefix[node]!] = 1;
  }
  for (let node = 0; node < length; node++) {
    if (isKnown[node] === 0 && isHolding[node] === 1 && node !== cursor) isOpen[node] = 1;
  }
}

/** From another shape to a tree of stacks: what was expanded there is expanded again. */
function comeBack(
  state: TreeState,
  change: TreeChange,
  memory: StackMemory,
  after: StackLocations,
): TreeState {
  const {base} = change;
  const filtered = filterCallTree(base, getTreeFilters({...state, ...change}));
  const isOpen = new Uint8Array(base.length);
  isOpen[0] = 1;
  openRemembered(memory, after, isOpen);
  const before = memory.cursor < 0 ? -1 : after.own[memory.cursor]!;
  const isSame = before > 0 && filtered.filteredNodes[before]! > 0 && isLikeSelected(state, base, before);
  const found = isSame ? filtered.filteredNodes[before]! : findSameFrame(state, filtered.tree);
  return goToNode(state, {...change, filtered, isOpen}, found);
}

/** Expands what was expanded when it was shown last, and is shown again. */
function openRemembered(memory: StackMemory, {own}: StackLocations, isOpen: Uint8Array): void {
  for (let stack = 0; stack < own.length; stack++) {
    if (memory.isOpen[stack] === 1 && own[stack]! >= 0) isOpen[own[stack]!] = 1;
  }
}

function beginAnew(state: TreeState, change: TreeChange): TreeState {
  const sought = change.base.growth === undefined ? -1 : growToSameFrame(state, change.base);
  const base = growFirstChildren(change.base);
  const filtered = filterCallTree(base, getTreeFilters({...state, ...change}));
  const isOpen = openFirstChildren(base, filtered);
  const found = base.growth === undefined ? findSameFrame(state, filtered.tree) : sought;
  return goToNode(state, {...change, base, filtered, isOpen}, found);
}

/** Shows a tree with the cursor on a filtered node, and what is above it expanded. */
function goToNode(
  state: TreeState,
  change: TreeChange & {readonly filtered: FilteredTree; readonly isOpen: Uint8Array},
  node: number,
): TreeState {
  const {filtered, isOpen} = change;
  const next = applyChange(state, {...change, initialOpen: isOpen, cursor: 0, ...USED});
  if (node <= 0) return placeWindow(state, next);
  const shown = isOpen.slice();
  for (let above = filtered.tree.prefix[node]!; above >= 0; above = filtered.tree.prefix[above]!) {
    for (const baseNode of filtered.getBaseNodes(above)) shown[baseNode] = 1;
  }
  return placeWindow(state, applyChange(next, {isOpen: shown, cursor: filtered.getBaseNodes(node)[0]!}));
}

/** The cursor stays in its row of the window. */
function placeWindow(before: TreeState, after: TreeState): TreeState {
  const offset = Math.max(0, Math.min(before.cursorRow - before.scroll.row, before.viewport.height - 1));
  return applyChange(after, {scroll: {row: Math.max(0, after.cursorRow - offset)}});
}
