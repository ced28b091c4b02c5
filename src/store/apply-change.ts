import {derive} from './derive.js';
import {computeScroll} from './scroll.js';
import type {CaptureState, Derived, SourceView, TreeState, UiState} from './state.js';

/**
 * Changed parts of a state; what follows from them is computed, but for a filtered tree that is known
 * already.
 */
export type Change = Partial<CaptureState & UiState & Pick<Derived, 'filtered'>>;

const SOURCE_AT_LINE: SourceView = {row: 0, column: 0};

/**
 * The state after a change: the only way to a new one. Invariants it keeps: the cursor is on a visible row
 * (where its node is hidden, on the nearest visible ancestor), the window lies within the rows, and the
 * source is scrolled back when another node is selected.
 */
export function applyChange(previous: TreeState, change: Change): TreeState {
  const merged: TreeState = {...previous, ...change};
  const derived = derive(merged, previous, change.filtered);
  const {filtered, cursorNode} = derived;
  const isCursorShown = filtered.filteredNodes[merged.cursor] === cursorNode;
  const cursor = isCursorShown ? merged.cursor : filtered.getBaseNodes(cursorNode)[0]!;
  const isSameNode = cursor === previous.cursor && merged.base === previous.base;
  const source = isSameNode || merged.source !== previous.source ? merged.source : SOURCE_AT_LINE;
  const scroll = computeScroll(merged, derived);
  return {...merged, ...derived, cursor, source, scroll};
}

/** The first state of a store. */
export function createState(captureState: CaptureState, uiState: UiState): TreeState {
  const derived = derive({...captureState, ...uiState}, null);
  return {...captureState, ...uiState, ...derived, scroll: computeScroll(uiState, derived)};
}
