import {growArray} from '../base/column.js';
import {growForSearch, growOpen} from '../tree/growth.js';
import type {Shown} from './state.js';
import type {UiState} from './ui-state.js';

/**
 * The state with all nodes that it shows: the children of what is expanded, and for a search as much of the tree as a key
 * may make. Nodes keep their numbers.
 */
export function growAsShown<S extends Shown & UiState>(state: S, previous: (Shown & UiState) | null): S {
  const {base, isOpen, search} = state;
  if (base.growth === undefined) return state;
  const isSameSearch = search.query === previous?.search.query;
  if (isSameSearch && base === previous.base && isOpen === previous.isOpen) return state;
  // Once for a search, however it goes on.
  const isSearched = search.query !== '' && !(previous?.search.query && base === previous.base);
  const grown = growOpen(isSearched ? growForSearch(base) : base, isOpen);
  return {
    ...state,
    base: grown,
    isOpen: lengthen(isOpen, grown.length),
    initialOpen: lengthen(state.initialOpen, grown.length),
  };
}

/** New nodes are collapsed. */
function lengthen(isOpen: Uint8Array, length: number): Uint8Array {
  return isOpen.length < length ? growArray(isOpen, length) : isOpen;
}
