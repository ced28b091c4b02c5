import type {Command} from '../store/command.js';
import type {TreeState} from '../store/state.js';
import {COMMANDS, type CommandId, getCommand} from './commands.js';

/** A command worth a hint now. */
export interface Hint {
  readonly command: CommandId;
  /** Index of the text that fits: 1 where the command switches something that is on. */
  readonly variant: number;
}

/** A hint for keys that are not of the keymap. */
export interface KeyHint {
  readonly keys: readonly string[];
  readonly text: string;
}

/** What keys do where they are not those of the keymap: in a menu, on the crumbs, and on the time strip. Null elsewhere. */
export function selectKeyHints(state: TreeState): readonly KeyHint[] | null {
  const {menu, crumb, help, focus, sheet} = state;
  if (menu !== null) return menu.kind === 'threads' ? [...MENU_HINTS, MARK_HINT] : MENU_HINTS;
  if (help !== null) return null;
  if (crumb !== null) return CRUMB_HINTS;
  return focus === 'strip' && sheet === null ? STRIP_HINTS : null;
}

const MENU_HINTS: readonly KeyHint[] = [
  {keys: ['up', 'down'], text: 'Choose'},
  {keys: ['enter'], text: 'Take'},
  {keys: ['escape'], text: 'Close'},
];

const MARK_HINT: KeyHint = {keys: ['space'], text: 'Mark several'};

const CRUMB_HINTS: readonly KeyHint[] = [
  {keys: ['left', 'right'], text: 'Choose'},
  {keys: ['enter'], text: 'Cut back to here'},
  {keys: ['x'], text: 'Remove only this'},
  {keys: ['escape'], text: 'Leave'},
];

const STRIP_HINTS: readonly KeyHint[] = [
  {keys: ['left', 'right'], text: 'Moment'},
  {keys: ['shift+left', 'shift+right'], text: 'Range'},
  {keys: ['space'], text: 'Highest or grown'},
  {keys: ['}'], text: 'Rises'},
  {keys: ['p', 'P'], text: 'Peaks'},
  {keys: ['escape'], text: 'Leave'},
];

/**
 * The hints for the present state, the most useful first; what does not fit on the line is left out at the
 * end.
 */
export function selectHints(state: TreeState): readonly Hint[] {
  return COMMANDS.flatMap(command => rankHint(state, command))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({hint}) => hint);
}

function rankHint(state: TreeState, {id, hint}: Command<CommandId>) {
  const rank = hint?.rank(state) ?? null;
  return rank === null ? [] : [{rank, hint: {command: id, variant: hint?.variant?.(state) ?? 0}}];
}

/** What a command's key would do now; null for commands without a hint. `variant`: see `Hint`. */
export function getHintText(command: CommandId, variant: number): string | null {
  const texts = getCommand(command).hint?.texts ?? [];
  return (texts.length === 1 ? texts[0] : texts[variant]) ?? null;
}
