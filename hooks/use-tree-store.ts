import {useMemo} from 'react';
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

/**
 * The whole state, for what is drawn from most of it. It stays the same object while only the source that was
 * read, or what shows it, changes: they come after the frame that they belong to, and need no other one.
 */
export function useScreenState(store: TreeStore): TreeState {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each store has a selector of its own.
  const selector = useMemo(createScreenSelector, [store]);
  return useStore(store, selector);
}

function createScreenSelector(): (state: TreeState) => TreeState {
  let known: TreeState | null = null;
  return state => {
    if (known === null || !isSameScreen(known, state)) known = state;
    return known;
  };
}

/** Only the panel of the source depends on them, and it has them itself. */
const NOT_DRAWN: ReadonlySet<keyof TreeState> = new Set(['excerpt', 'sourceContext', 'hostSourcePane']);

function isSameScreen(known: TreeState, state: TreeState): boolean {
  const fields = Object.keys(state) as (keyof TreeState)[];
  return fields.every(field => NOT_DRAWN.has(field) || known[field] === state[field]);
}
