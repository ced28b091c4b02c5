import type {CommandId} from '../keymap/commands.js';
import {createKeymap, type Keymap} from '../keymap/keymap.js';
import type {Change} from './apply-change.js';
import {type HelpLayout, layOutHelp} from './help-layout.js';
import type {TreeState} from './state.js';

export function openHelp(keymap: Keymap = createKeymap()): Change {
  return {help: {row: 0, keymap}};
}

/** What keys do while the help is open; all others rest. */
const HELP_COMMANDS: Partial<Record<CommandId, (state: TreeState, layout: HelpLayout) => Change>> = {
  moveUp: state => scrollHelp(state, -1),
  moveDown: state => scrollHelp(state, 1),
  pageUp: (state, {pageRows}) => scrollHelp(state, -pageRows),
  pageDown: (state, {pageRows}) => scrollHelp(state, pageRows),
  halfPageUp: (state, {pageRows}) => scrollHelp(state, -Math.ceil(pageRows / 2)),
  halfPageDown: (state, {pageRows}) => scrollHelp(state, Math.ceil(pageRows / 2)),
  goToFirst: state => scrollHelp(state, -Infinity),
  goToLast: state => scrollHelp(state, Infinity),
  cancel: () => ({help: null}),
  toggleHelp: () => ({help: null}),
};

export function runHelpCommand(state: TreeState, command: CommandId): Change {
  const layout = getHelpLayout(state);
  return layout === null ? {} : (HELP_COMMANDS[command]?.(state, layout) ?? {});
}

/** Scrolls the open help by so many lines, no further than its end. */
export function scrollHelp(state: TreeState, rows: number): Change {
  const {help} = state;
  const layout = getHelpLayout(state);
  if (help === null || layout === null) return {};
  const present = Math.min(help.row, layout.maxRow);
  return {help: {...help, row: Math.max(0, Math.min(present + rows, layout.maxRow))}};
}

/** The help as it is on the screen: it takes all rows above the status line. */
function getHelpLayout(state: TreeState): HelpLayout | null {
  const {help, layout} = state;
  if (help === null) return null;
  const {width, row} = layout?.status ?? {width: 0, row: 0};
  return layOutHelp(help.keymap, true, width, row);
}
