import {useStore} from 'zustand';
import type {TreeStore} from '../src/session/create-tree-store.js';
import type {TreeState} from '../src/store/state.js';

/**
 * A part of a store's state; renders again when it changes. `selector` returns what is in the state, or a
 * string or number: an object created each time would never be the same.
 */
export function useTreeState<T>(store: TreeStore, selector: (state: TreeState) => T): T {
  return useStore(store, selector);
}
