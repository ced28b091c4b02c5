import {isSameGrowth} from '../tree/growth.js';
import {limitCrumb} from './crumb-line.js';
import {derive} from './derive.js';
import type {Facts} from './facts.js';
import {growAsShown} from './grow-as-shown.js';
import type {QueryState} from './query-state.js';
import {computeScroll} from './scroll.js';
import {clampSheetRow} from './sheet-actions.js';
import {getSourceRange} from './source-pane/source-layout.js';
import type {Derived, Shown, StoredState, TreeState} from './state.js';
import {isStripShown} from './strip-layout.js';
import type {Pane, SourceView, UiState} from './ui-state.js';

/** Changed fields of each part of a state. An action that returns one of them writes to no other part. */
export type FactsChange = Partial<Facts>;
export type QueryChange = Partial<QueryState>;
export type UiChange = Partial<UiState>;

/**
 * Changed fields of a state. What follows from them is computed, but for the tree: a change of the snapshot or
 * of the query has it with it, and may have the filtered tree where that is known already.
 */
export type Change = FactsChange & QueryChange & UiChange & Partial<Shown & Pick<Derived, 'filtered'>>;

const SOURCE_AT_LINE: SourceView = {row: 0, column: 0, line: null};

/**
 * The state after a change: the only way to a new one. Invariants it keeps: the cursor is on a visible row
 * (where its node is hidden, on the nearest visible ancestor), what is expanded has its children, the window lies
 * within the rows, the selected crumb is one of the line, the focus is on what is shown, source and sheet are scrolled no further than they go, and back
 * when another node is selected.
 */
export function applyChange(previous: TreeState, change: Change): TreeState {
  const changed: TreeState = growAsShown({...previous, ...change}, previous);
  const merged = {...changed, crumb: limitCrumb(changed), focus: limitFocus(changed)};
  const derived = derive(
    merged,
    previous,
    merged.base === (change.base ?? previous.base) ? change.filtered : undefined,
  );
  const {filtered, cursorNode} = derived;
  const isCursorShown = filtered.filteredNodes[merged.cursor] === cursorNode;
  const cursor = isCursorShown ? merged.cursor : filtered.getBaseNodes(cursorNode)[0]!;
  const isSameNode = cursor === previous.cursor && isSameGrowth(merged.base, previous.base);
  const source = isSameNode || merged.source !== previous.source ? merged.source : SOURCE_AT_LINE;
  const hostSourceRange = isSameNode ? merged.hostSourceRange : null;
  const scroll = computeScroll(merged, derived);
  const next = {...merged, ...derived, cursor, source, hostSourceRange, scroll};
  return clampSource({...next, sheetRow: clampSheetRow(next)});
}

/** A strip that is not there any more has no focus. */
function limitFocus(state: TreeState): Pane {
  return state.focus === 'strip' && !isStripShown(state) ? 'tree' : state.focus;
}

/** Every range has the row 0, so that nothing is laid out while the source is not scrolled. */
function clampSource(state: TreeState): TreeState {
  const {source} = state;
  if (source.row === 0) return state;
  const range = getSourceRange(state);
  const row = Math.max(range?.firstRow ?? -Infinity, Math.min(source.row, range?.lastRow ?? Infinity));
  return row === source.row ? state : {...state, source: {...source, row}};
}

/** The first state of a store. */
export function createState(initial: StoredState): TreeState {
  const stored = growAsShown(initial, null);
  const derived = derive(stored, null);
  return {...stored, ...derived, scroll: computeScroll(stored, derived)};
}
