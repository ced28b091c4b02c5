import type {HeapBackend, HeapColumns, HistoryColumns, RunCourse} from './heap-backend.js';
import {type HeapBudget, makeIfRoom, makeWithin} from './heap-budget.js';
import {findNearestKept} from './kept-states.js';
import type {NativeTraces} from './native-traces.js';
import type {SnapshotOptions, View} from './snapshot.js';

// What a heap gives within so many bytes of V8's heap.

/** So many locations, with their stacks, take some 50 MB. */
const MAX_WHOLE_LOCATIONS = 400_000;
/** What naming the native frames of a location takes of V8's heap, in bytes. */
const BYTES_PER_NATIVE_LOCATION = 8192;

/** All locations; null if they, or their stacks, take much memory. */
export function selectWhole(backend: HeapBackend, view: View, budgetBytes: number): HeapColumns | null {
  const select = (biggestAllocs: number, budget: HeapBudget): HeapColumns =>
    backend.selectColumns({view, biggestAllocs}, budget);
  const all = makeWithin(budgetBytes, 0, select);
  if (all.elided.locations > MAX_WHOLE_LOCATIONS) return null;
  const columns = makeWithin(budgetBytes, Infinity, select);
  return columns.cutStacks === 0 && columns.elided.locations === 0 ? columns : null;
}

export function selectUnmerged(
  backend: HeapBackend,
  {view, biggestAllocs: asked}: SnapshotOptions,
  budgetBytes: number,
): HeapColumns & {readonly native: NativeTraces} {
  const maxLocations = Math.min(asked, Math.floor(budgetBytes / BYTES_PER_NATIVE_LOCATION));
  return makeWithin(budgetBytes, maxLocations, (biggestAllocs, budget) =>
    backend.getUnmergedSnapshot({view, biggestAllocs}, budget),
  );
}

/** The moment that is nearest to so many allocation records, of those that are kept; null where none is. */
export function selectNearest(
  kept: RunCourse | null,
  records: number,
  maxLocations: number,
  budgetBytes: number,
): {readonly view: View; readonly columns: HeapColumns} | null {
  const count = kept && findNearestKept(kept.getTimeline().cells, records);
  if (kept === null || count === null) return null;
  const view: View = {kind: 'moment', at: {kind: 'allocations', count}};
  const columns = makeWithin(budgetBytes, maxLocations, (limit, budget) =>
    kept.getColumns(count, view, limit, budget),
  );
  return columns && {view, columns};
}

/** Null where it is not kept, or takes much memory. */
export function selectHistory(
  kept: RunCourse | null,
  view: View,
  budgetBytes: number,
): HistoryColumns | null {
  const history = kept && makeIfRoom(budgetBytes, budget => kept.getHistory(view, budget));
  if (history === null || history.base.cutStacks > 0) return null;
  return history.numbers.length > MAX_WHOLE_LOCATIONS ? null : history;
}
