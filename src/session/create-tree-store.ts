import {createStore} from 'zustand/vanilla';
import {COMMANDS, type CommandId, getCommand} from '../commands/commands.js';
import {createKeymap, type Keymap} from '../commands/keymap.js';
import type {ExportFormatName} from '../export/formats.js';
import type {KeptHistory} from '../heap/history.js';
import {isSameView, type Snapshot, type View} from '../heap/snapshot.js';
import {getTypedText} from '../keymap/keystroke.js';
import {loadRegexEngine} from '../query/bounded-regex.js';
import type {TreeQuery} from '../query/tree-query.js';
import type {LoadAborted, LoadMessage} from '../reader/load-messages.js';
import type {SourceExcerpt, SourceRequest} from '../source/source-excerpt.js';
import {applyChange, type Change} from '../store/apply-change.js';
import {LOADING, openTree, setBase} from '../store/capture-actions.js';
import type {Command, CopiedThing, Outcome} from '../store/command.js';
import {leaveCrumbs, pressOnCrumbs} from '../store/crumb-actions.js';
import {applyFilter} from '../store/filter-prompt.js';
import {explainIdle, explainUnknownKey} from '../store/idle-keys.js';
import {choose, clickInMenu, findMenuItem, getChosenAction, typeInMenu} from '../store/menu-actions.js';
import {clickAt, clickRight, releaseAt, wheelAt} from '../store/mouse-actions.js';
import {noteKey} from '../store/note-key.js';
import {paste} from '../store/paste.js';
import {receive} from '../store/receive.js';
import {runCommand} from '../store/run-command.js';
import {describeSaving, type SaveState} from '../store/save-state.js';
import {holdBack} from '../store/source-actions.js';
import type {SourceContext} from '../store/source-pane/source-layout.js';
import type {TreeState} from '../store/state.js';
import {countTyped} from '../store/typed-keys.js';
import {getLineTyping, getTyping} from '../store/typing.js';
import {requestTyped} from '../store/view-actions.js';
import type {TreeFilters} from '../tree/filter.js';
import type {NodeFormat} from '../tree/node-format.js';
import type {AnyTree} from '../tree/tree-interface.js';
import {type LoadedSource, listModuleFolders} from './capture-directory.js';
import {carryOut} from './carry-out.js';
import {
  checkButton,
  checkCommand,
  checkExcerpt,
  checkKeymap,
  checkMessage,
  checkOptions,
  checkSave,
  checkSourceContext,
  checkString,
  checkStrings,
  toCell,
  toRange,
  toSize,
  toStep,
} from './check-input.js';
import {createInitialState, getModuleNamer} from './initial-state.js';

/**
 * The initial contents of a store. All options are optional: an empty store waits for `receive` or `setTree`.
 */
export interface TreeStoreOptions extends NodeFormat<never> {
  readonly tree?: AnyTree | null | undefined;
  readonly snapshot?: Snapshot;
  /** What the user calls the capture; shown in the status line. */
  readonly name?: string;
  /** Count the elided locations of snapshots in the root, and show them as its last child. */
  readonly wholePeak?: boolean;
  /** Start with what each row held over time, where that is known. */
  readonly showsLives?: boolean;
  /** What is shown of snapshots; all of their locations as a tree unless given. */
  readonly query?: TreeQuery;
  /** Default: uninteresting frames are hidden, the import system is shown. */
  readonly filters?: Partial<TreeFilters>;
  /**
   * Folders of this machine to which module names of snapshots are relative, if no recorded folder contains
   * the file. Default: the current one and that of the capture, if `loadCapture` was given a path.
   */
  readonly moduleFolders?: readonly string[];
  /**
   * The displayed module of a file, for trees. Default: by the search path of the tree. Not used for
   * snapshots.
   */
  readonly moduleOf?: (file: string) => string;
  /** Size of the screen in cells. */
  readonly columns?: number;
  readonly rows?: number;
  /** Called for the commands that the host has to carry out. */
  readonly onQuit?: (reason: 'quit' | 'interrupt') => void;
  readonly onSuspend?: () => void;
  readonly onReload?: () => void;
  /** Redraws the whole screen, including what another program has overwritten. */
  readonly onRedraw?: () => void;
  /**
   * Gets the peak, the leaks or the temporary allocations: at any time, of what is or was read where that holds
   * them, else by another reading. The last one that was asked for counts.
   */
  readonly onRequestView?: (select: View) => void;
  /** The source cannot be read again, as standard input: only what one reading holds is asked for. */
  readonly isReadOnce?: boolean;
  /** What is said of a key may name options of the command line, where it has some. Off unless given. */
  readonly namesOptions?: boolean;
  /** Ends another reading that `onRequestView` has begun, and shows again what was there before. */
  readonly onCancelRequest?: () => void;
  /**
   * Loads the capture again, for its peak, its leaks or its temporary allocations; not called while it is read.
   * @deprecated `onRequestView` does the same, and while the capture is read
   */
  readonly onSelectView?: (select: View) => void;
  /** Copies the selected location, or the command that shows this view. Returns the text, null where there is none. */
  readonly onCopy?: (what: CopiedThing) => string | null;
  /**
   * Opens the source of the selected row in an editor. Resolves to what is to be said about it, null where that is
   * nothing.
   */
  readonly onOpenSource?: (request: SourceRequest) => Promise<string | null>;
  /**
   * Writes the view to a file of the current directory. Resolves to what is to be said about it, null where that is
   * nothing.
   */
  readonly onExport?: (format: ExportFormatName, file: string) => Promise<string | null>;
  /** Saves a live run. Called only while it is unsaved. */
  readonly onSave?: () => void;
  /**
   * Asks for partial snapshots of another view of what is still being recorded.
   * @deprecated `onRequestView` does the same, and at the end
   */
  readonly onSwitchView?: (view: View) => void;
}

