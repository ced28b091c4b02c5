import {applyChange} from './apply-change.js';
import type {Command} from './command.js';
import {explainNoItems, type Menu, type MenuAction} from './menu.js';
import {showQuery} from './query-actions.js';
import type {TreeState} from './state.js';
import {editLine} from './typed-keys.js';

/** @param commands what the palette lists */
export function openMenu(state: TreeState, kind: Menu['kind'], commands: readonly Command[] = []): TreeState {
  return applyChange(state, {menu: {kind, text: '', index: 0, marked: [], commands, format: null}});
}

/** What Enter would do now; null where nothing is selected, or it is not possible. */
export function getChosenAction({menu, menuItems}: TreeState): MenuAction | null {
  return menu === null ? null : (menuItems[menu.index]?.action ?? null);
}

/**
 * Shows what was chosen, or asks for more; commands and effects are run by the store. What is not possible keeps the
 * menu open, and the reason is said.
 */
export function choose(state: TreeState): TreeState {
  const {menu} = state;
  const action = getChosenAction(state);
  if (menu === null) return state;
  if (action === null) return applyChange(state, {keyNote: explainNoChoice(state, menu)});
  if (action.kind === 'ask file') {
    const {format, offered} = action;
    return changeMenu(state, {...menu, kind: 'file', text: offered, index: 0, format});
  }
  const closed = changeMenu(state, null);
  return action.kind === 'query' ? showQuery(closed, action.query) : closed;
}

function explainNoChoice({menuItems}: TreeState, menu: Menu): string | null {
  const item = menuItems[menu.index];
  return item === undefined ? explainNoItems(menu, menuItems) : item.reason;
}

/** What was said of the last key is gone with the next one. */
function changeMenu(state: TreeState, menu: Menu | null): TreeState {
  return applyChange(state, {menu, keyNote: null});
}

/** The first item in sight: the selected one is in the middle as far as there are others. */
export function getFirstItem({index}: Menu, count: number, rows: number): number {
  return Math.max(0, Math.min(index - Math.floor(rows / 2), count - rows));
}

/** Rows above the items. */
export const MENU_TITLE_ROWS = 1;

/** The item in a row of the screen; null where there is none. */
export function findMenuItem({menu, menuItems, layout}: TreeState, row: number): number | null {
  if (menu === null || layout === null || row < MENU_TITLE_ROWS || row >= layout.status.row) return null;
  const first = getFirstItem(menu, menuItems.length, layout.status.row - MENU_TITLE_ROWS);
  const index = first + row - MENU_TITLE_ROWS;
  return index < menuItems.length ? index : null;
}

/** A click selects the item under it; beside the items it closes the menu. */
export function clickInMenu(state: TreeState, row: number): TreeState {
  const {menu} = state;
  if (menu === null || row < MENU_TITLE_ROWS) return state;
  const index = findMenuItem(state, row);
  return changeMenu(state, index === null ? null : {...menu, index});
}

/** A turn of the wheel selects another item. */
export function wheelInMenu(state: TreeState, rowCount: number): TreeState {
  return state.menu === null ? state : select(state, state.menu, state.menu.index + rowCount);
}

const PAGE_ROWS = 10;

/**
 * What a keystroke does while a menu is open, but for Enter.
 * @param text what the keystroke types, null for other keys
 */
export function typeInMenu(state: TreeState, keystroke: string, text: string | null): TreeState {
  const {menu} = state;
  if (menu === null) return state;
  if (keystroke === 'space' && menu.kind === 'threads') return mark(state, menu);
  const line = menu.kind === 'row' ? null : editLine(menu.text, keystroke, text);
  if (line !== null) return changeMenu(state, {...menu, text: line, index: 0});
  switch (keystroke) {
    case 'escape':
      return changeMenu(state, null);
    case 'up':
      return select(state, menu, menu.index - 1);
    case 'down':
      return select(state, menu, menu.index + 1);
    case 'pageup':
      return select(state, menu, menu.index - PAGE_ROWS);
    case 'pagedown':
      return select(state, menu, menu.index + PAGE_ROWS);
    case 'home':
      return select(state, menu, 0);
    case 'end':
      return select(state, menu, Infinity);
    default:
      return state;
  }
}

function select(state: TreeState, menu: Menu, index: number): TreeState {
  const last = Math.max(0, state.menuItems.length - 1);
  return changeMenu(state, {...menu, index: Math.max(0, Math.min(index, last))});
}

/** Marks the selected thread, or takes its mark away, and goes to the next one. */
function mark(state: TreeState, menu: Menu): TreeState {
  const label = state.menuItems[menu.index]?.label ?? null;
  if (label === null) return state;
  const marked = menu.marked.includes(label)
    ? menu.marked.filter(other => other !== label)
    : [...menu.marked, label];
  const index = Math.min(menu.index + 1, state.menuItems.length - 1);
  return changeMenu(state, {...menu, marked, index});
}
