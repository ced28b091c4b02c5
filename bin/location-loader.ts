import type {View} from '../src/heap/snapshot.js';
import {countNeeded, type TreeQuery} from '../src/query/tree-query.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {lacksLocations} from '../src/store/notices.js';

/**
 * Asks for more locations as soon as a query needs more of them than were loaded; once for each number, since of what
 * cannot be had whole for lack of memory nothing more comes.
 */
export function createLocationLoader(store: TreeStore, ask: (query: TreeQuery) => void): () => void {
  const asked = new Map<View['kind'], number>();
  return () => {
    const state = store.getState();
    const {kind} = state.view;
    const needed = countNeeded(state.query);
    if (state.progress === null) {
      asked.clear();
      asked.set(state.query.select.kind, needed);
    }
    if (!lacksLocations(state) || needed <= (asked.get(kind) ?? 0)) return;
    asked.set(kind, needed);
    ask(state.query);
  };
}
