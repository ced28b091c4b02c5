import {derive} from './derive.js';
import {settleScroll} from './scroll.js';
import type {CaptureFacts, Choices, Derived, SourceView, TreeState} from './state.js';

/** Changed parts of a state; what follows from them is computed, but for a filtered tree that is known already. */
export type Change = Partial<CaptureFacts & Choices & Pick<Derived, 'filtered'>>;

const SOURCE_AT_LINE: SourceView = {row: 0, column: 0};

/**
 * The state after a change: the only way to a new one. Invariants it keeps: the cursor is on a visible row (where its node is hidden, on the
 * nearest visible ancestor), the window lies within the rows, and the source is scrolled back when another node is selected.
 */
export function settle(previous: TreeState, change: Change): TreeState {
  const merged: TreeState = {...previous, ...change};
  const derived = derive(merged, previous, change.filtered);
  const {filtered, cursorNode} = derived;
  const isCursorShown = filtered.displayed[merged.cursor] === cursorNode;
  const cursor = isCursorShown ? merged.cursor : filtered.getOrigins(cursorNode)[0]!;
  const isSameNode = cursor === previous.cursor && merged.base === previous.base;
  const source = isSameNode || merged.source !== previous.source ? merged.source : SOURCE_AT_LINE;
  const scroll = settleScroll(merged, derived);
  return {...merged, ...derived, cursor, source, scroll};
}

/** The first state of a store. */
export function createState(facts: CaptureFacts, choices: Choices): TreeState {
  const derived = derive({...facts, ...choices}, null);
  return {...facts, ...choices, ...derived, scroll: settleScroll(choices, derived)};
}
