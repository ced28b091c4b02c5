import type {ExportFormatName} from '../export/formats.js';
import type {View} from '../heap/snapshot.js';
import type {Keymap, KeyScope} from '../keymap/keymap.js';
import type {SourceRequest} from '../source/source-excerpt.js';
import type {TreeState} from './state.js';

/** Where the help lists a command. */
export type CommandGroup =
  | 'Move'
  | 'Expand and collapse'
  | 'Filter and search'
  | 'Query'
  | 'Shape and order'
  | 'Time'
  | 'Source'
  | 'Program';

/** All about one command. Keystrokes are written as `keymap/keystroke.ts` names them. */
export interface Command<Id extends string = string> {
  readonly id: Id;
  readonly keys: readonly string[];
  readonly group: CommandGroup;
  /** What it does, for the help, the palette and docs/keys.md. */
  readonly help: string;
  readonly hint?: CommandHint;
  /** "program": a command of the whole program. A tree inside another app leaves these keys to its host. */
  readonly scope: KeyScope;
  /** True where the keys stay on the crumbs, if they are there. */
  readonly staysOnCrumbs?: true;
  /** True where its key runs it even while a text is typed. */
  readonly isUrgent?: true;
  readonly run: Run;
  /** What it does instead while the source has the focus. */
  readonly inSource?: Run;
  /** What it does instead while the time strip has the focus. */
  readonly inStrip?: Run;
  /** What it does instead while a sheet of figures is shown. */
  readonly inSheet?: Run;
  /** What it does while the help is open: nothing unless given. */
  readonly inHelp?: Run;
  /**
   * Why it would do nothing now, in one line that fits on a screen of 80 columns; null where it does something,
   * or where the reason is plain to see.
   */
  readonly idle?: (state: TreeState) => string | null;
}

/** What the key of a command would do now, in the line of the hints. */
export interface CommandHint {
  /** Several where the text depends on the state. */
  readonly texts: readonly string[];
  /** Its place among the hints, the lowest first; null while it is not worth a hint. */
  readonly rank: (state: TreeState) => number | null;
  /** Index of the text that fits now; 0 unless given. */
  readonly variant?: (state: TreeState) => number;
}

export type Run = (state: TreeState, context: CommandContext) => Outcome;

/** What a command may need besides the state. */
export interface CommandContext {
  /** The keys in force. */
  readonly keymap: Keymap;
  /** All commands, in the order of the help. */
  readonly commands: readonly Command[];
}

/** What a command leads to: a new state, something that the host carries out, both or nothing. */
export interface Outcome {
  readonly state?: TreeState;
  readonly effect?: Effect;
}

export type CopiedThing = 'location' | 'command';

/** What the host carries out. */
export type Effect =
  /** `question`: what the user is asked first; null where nothing would be lost. */
  | {readonly kind: 'quit'; readonly reason: 'quit' | 'interrupt'; readonly question: string | null}
  | {readonly kind: 'suspend' | 'reload' | 'save' | 'redraw'}
  /** Gets another selection; `isReading`: while the capture is read. */
  | {readonly kind: 'requestView'; readonly view: View; readonly isReading: boolean}
  /** Ends what another selection has begun. */
  | {readonly kind: 'cancelRequest'}
  | {readonly kind: 'copy'; readonly what: CopiedThing}
  /** Writes the view to a file of the current directory. */
  | {readonly kind: 'export'; readonly format: ExportFormatName; readonly file: string}
  /** Opens a source in the user's editor. */
  | {readonly kind: 'openSource'; readonly request: SourceRequest};