export interface TreeActions {
  /** Runs a command, as its key would. Throws TypeError if there is no such command. */
  run(command: CommandId): void;
  /** Handles a keystroke: adds it to the search that is being typed, else runs the command of the keymap. */
  press(keystroke: string, keymap: Keymap): void;
  /**
   * Handles keystrokes that came together, in order. Those that are typed into a search in a row change it
   * once, so that pasted text is searched for as a whole.
   */
  pressAll(keystrokes: readonly string[], keymap: Keymap): void;
  /**
   * Handles text that was pasted: adds it, as one line, to what is being typed, else says that it is ignored. For hosts
   * whose terminal marks such text, as Ink's `usePaste` has it do.
   */
  paste(text: string): void;
  /** Handles a message of a load. */
  receive(message: LoadMessage | LoadAborted): void;
  /** Starts a load. The previous tree stays until the first result. */
  startLoad(name: string, source?: LoadedSource): void;
  /** @deprecated the former name of `startLoad` */
  startReading(name: string): void;
  /** Shows another tree instead of the current capture or tree. Throws TypeError that names the wrong field. */
  setTree(tree: AnyTree): void;
  /** Sets whether the bytes of a live run are saved. Until this is called, the capture can be read again. */
  setSave(save: SaveState): void;
  /** Sets what was held at some moments of the run; null where that is not known. */
  receiveHistory(history: KeptHistory | null): void;
  /** Sets what the program has to say besides, one line each, shown above the status line. */
  setRemarks(remarks: readonly string[]): void;
  /** Sets the size of the tree's pane in cells, if it is part of another app. */
  setViewport(width: number, height: number): void;
  /** Sets the size of the whole screen in cells. */
  setScreen(columns: number, rows: number): void;
  /** Sets the source of the selected frame, as it was read; null where nothing was read for it. */
  setExcerpt(excerpt: SourceExcerpt | null): void;
  /** Sets what the texts of the source pane depend on; null while nothing shows the source. */
  setSourceContext(context: SourceContext | null): void;
  /** Sets the size of the source's pane in cells, if it is part of another app. */
  setSourceSize(width: number, height: number): void;
  /**
   * Sets how far the source can be scrolled from the selected line, in rows (first ≤ 0 ≤ last).
   * @deprecated it follows from `setExcerpt`, `setSourceContext` and `setSourceSize`
   */
  setSourceRange(firstRow: number, lastRow: number): void;
  /**
   * Sets the selected file, if its source is hidden until the user asks for it; else null.
   * @deprecated it follows from `setExcerpt`
   */
  setHeldBackFile(file: string | null): void;
  /**
   * Handles a click, with the left button unless given, or a turn of the wheel by `rowCount` rows (negative:
   * up), on a cell of the screen (from 0, 0).
   */
  clickAt(column: number, row: number, button?: 'left' | 'right'): void;
  /** The left button was released in a column of the screen: where it was pressed on the time strip, that ends a range. */
  releaseAt(column: number): void;
  wheelAt(column: number, row: number, rowCount: number): void;
}

