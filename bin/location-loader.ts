import type {Snapshot} from '../src/heap/snapshot.js';
import {formatSelect} from '../src/query/grammar/format-query.js';
import {getNeededView, needsBlocks} from '../src/query/needs.js';
import {countNeeded, type TreeQuery} from '../src/query/tree-query.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {isAwaiting, isReadingWanted} from '../src/store/awaited-reading.js';
import {lacksLocations} from '../src/store/notices.js';

/**
 * Asks for what a query lacks: for more locations, once for each number, since of what cannot be had whole for lack of
 * memory nothing more comes; and for single allocations, once for each reading that a view waits for.
 */
export function createLocationLoader(
  store: TreeStore,
  ask: (query: TreeQuery, wantsBlocks: boolean) => void,
): () => void {
  const asked = new Map<string, number>();
  /** What was there when another reading was asked for, and what for. */
  let awaited: {readonly beside: Snapshot | null; readonly reading: string} | null = null;
  return () => {
    const state = store.getState();
    const view = formatSelect(state.view);
    const needed = countNeeded(state.query);
    if (state.progress === null) {
      asked.clear();
      asked.set(formatSelect(state.query.select), needed);
    }
    if (!isAwaiting(state)) awaited = null;
    const wantsBlocks = state.isFactsOpen || needsBlocks(state.query);
    const reading = `${formatSelect(getNeededView(state.query))} ${wantsBlocks}`;
    if (isReadingWanted(state) && !(awaited?.beside === state.snapshot && awaited.reading === reading)) {
      awaited = {beside: state.snapshot, reading};
      ask(state.query, wantsBlocks);
      return;
    }
    if (!lacksLocations(state) || needed <= (asked.get(view) ?? 0)) return;
    asked.set(view, needed);
    ask(state.query, state.snapshot?.blocks !== undefined);
  };
}
