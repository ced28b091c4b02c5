import {growArray} from '../base/column.js';
import {growBelow, growOpen, isWhole} from '../tree/growth.js';
import type {Shown} from './state.js';
import type {UiState} from './ui-state.js';

/** Said where a key asks for more nodes than there may be. */
export const TOO_MANY_NODES = 'There are too many nodes to expand or find all of them';

/**
 * The state with all nodes that it shows: the children of what is expanded, and for a search the whole tree. Nodes keep
 * their numbers.
 */
export function growAsShown<S extends Shown & UiState>(state: S, previous: (Shown & UiState) | null): S {
  const {base, isOpen, search} = state;
  if (base.growth === undefined) return state;
  const isSameSearch = search.query === previous?.search.query;
  if (isSameSearch && base === previous.base && isOpen === previous.isOpen) return state;
  // Once for a search, however it goes on.
  const isSearched = search.query !== '' && !(previous?.search.query && base === previous.base);
  const grown = isSearched ? growBelow(base, 0) : growOpen(base, isOpen);
  return {
    ...state,
    base: grown,
    isOpen: lengthen(isOpen, grown.length),
    initialOpen: lengthen(state.initialOpen, grown.length),
    ...(isSearched && !isWhole(grown) && {keyNote: TOO_MANY_NODES}),
  };
}

/** New nodes are collapsed. */
function lengthen(isOpen: Uint8Array, length: number): Uint8Array {
  return isOpen.length < length ? growArray(isOpen, length) : isOpen;
}
