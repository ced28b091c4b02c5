import type {UiChange} from '../store/apply-change.js';
import type {TreeState} from '../store/state.js';
import {goToNextSibling, goToPreviousSibling, isLeaf} from '../store/tree-actions.js';

// Why a move or a fold of the selected row does nothing; null where it does something.

export function explainNoParent({cursorNode, filtered}: TreeState): string | null {
  return filtered.tree.prefix[cursorNode]! < 0 ? 'This is the root: it has no parent' : null;
}

export function explainNoPreviousSibling(state: TreeState): string | null {
  return isIdle(goToPreviousSibling(state)) ? 'There is no sibling above this row' : null;
}

export function explainNoNextSibling(state: TreeState): string | null {
  return isIdle(goToNextSibling(state)) ? 'There is no sibling below this row' : null;
}

export function explainNoChildren(state: TreeState): string | null {
  return isLeaf(state, state.cursorNode) ? 'This row has no children' : null;
}

const isIdle = (change: UiChange): boolean => Object.keys(change).length === 0;
