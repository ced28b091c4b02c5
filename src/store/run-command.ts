import type {CommandId} from '../keymap/commands.js';
import type {Keymap} from '../keymap/keymap.js';
import {applyChange, type Change} from './apply-change.js';
import {startFilter} from './filter-prompt.js';
import {openHelp, runHelpCommand} from './help-actions.js';
import {openMenu} from './menu-actions.js';
import {QUERY_ACTIONS} from './query-actions.js';
import {goToNextMatch, goToPreviousMatch} from './search-actions.js';
import type {TreeState} from './state.js';
import {
  closeAll,
  closeOrGoToParent,
  getHalfPageRows,
  getPageRows,
  goToNextSibling,
  goToParent,
  goToPreviousSibling,
  moveBy,
  moveToRow,
  openChain,
  openOrGoToChild,
  openSubtree,
  toggle,
} from './tree-actions.js';

type TreeCommand = (state: TreeState) => Change;

/**
 * Commands on the tree. Each of them counts as navigation: from then on a new tree keeps the cursor and the
 * expanded nodes.
 */
const TREE_COMMANDS = {
  moveUp: state => moveBy(state, -1),
  moveDown: state => moveBy(state, 1),
  goToParent,
  goToPreviousSibling,
  goToNextSibling,
  pageUp: state => moveBy(state, -getPageRows(state)),
  pageDown: state => moveBy(state, getPageRows(state)),
  halfPageUp: state => moveBy(state, -getHalfPageRows(state)),
  halfPageDown: state => moveBy(state, getHalfPageRows(state)),
  goToFirst: state => moveToRow(state, 0),
  goToLast: state => moveToRow(state, state.rows.length - 1),
  closeOrGoToParent,
  openOrGoToChild,
  toggle: state => toggle(state, state.cursorNode),
  openChain,
  openSubtree,
  closeAll,
  goToNextMatch,
  goToPreviousMatch,
} as const satisfies Partial<Record<CommandId, TreeCommand>>;

const MENU_COMMANDS = {
  openPalette: state => openMenu(state, 'palette'),
  openRowMenu: state => openMenu(state, 'row'),
  openThreads: state => openMenu(state, 'threads'),
} as const satisfies Partial<Record<CommandId, (state: TreeState) => TreeState>>;

const SOURCE_COLUMN_STEP = 8;

export function scrollSource({source}: TreeState, rows: number, columns = 0): Change {
  return {source: {row: source.row + rows, column: Math.max(0, source.column + columns)}};
}

/** What the keys of the tree do while the source has the focus. The store keeps the rows within the file. */
const SOURCE_COMMANDS = {
  moveUp: state => scrollSource(state, -1),
  moveDown: state => scrollSource(state, 1),
  pageUp: state => scrollSource(state, -getPageRows(state)),
  pageDown: state => scrollSource(state, getPageRows(state)),
  halfPageUp: state => scrollSource(state, -getHalfPageRows(state)),
  halfPageDown: state => scrollSource(state, getHalfPageRows(state)),
  goToFirst: ({source}) => ({source: {...source, row: -Infinity}}),
  goToLast: ({source}) => ({source: {...source, row: Infinity}}),
  closeOrGoToParent: state => scrollSource(state, 0, -SOURCE_COLUMN_STEP),
  openOrGoToChild: state => scrollSource(state, 0, SOURCE_COLUMN_STEP),
} as const satisfies Partial<Record<CommandId, TreeCommand>>;

const SCREEN_COMMANDS = {
  startSearch: () => ({search: {query: '', isTyping: true}}),
  cancel: () => ({search: {query: '', isTyping: false}}),
  switchFocus: ({focus}) => ({focus: focus === 'tree' ? 'source' : 'tree'}),
  revealSource,
} as const satisfies Partial<Record<CommandId, TreeCommand>>;

function revealSource({heldBackFile, revealedFiles}: TreeState): Change {
  return heldBackFile === null ? {} : {revealedFiles: new Set([...revealedFiles, heldBackFile])};
}

function lookUp<T>(table: Partial<Record<CommandId, T>>, command: CommandId): T | undefined {
  return table[command];
}

/**
 * The state after a command; `keymap` has the keys in force (default: the usual ones). Commands that concern
 * the program (quit, suspend, reload, redraw) change nothing here.
 */
export function runCommand(state: TreeState, command: CommandId, keymap?: Keymap): TreeState {
  if (state.help !== null) return applyChange(state, runHelpCommand(state, command));
  if (command === 'toggleHelp') return applyChange(state, openHelp(keymap));
  const inSource = state.focus === 'source' ? lookUp<TreeCommand>(SOURCE_COMMANDS, command) : undefined;
  const elsewhere = inSource ?? lookUp<TreeCommand>(SCREEN_COMMANDS, command);
  if (elsewhere !== undefined) {
    return applyChange(state, elsewhere(state));
  }
  const onQuery = lookUp<(before: TreeState) => TreeState>(
    {...QUERY_ACTIONS, startFilter, ...MENU_COMMANDS},
    command,
  );
  if (onQuery !== undefined) {
    const next = onQuery(state);
    return applyChange(next, {hasUserNavigated: true, isCursorFollowed: true});
  }
  const inTree = lookUp<TreeCommand>(TREE_COMMANDS, command);
  return inTree === undefined
    ? state
    : applyChange(state, {...inTree(state), hasUserNavigated: true, isCursorFollowed: true});
}
