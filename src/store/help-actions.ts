import type {UiChange} from './apply-change.js';
import type {CommandContext} from './command.js';
import {type HelpLayout, layOutHelp} from './help-layout.js';
import type {TreeState} from './state.js';

export function openHelp({keymap, commands}: CommandContext): UiChange {
  return {help: {row: 0, keymap, commands}};
}

/** Scrolls the open help by so many lines, no further than its end. */
export function scrollHelp(state: TreeState, rows: number): UiChange {
  const {help} = state;
  const layout = getHelpLayout(state);
  if (help === null || layout === null) return {};
  const present = Math.min(help.row, layout.maxRow);
  return {help: {...help, row: Math.max(0, Math.min(present + rows, layout.maxRow))}};
}

/** Scrolls the open help by so many pages, or parts of one. */
export function pageHelp(state: TreeState, pages: number): UiChange {
  const {pageRows} = getHelpLayout(state) ?? {pageRows: 0};
  return scrollHelp(state, Math.sign(pages) * Math.ceil(Math.abs(pages) * pageRows));
}

/** The help as it is on the screen: it takes all rows above the status line. */
function getHelpLayout(state: TreeState): HelpLayout | null {
  const {help, layout} = state;
  if (help === null) return null;
  const {width, row} = layout?.status ?? {width: 0, row: 0};
  return layOutHelp(help, true, width, row);
}