/**
 * A tree and everything that is on the screen around it. There may be any number of stores. It is a zustand
 * store, declared here so that the types of this package depend on no other package. Only its actions change
 * it.
 */
export interface TreeStore {
  getState(): TreeState;
  getInitialState(): TreeState;
  /** Returns a function that ends the subscription. */
  subscribe(listener: (state: TreeState, previous: TreeState) => void): () => void;
  readonly actions: TreeActions;
}

/** @throws TypeError that names the option or the field of the tree that is wrong */
export function createTreeStore(options: TreeStoreOptions = {}): TreeStore {
  checkOptions(options);
  const store = createStore<TreeState>(() => createInitialState(options));
  // A click on a command of the palette runs it as the key would that opened the palette.
  let lastKeymap = createKeymap();
  const update = (next: (state: TreeState) => TreeState) => {
    const state = store.getState();
    const changed = next(state);
    if (changed !== state) store.setState(changed, true);
  };
  const change = (part: Change) => update(state => applyChange(state, part));
  const run = (command: Command, keymap: Keymap) => {
    const {isQuitAsked} = store.getState();
    update(state => noteKey(state, explainIdle(state, command)));
    if (store.getState().help === null && command.staysOnCrumbs !== true) update(leaveCrumbs);
    const outcome = runCommand(store.getState(), command, {keymap, commands: COMMANDS});
    apply(outcome, isQuitAsked);
  };
  const sayOf = (keyNote: string | null) => {
    if (keyNote !== null) change({keyNote});
  };
  /** @param isQuitAsked whether the user was asked before this, and the key is his answer */
  const apply = ({state: next, effect}: Outcome, isQuitAsked: boolean) => {
    if (next !== undefined) update(() => next);
    if (effect?.kind === 'quit' && effect.question !== null && !isQuitAsked) {
      change({isQuitAsked: true, keyNote: effect.question});
    } else if (effect !== undefined) {
      const keyNote = carryOut(effect, options);
      if (keyNote instanceof Promise) void keyNote.then(sayOf);
      else sayOf(keyNote);
    }
  };
  /** A regular expression that is typed is applied as soon as its engine is there. */
  const loadEngine = () => {
    const {filterPrompt, search, menu, hasRegexEngine} = store.getState();
    const isTyped = [filterPrompt, search, menu].some(typed => getText(typed).includes('re:'));
    if (!isTyped || hasRegexEngine) return;
    void loadRegexEngine().then(() => {
      change({hasRegexEngine: true});
      update(state => (state.filterPrompt === null ? state : applyFilter(state, state.filterPrompt)));
    });
  };
  const clickLeft = (column: number, row: number) => {
    const isOnItem = findMenuItem(store.getState(), row) !== null;
    if (store.getState().menu === null) apply(clickAt(store.getState(), column, row), false);
    else update(state => clickInMenu(state, row));
    // What is not possible is only selected: its reason stays in sight.
    if (isOnItem && getChosenAction(store.getState()) !== null) takeChosen(lastKeymap);
  };
  const takeChosen = (keymap: Keymap) => {
    const action = getChosenAction(store.getState());
    update(choose);
    if (action?.kind === 'command') run(action.command, keymap);
    if (action?.kind === 'effect') apply({effect: action.effect}, false);
    if (action?.kind === 'query' && !isSameView(action.query.select, store.getState().view)) {
      apply(requestTyped(store.getState(), action.query.select), false);
    }
  };
  const actions: TreeActions = {
    run(command) {
      checkCommand(command);
      run(getCommand(command), createKeymap());
    },
    press(keystroke, keymap) {
      checkString('keystroke', keystroke);
      checkKeymap(keymap);
      lastKeymap = keymap;
      const command = keymap.getCommand(keystroke);
      const type = isUrgentKey(keystroke, keymap) ? null : getTyping(store.getState());
      const onCrumbs = type === null ? pressOnCrumbs(store.getState(), keystroke) : null;
      if (type === typeInMenu && keystroke === 'enter') {
        takeChosen(keymap);
      } else if (type !== null) {
        update(state => type(state, keystroke, getTypedText(keystroke)));
        loadEngine();
      } else if (onCrumbs !== null) {
        update(() => onCrumbs);
      } else if (command !== null) {
        checkCommand(command);
        run(getCommand(command), keymap);
      } else {
        update(state => noteKey(state, explainUnknownKey(state, keystroke, keymap, isLeftToHost)));
      }
    },
    paste(text) {
      checkString('text', text);
      update(state => paste(state, text));
      loadEngine();
    },
    pressAll(keystrokes, keymap) {
      checkStrings('keystrokes', keystrokes);
      checkKeymap(keymap);
      for (let index = 0; index < keystrokes.length; ) {
        const type = getLineTyping(store.getState());
        const count = type === null ? 0 : countTyped(keystrokes, index, key => isUrgentKey(key, keymap));
        if (type === null || count < 2) actions.press(keystrokes[index]!, keymap);
        else {
          const text = keystrokes
            .slice(index, index + count)
            .map(getTypedText)
            .join('');
          update(state => type(state, '', text));
          loadEngine();
        }
        index += Math.max(1, count);
      }
    },
    receive(message) {
      checkMessage(message);
      update(state => receive(state, message));
    },
    startLoad(name, {captureDirectory = null, isOther = false} = {}) {
      checkString('name', name);
      if (captureDirectory !== null) checkString('captureDirectory', captureDirectory);
      const moduleFolders = options.moduleFolders ?? listModuleFolders(captureDirectory);
      const readName = isOther ? '' : store.getState().readName;
      change({name, readName, captureDirectory, moduleFolders, ...LOADING});
    },
    setSave(save) {
      checkSave(save);
      const note = describeSaving(store.getState().save, save);
      change({save, ...(note !== null && {keyNote: note})});
    },
    receiveHistory(history) {
      change({history});
    },
    setRemarks(remarks) {
      checkStrings('remarks', remarks);
      change({remarks});
    },
    startReading: name => actions.startLoad(name),
    setTree(tree) {
      const moduleOf = getModuleNamer(tree, options);
      update(state => setBase(state, {...openTree(tree), moduleOf, name: options.name ?? ''}));
    },
    setViewport(width, height) {
      const size = toSize({width, height});
      const {hostPane} = store.getState();
      if (hostPane?.width !== size.width || hostPane.height !== size.height) change({hostPane: size});
    },
    setScreen(columns, rows) {
      const screen = toSize({columns, rows});
      const known = store.getState().screen;
      if (known.columns !== screen.columns || known.rows !== screen.rows) change({screen});
    },
    setSourceRange(firstRow, lastRow) {
      change({hostSourceRange: toRange(firstRow, lastRow)});
    },
    setHeldBackFile(file) {
      if (file !== null) checkString('file', file);
      if (store.getState().heldBackFile !== file) change({excerpt: file === null ? null : holdBack(file)});
    },
    setExcerpt(excerpt) {
      if (excerpt !== null) checkExcerpt(excerpt);
      if (store.getState().excerpt !== excerpt) change({excerpt});
    },
    setSourceContext(sourceContext) {
      if (sourceContext !== null) checkSourceContext(sourceContext);
      if (store.getState().sourceContext !== sourceContext) change({sourceContext});
    },
    setSourceSize(width, height) {
      const size = toSize({width, height});
      const {hostSourcePane: known} = store.getState();
      if (known?.width !== size.width || known.height !== size.height) change({hostSourcePane: size});
    },
    clickAt(column, row, button = 'left') {
      checkButton(button);
      if (button === 'left') clickLeft(toCell(column), toCell(row));
      else update(state => clickRight(state, toCell(column), toCell(row)));
    },
    releaseAt(column) {
      apply(releaseAt(store.getState(), toCell(column)), false);
    },
    wheelAt(column, row, rowCount) {
      update(state => wheelAt(state, toCell(column), toCell(row), toStep(rowCount)));
    },
  };
  const {getState, getInitialState, subscribe} = store;
  return {getState, getInitialState, subscribe, actions};
}

/** Whether a keystroke runs its command even while a text is typed. */
function isUrgentKey(keystroke: string, keymap: Keymap): boolean {
  const command = keymap.getCommand(keystroke);
  return COMMANDS.some(({id, isUrgent}) => id === command && isUrgent === true);
}

function getText(typed: {readonly text: string} | {readonly query: string} | null): string {
  if (typed === null) return '';
  return 'text' in typed ? typed.text : typed.query;
}

/** Whether the program has a command for a key; to quit and to show a help are what each app does in its own way. */
function isLeftToHost(keystroke: string): boolean {
  const command = createKeymap().getCommand(keystroke);
  return command !== null && command !== 'quit' && command !== 'toggleHelp';
}
