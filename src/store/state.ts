import type {Elided} from '../heap/snapshot.js';
import type {ShownTree} from '../query/show-snapshot.js';
import type {FigureLine} from '../query/stats/figure-lines.js';
import type {CallTree} from '../tree/call-tree.js';
import type {FilteredTree} from '../tree/filter.js';
import type {Facts} from './facts.js';
import type {MenuItem} from './menu.js';
import type {QueryState} from './query-state.js';
import type {ScreenLayout} from './screen-layout.js';
import type {PaneSize, UiState} from './ui-state.js';

/** What the query makes of the snapshot: the tree. Made with the change that it follows from (see `Change`). */
export interface Shown {
  /** What the query shows; null where the tree is one of the host. */
  readonly shown: ShownTree | null;
  /** The tree before the filters, unless they are a part of it (`shown.hasFilters`). */
  readonly base: CallTree;
  /** What is below the cut. */
  readonly elided: Elided;
  /**
   * How many locations the tree is made of: the limit of `-b` where there are more. 0 for trees of others.
   */
  readonly shownLocations: number;
}

/** What follows from the three parts and the tree. Nodes are those of `filtered.tree`. */
export interface Derived {
  /** What the open menu offers. */
  readonly menuItems: readonly MenuItem[];
  readonly filtered: FilteredTree;
  /** By how many levels the row of each node is indented. */
  readonly indents: Int32Array;
  /** 1 for each open node. */
  readonly isFilteredOpen: Uint8Array;
  /** The visible nodes from top to bottom. */
  readonly rows: Int32Array;
  /** The row of each node, −1 where it is not visible. */
  readonly rowOf: Int32Array;
  readonly cursorNode: number;
  readonly cursorRow: number;
  readonly matches: Matches;
  /** The selected file, if its source is held back until it is asked for. */
  readonly heldBackFile: string | null;
  /** Lines of figures that stand in place of the panes: statistics, or the facts of a row; null mostly. */
  readonly sheet: readonly FigureLine[] | null;
  /** What is where on the screen; null while its size is not known. */
  readonly layout: ScreenLayout | null;
  /** Size of the pane that the keys of the tree move in. */
  readonly viewport: PaneSize;
}

/** What a search found. */
export interface Matches {
  /** The nodes found, in display order. */
  readonly nodes: Int32Array;
  /** 1 for each node found; empty where nothing is searched. */
  readonly isMatch: Uint8Array;
  /** The index of each node in display order; empty where nothing is searched. */
  readonly preorderIndex: Int32Array;
  /** Why the search cannot be read, in a few words; null where it is. */
  readonly error: string | null;
}

/**
 * Everything on the screen: three parts that are stored, each by one kind of action, and what follows from them.
 * No field is in two of them. Nothing in it is ever changed in place.
 */
export type TreeState = StoredState & Derived;

/** What is stored, with the tree of it. */
export type StoredState = Facts & QueryState & UiState & Shown;
