import type {Snapshot, View} from '../src/heap/snapshot.js';
import {needsBlocks} from '../src/query/needs.js';
import {countNeeded, type TreeQuery} from '../src/query/tree-query.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {isAwaiting, isReadingWanted} from '../src/store/awaited-reading.js';
import {lacksLocations} from '../src/store/notices.js';

/**
 * Asks for what a query lacks: for more locations, once for each number, since of what cannot be had whole for lack of
 * memory nothing more comes; and for single allocations, once as long as a view waits for them.
 */
export function createLocationLoader(
  store: TreeStore,
  ask: (query: TreeQuery, wantsBlocks: boolean) => void,
): () => void {
  const asked = new Map<View['kind'], number>();
  /** What was there when single allocations were asked for. */
  let awaitedBeside: Snapshot | null = null;
  return () => {
    const state = store.getState();
    const {kind} = state.view;
    const needed = countNeeded(state.query);
    if (state.progress === null) {
      asked.clear();
      asked.set(state.query.select.kind, needed);
    }
    if (!isAwaiting(state)) awaitedBeside = null;
    if (isReadingWanted(state) && awaitedBeside !== state.snapshot) {
      awaitedBeside = state.snapshot;
      ask(state.query, state.isFactsOpen || needsBlocks(state.query));
      return;
    }
    if (!lacksLocations(state) || needed <= (asked.get(kind) ?? 0)) return;
    asked.set(kind, needed);
    ask(state.query, state.snapshot?.blocks !== undefined);
  };
}
