import {applyChange, type UiChange} from './apply-change.js';
import {openWayTo} from './expanded-nodes.js';
import type {Matches, TreeState} from './state.js';
import {moveTo} from './tree-actions.js';
import {editLine} from './typed-keys.js';

/** How many of the matches (in display order) stand before a preorder index. */
function countBefore({nodes, preorderIndex}: Matches, limit: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (preorderIndex[nodes[middle]!]! < limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Which match the cursor is on, from 0; −1 where it is on none. */
export function getMatchIndex({matches, cursorNode}: TreeState): number {
  return matches.isMatch[cursorNode] === 1 ? countBefore(matches, matches.preorderIndex[cursorNode]!) : -1;
}

function goToMatch(state: TreeState, index: number): UiChange {
  const {matches, filtered, isOpen} = state;
  const {length} = matches.nodes;
  if (length === 0) {
    return {};
  }
  const node = matches.nodes[(index + length) % length]!;
  return {...moveTo(state, node), isOpen: openWayTo(filtered, isOpen, node)};
}

export function goToNextMatch(state: TreeState): UiChange {
  return goToMatch(
    state,
    countBefore(state.matches, (state.matches.preorderIndex[state.cursorNode] ?? 0) + 1),
  );
}

export function goToPreviousMatch(state: TreeState): UiChange {
  return goToMatch(state, countBefore(state.matches, state.matches.preorderIndex[state.cursorNode] ?? 0) - 1);
}

/** Why nothing is searched now: figures stand where the rows were, or there are no rows yet. Null where rows are searched. */
export function explainUnsearched({
  sheet,
  isFactsOpen,
  shown,
}: Pick<TreeState, 'sheet' | 'isFactsOpen' | 'shown'>): string | null {
  if (sheet !== null)
    return isFactsOpen ? 'Rows are searched: Esc closes the facts' : 'Rows are searched: 1 shows rows';
  return shown?.isAwaited === true ? 'There is no row yet' : null;
}

/** Begins to type another search. */
export function startSearch({search}: TreeState): UiChange {
  return {search: {query: '', isTyping: true, before: search.query}};
}

/** Ends the typing and goes to the first match at the cursor or after it. */
function acceptSearch(state: TreeState): UiChange {
  const search = {query: state.search.query, isTyping: false};
  const {matches, cursorNode} = state;
  return {search, ...goToMatch(state, countBefore(matches, matches.preorderIndex[cursorNode] ?? 0))};
}

/**
 * What a keystroke does while the query is typed.
 * @param text what the keystroke types, or several of them in a row; null for other keys
 */
export function typeSearch(state: TreeState, keystroke: string, text: string | null): TreeState {
  const {search} = state;
  const query = editLine(search.query, keystroke, text);
  if (query !== null) return applyChange(state, {search: {...search, query}});
  if (keystroke === 'enter')
    return state.matches.error === null ? applyChange(state, acceptSearch(state)) : state;
  return keystroke === 'escape'
    ? applyChange(state, {search: {query: search.before ?? '', isTyping: false}})
    : state;
}
