import type {SourceSide} from '../source/source-excerpt.js';
import type {CallPath} from '../tree/call-path.js';
import type {OpenPaths} from '../tree/open-paths.js';
import type {CommandContext} from './command.js';
import type {Menu} from './menu.js';
import type {PercentBase} from './percent-base.js';
import type {SourceContext, SourceRange} from './source-pane/source-layout.js';
import type {StackMemory} from './stack-memory.js';

/** What the user asks for when he searches. */
export interface Search {
  readonly query: string;
  /** True while the query is typed. */
  readonly isTyping: boolean;
  /** While it is typed: the query before, which Escape comes back to. */
  readonly before?: string;
}

/** The pane that keys go to. */
export type Pane = 'tree' | 'source' | 'strip';

/** How far the source is scrolled from the selected line in the middle, in rows and cells. */
export interface SourceView {
  readonly row: number;
  readonly column: number;
  /** The hot line that was gone to; null where none was. */
  readonly line: number | null;
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

/** The strip that shows the course of the run. Moments are numbers of allocation records. */
export interface StripState {
  readonly isOpen: boolean;
  /** What ranges that are chosen in it show. */
  readonly rangeOf: 'peak' | 'grown';
  /** The end of the chosen range that stays when it is extended. */
  readonly anchor: number | null;
  /** The moment at which the mouse was pressed, until it is released. */
  readonly pressedAt: number | null;
}

/** The open help: its first visible line, and the commands with the keys that it lists. */
export interface HelpView extends CommandContext {
  readonly row: number;
}

/**
 * The third part of the state: what is selected and expanded, where the screen is scrolled to, and what is open
 * on it. Nodes are those of `base`.
 */
export interface UiState {
  /** 1 for each open node of `base`, hidden ones included. */
  readonly isOpen: Uint8Array;
  /** `isOpen` as it was when `base` was set. */
  readonly initialOpen: Uint8Array;
  /**
   * Expanded nodes of former trees: a node that a partial result lacks is expanded again when it comes back.
   */
  readonly openPaths: OpenPaths;
  /** Expanded nodes of former views of the same snapshot; null until there was another view. */
  readonly stackMemory: StackMemory | null;
  /** The node of `base` that the cursor is on. */
  readonly cursor: number;
  /**
   * The path of the cursor that a new tree lacks, and the node that the cursor is on instead; usually null.
   */
  readonly orphanedCursor: {readonly path: CallPath; readonly cursor: number} | null;
  /** The frame that was selected before a view without a row of it, as long as the cursor is on the root; else null. */
  readonly lostFrame: SelectedFrame | null;
  readonly search: Search;
  /** Whether regular expressions can be compiled: their engine is loaded with the first one. */
  readonly hasRegexEngine: boolean;
  /** What the percent of rows are of. */
  readonly percentBase: PercentBase;
  /** Whether rows have a line of what they held in the course of the run. */
  readonly showsLives: boolean;
  /** The crumb that the keys are on, from 0; null while they are elsewhere. */
  readonly crumb: number | null;
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
  readonly strip: StripState;
  /** Null while no menu is open. */
  readonly menu: Menu | null;
  /** Null while the help is closed. */
  readonly help: HelpView | null;
  /** Whether the facts of the selected row are shown instead of the panes. */
  readonly isFactsOpen: boolean;
  /** The first line in sight of a sheet of figures; 0 where there is none. */
  readonly sheetRow: number;
  readonly source: SourceView;
  /** Whether the source has what its lines cost beside them, where there is room. */
  readonly hasCostMargin: boolean;
  /** Of captures that are compared: whose source is shown, where they have two; null for that of what a row has. */
  readonly sourceSide: SourceSide | null;
  /** Files whose source is shown although it is private. */
  readonly revealedFiles: ReadonlySet<string>;
  /** What the texts of the source pane depend on; null while nothing shows the source. */
  readonly sourceContext: SourceContext | null;
  /** Size of the source pane where it is a part of another app; null where the screen's layout determines it. */
  readonly hostSourcePane: PaneSize | null;
  /** How far a panel of the host can scroll the source; null where that is not known. */
  readonly hostSourceRange: SourceRange | null;
  /** Whether the last key was to quit, and the user was asked first. */
  readonly isQuitAsked: boolean;
  /** What is to be said about the last key: why it did nothing, or a question. Null mostly. */
  readonly keyNote: string | null;
  /**
   * False until the first command that moves, expands or hides. Until then each new tree is shown in its start
   * state, with the steps taken from there.
   */
  readonly hasUserNavigated: boolean;
}

/** What is known of a frame in any tree. */
export interface SelectedFrame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}
