import type {StackLocations} from '../query/locate-stacks.js';
import {rememberByString} from '../query/match-frames.js';
import type {Naming} from '../query/naming.js';
import type {CallTree} from '../tree/call-tree.js';
import {filterCallTree} from '../tree/filter.js';
import {growFirstChildren} from '../tree/growth.js';
import {nextInPreorder} from '../tree/visible-rows.js';
import {applyChange, type Change} from './apply-change.js';
import {getTreeFilters} from './derive.js';
import {openFirstChildren} from './expanded-nodes.js';
import type {TreeState} from './state.js';

/**
 * Replaces the tree by another one of the same snapshot. Two trees that begin with the outermost frames are compared
 * stack by stack: what was expanded is expanded, what appears above it or above the cursor too, and the cursor is where
 * its stacks went. Other shapes begin anew; the cursor goes to the first row of the same frame.
 */
export function transferView(state: TreeState, change: Change & {readonly base: CallTree}): TreeState {
  const {base, shown} = change;
  const before = state.shown?.locate() ?? null;
  const after = shown?.locate() ?? null;
  if (before === null || after === null) return beginAnew(state, change);
  const {carried: isOpen, isKnown} = carryOpen(state, before, after, base);
  const cursor = carryCursor(state, before, after);
  openAbove(base, isOpen, cursor, isKnown);
  return placeWindow(state, applyChange(state, {...change, isOpen, initialOpen: isOpen, cursor, ...USED}));
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

function beginAnew(state: TreeState, change: Change & {readonly base: CallTree}): TreeState {
  const sought = change.base.growth === undefined ? -1 : growToSameFrame(state, change.base);
  const base = growFirstChildren(change.base);
  const filtered = filterCallTree(base, getTreeFilters({...state, ...change}));
  const isOpen = openFirstChildren(base, filtered);
  const found = base.growth === undefined ? findSameFrame(state, filtered.tree) : sought;
  const next = applyChange(state, {
    ...change,
    base,
    filtered,
    isOpen,
    initialOpen: isOpen,
    cursor: 0,
    ...USED,
  });
  if (found <= 0) return placeWindow(state, next);
  const shown = isOpen.slice();
  for (let node = filtered.tree.prefix[found]!; node >= 0; node = filtered.tree.prefix[node]!) {
    for (const baseNode of filtered.getBaseNodes(node)) shown[baseNode] = 1;
  }
  return placeWindow(state, applyChange(next, {isOpen: shown, cursor: filtered.getBaseNodes(found)[0]!}));
}

/** The first node, from top to bottom, of the cursor's frame, else of its function; 0 where there is none. */
function findSameFrame({filtered, cursorNode, naming}: TreeState, tree: CallTree): number {
  const selected = filtered.tree.frame[cursorNode]!;
  if (selected < 0) return 0;
  const compare = compareWith(readFrame(filtered.tree, selected), tree, naming);
  const likeness = new Uint8Array(tree.frames.length);
  for (let frame = 0; frame < likeness.length; frame++) likeness[frame] = compare(frame);
  if (!likeness.includes(SAME_FUNCTION) && !likeness.includes(SAME_LINE)) return 0;
  let sameFunction = 0;
  for (let node = nextInPreorder(tree, 0, true); node >= 0; node = nextInPreorder(tree, node, true)) {
    const like = likeness[tree.frame[node]!];
    if (like === SAME_LINE) return node;
    if (like === SAME_FUNCTION && sameFunction === 0) sameFunction = node;
  }
  return sameFunction;
}

const SAME_FUNCTION = 1;
const SAME_LINE = 2;

/**
 * How alike the frames of a tree are to a wanted one. A frame that stands for a file, a module or a package, which has
 * no function, is like all functions in it.
 */
function compareWith(
  wanted: ReturnType<typeof readFrame>,
  tree: CallTree,
  naming: Naming | null,
): (frame: number) => number {
  const {frames, strings} = tree;
  const groupsOfWanted = listGroups(wanted.file, naming);
  const isInWanted = rememberByString(strings, file => listGroups(file, naming).includes(wanted.file));
  return frame => {
    const name = strings[frames.function[frame]!]!;
    const file = strings[frames.file[frame]!]!;
    const isLine = file === wanted.file && frames.line[frame] === wanted.line;
    // A line of several functions is called after none of them.
    if (isLine && (name === wanted.name || (wanted.line > 0 && (name === '' || wanted.name === '')))) {
      return SAME_LINE;
    }
    if (name === wanted.name && file === wanted.file) return SAME_FUNCTION;
    const isGroup = name === '' && groupsOfWanted.includes(file);
    return isGroup || (wanted.name === '' && isInWanted(frames.file[frame]!)) ? SAME_FUNCTION : 0;
  };
}

/** What stands for a file at the levels beyond functions. */
function listGroups(file: string, naming: Naming | null): readonly string[] {
  return naming === null ? [file] : [file, naming.moduleOf(file), naming.packageOf(file)];
}

/** The same in a tree that grows, made as far as that. */
function growToSameFrame({filtered, cursorNode, naming}: TreeState, tree: CallTree): number {
  const selected = filtered.tree.frame[cursorNode]!;
  if (selected < 0) return 0;
  const compare = compareWith(readFrame(filtered.tree, selected), tree, naming);
  const same = tree.growth!.find(frame => compare(frame) === SAME_LINE);
  return same >= 0 ? same : tree.growth!.find(frame => compare(frame) === SAME_FUNCTION);
}

function readFrame({frames, strings}: CallTree, frame: number) {
  return {
    name: strings[frames.function[frame]!]!,
    file: strings[frames.file[frame]!]!,
    line: frames.line[frame]!,
  };
}

/** The cursor stays in its row of the window. */
function placeWindow(before: TreeState, after: TreeState): TreeState {
  const offset = Math.max(0, Math.min(before.cursorRow - before.scroll.row, before.viewport.height - 1));
  return applyChange(after, {scroll: {row: Math.max(0, after.cursorRow - offset)}});
}
