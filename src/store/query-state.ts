import type {Snapshot, View} from '../heap/snapshot.js';
import type {TargetedPart} from '../query/edit-query.js';
import type {TreeQuery} from '../query/tree-query.js';
import type {TreeFilters} from '../tree/filter.js';

/** A view that undo and redo come back to: a query, and what was expanded and selected in its tree. */
export interface PastView {
  readonly query: TreeQuery;
  readonly optional: ReadonlySet<TargetedPart>;
  readonly filters: TreeFilters;
  readonly wholePeak: boolean;
  readonly isOpen: Uint8Array;
  /**
   * Of a tree that grows: the nodes that were expanded, in that order, so that nodes get the same numbers; null where
   * there are too many to do that again.
   */
  readonly grown: readonly number[] | null;
  readonly cursor: number;
  readonly scroll: {readonly row: number};
  /** The snapshot that the nodes belong to. */
  readonly snapshot: Snapshot | null;
  readonly hasUserNavigated: boolean;
  /** The selection that was shown, where the view after it is of another one: coming back takes that of the host. */
  readonly select: View | null;
}

/** What the plain view, which has no steps, keeps of the start. */
export interface PlainView {
  readonly biggest: number | null;
  readonly filters: TreeFilters;
  readonly wholePeak: boolean;
}

/** The term that is typed as a filter, and the view before it. */
export interface FilterPrompt {
  readonly text: string;
  readonly before: PastView;
  /** Why it cannot be applied, in a few words; null where it is. */
  readonly error: string | null;
}

/** The second part of the state: what the user asks of the snapshot, and what he asked before. */
export interface QueryState {
  /** What is shown of the snapshot; without the filters. */
  readonly query: TreeQuery;
  /** What the host was asked for and has not sent whole; null mostly. */
  readonly askedView: View | null;
  /**
   * Parts of the query that were made for a view with a step that was removed since: where they name nothing, they do
   * nothing.
   */
  readonly optional: ReadonlySet<TargetedPart>;
  readonly plain: PlainView;
  readonly filters: TreeFilters;
  /** Whether trees of snapshots count the elided locations. */
  readonly wholePeak: boolean;
  /** The newest last. */
  readonly past: readonly PastView[];
  /** Views that were undone, the newest last. */
  readonly future: readonly PastView[];
  /** Null while no filter is typed. */
  readonly filterPrompt: FilterPrompt | null;
}
