import {typeFilter} from './filter-prompt.js';
import {typeInMenu} from './menu-actions.js';
import {typeSearch} from './search-actions.js';
import type {TreeState} from './state.js';

type Type = typeof typeSearch;

/** What takes the keys, where they do not run commands. */
export function getTyping({menu, filterPrompt, search}: TreeState): Type | null {
  if (menu !== null) return typeInMenu;
  if (filterPrompt !== null) return typeFilter;
  return search.isTyping ? typeSearch : null;
}

/** What takes a text that is typed in one piece, where something does. */
export function getLineTyping(state: TreeState): Type | null {
  // A space marks a thread, and the steps of a row are not typed.
  const isTyped = state.menu === null || !['row', 'threads'].includes(state.menu.kind);
  return isTyped ? getTyping(state) : null;
}

/** Whether keys are typed into a search, a filter or a menu: they are not meant as commands, of the host neither. */
export function isTyping(state: TreeState): boolean {
  return getTyping(state) !== null;
}
