import type {View} from '../src/heap/snapshot.js';
import {lacksReading} from '../src/query/needs.js';
import {countNeeded, type TreeQuery} from '../src/query/tree-query.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {lacksLocations} from '../src/store/notices.js';

/**
 * Asks for more as soon as a query needs more than was loaded: for more locations once for each number, since of what
 * cannot be had whole for lack of memory nothing more comes; for blocks, or the whole run, once for each query.
 */
export function createLocationLoader(store: TreeStore, ask: (query: TreeQuery) => void): () => void {
  const asked = new Map<View['kind'], number>();
  let askedQuery: TreeQuery | null = null;
  return () => {
    const state = store.getState();
    const {query, snapshot} = state;
    const {kind} = state.view;
    const needed = countNeeded(query);
    if (state.progress === null) {
      asked.clear();
      asked.set(query.select.kind, needed);
    }
    if (state.status === 'done' && snapshot !== null && lacksReading(snapshot, query)) {
      if (askedQuery === query) return;
      askedQuery = query;
      ask(query);
      return;
    }
    if (!lacksLocations(state) || needed <= (asked.get(kind) ?? 0)) return;
    asked.set(kind, needed);
    ask(query);
  };
}
