import {countNeeded, type TreeQuery} from '../src/query/tree-query.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {lacksLocations} from '../src/store/notices.js';

/**
 * Loads a capture again as soon as a query needs more locations than were loaded. Of what was loaded whole, or cannot be
 * loaded whole for lack of memory, nothing more is to be had.
 * @param first what the first load was for
 */
export function createLocationLoader(first: TreeQuery, store: TreeStore, reload: () => void): () => void {
  let loaded = countNeeded(first);
  return () => {
    const state = store.getState();
    if (!lacksLocations(state) || countNeeded(state.query) <= loaded) return;
    loaded = countNeeded(state.query);
    reload();
  };
}
