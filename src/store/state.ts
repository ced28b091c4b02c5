import type {CaptureErrorCode} from '../capture/damage.js';
import type {CaptureInfo, Elided, Snapshot, View} from '../heap/snapshot.js';
import type {Naming} from '../query/naming.js';
import type {ShownTree} from '../query/show-snapshot.js';
import type {TreeQuery} from '../query/tree-query.js';
import type {LoadProgress} from '../reader/load-messages.js';
import type {CallPaths} from '../tree/call-paths.js';
import type {CallTree} from '../tree/call-tree.js';
import type {FilteredTree, TreeFilters} from '../tree/filter.js';
import type {SafeFormat} from '../tree/node-format.js';
import type {TreeData} from '../tree/tree-data.js';
import type {CommandContext} from './command.js';
import type {Menu, MenuItem} from './menu.js';
import type {SaveState} from './save-state.js';
import type {ScreenLayout} from './screen-layout.js';

/** A snapshot, with its tree where the worker has built it. */
export interface ViewResult {
  readonly snapshot: Snapshot;
  readonly tree?: TreeData | undefined;
}

/** The peak and the leaks of a recording that was followed: one is shown, the other one waits for key v. */
export interface BothViews {
  readonly shown: ViewResult;
  readonly other: ViewResult;
}

/** What is loaded, besides the tree. */
export interface CaptureState {
  readonly status: 'idle' | 'reading' | 'done' | 'failed';
  /** What the user calls the capture: a path, or "-". As given, not sanitised. */
  readonly name: string;
  readonly progress: LoadProgress | null;
  /** Of the newest result, partial or final. */
  readonly capture: CaptureInfo | null;
  readonly view: View;
  readonly bothViews: BothViews | null;
  /** The newest result, with all the locations that were loaded; null where the tree is one of the host. */
  readonly snapshot: Snapshot | null;
  /** How files are named in terms; null where there is no snapshot. */
  readonly naming: Naming | null;
  /**
   * How many locations the tree is made of: the limit of `-b` where there are more. 0 for trees of others.
   */
  readonly shownLocations: number;
  /** Whether trees of snapshots count the elided locations. */
  readonly wholePeak: boolean;
  /** Folders of this machine that module names are relative to, where nothing recorded holds the file. */
  readonly moduleFolders: readonly string[];
  readonly failure: {readonly code: CaptureErrorCode | 'internal'; readonly message: string} | null;
  /** What becomes of the bytes of a live run; null where the capture can be read again. */
  readonly save: SaveState | null;
  /** Whether the host loads a capture again for something else: peak, leaks or temporary allocations. */
  readonly canReload: boolean;
  /** What the program has to say besides, one line each. */
  readonly remarks: readonly string[];
}

/** What the user asks for when he searches. */
export interface Search {
  readonly query: string;
  /** True while the query is typed. */
  readonly isTyping: boolean;
}

/** The pane that keys go to. */
export type Pane = 'tree' | 'source';

/** How far the source is scrolled from the selected line in the middle, in rows and cells. */
export interface SourceView {
  readonly row: number;
  readonly column: number;
}

/** In cells. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** In cells. */
export interface PaneSize {
  readonly width: number;
  readonly height: number;
}

/** The open help: its first visible line, and the commands with the keys that it lists. */
export interface HelpView extends CommandContext {
  readonly row: number;
}

/** A view that undo and redo come back to: a query, and what was expanded and selected in its tree. */
export interface PastView {
  readonly query: TreeQuery;
  readonly filters: TreeFilters;
  readonly isOpen: Uint8Array;
  readonly cursor: number;
  readonly scroll: {readonly row: number};
  /** The snapshot that the nodes belong to. */
  readonly snapshot: Snapshot | null;
}

/** The term that is typed as a filter, and the view before it. */
export interface FilterPrompt {
  readonly text: string;
  readonly before: PastView;
  /** Why it cannot be applied, in a few words; null where it is. */
  readonly error: string | null;
}

/** The state of the UI, and the tree it belongs to. Nodes are those of `base`. */
export interface UiState {
  /** What is shown of the snapshot; without the filters. */
  readonly query: TreeQuery;
  /** The newest last. */
  readonly past: readonly PastView[];
  /** Views that were undone, the newest last. */
  readonly future: readonly PastView[];
  /** Null while no filter is typed. */
  readonly filterPrompt: FilterPrompt | null;
  /** Null while no menu is open. */
  readonly menu: Menu | null;
  /** What the query shows; null where the tree is one of the host. */
  readonly shown: ShownTree | null;
  /** What is below the cut. */
  readonly elided: Elided;
  /** The tree before the filters, unless they are a part of it (`shown.hasFilters`). */
  readonly base: CallTree;
  readonly moduleOf: (file: string) => string;
  /** How values, shares and icons are written. */
  readonly format: SafeFormat;
  readonly filters: TreeFilters;
  /** 1 for each open node of `base`, hidden ones included. Never changed in place. */
  readonly isOpen: Uint8Array;
  /** `isOpen` as it was when `base` was set. */
  readonly initialOpen: Uint8Array;
  /**
   * Expanded nodes of former trees: a node that a partial result lacks is expanded again when it comes back.
   */
  readonly callPaths: CallPaths;
  /** The node of `base` that the cursor is on. */
  readonly cursor: number;
  /**
   * The path of the cursor that a new tree lacks, and the node that the cursor is on instead; usually null.
   */
  readonly orphanedCursor: {readonly path: number; readonly cursor: number} | null;
  readonly search: Search;
  /** First visible row. */
  readonly scroll: {readonly row: number};
  /** False after the wheel moved the rows away from the cursor, until the next command. */
  readonly isCursorFollowed: boolean;
  /** Size of the whole screen in cells; zero where the tree is a part of another app. */
  readonly screen: ScreenSize;
  /**
   * Size of the tree's pane where the tree is a part of another app; null where the screen's layout
   * determines it.
   */
  readonly hostPane: PaneSize | null;
  readonly focus: Pane;
  /** Null while the help is closed. */
  readonly help: HelpView | null;
  readonly source: SourceView;
  /** Files whose source is shown although it is private. */
  readonly revealedFiles: ReadonlySet<string>;
  /** The selected file, if its source is held back until it is asked for. */
  readonly heldBackFile: string | null;
  /** Whether the last key was to quit, and the user was asked first. */
  readonly isQuitAsked: boolean;
  /** What is to be said about the last key: why it did nothing, or a question. Null mostly. */
  readonly keyNote: string | null;
  /** False until the first command. Until then each new tree is shown in its start state. */
  readonly hasUserNavigated: boolean;
}

/** What is derived from capture and UI state. Nodes are those of `filtered.tree`. */
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
}

export type TreeState = CaptureState & UiState & Derived;
