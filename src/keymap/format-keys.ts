import type {KeyedCommand, Keymap} from './keymap.js';

const KEY_TEXTS = new Map([
  ['up', '↑'],
  ['down', '↓'],
  ['left', '←'],
  ['right', '→'],
  ['pageup', 'PgUp'],
  ['pagedown', 'PgDn'],
  ['home', 'Home'],
  ['end', 'End'],
  ['enter', 'Enter'],
  ['space', 'Space'],
  ['escape', 'Esc'],
  ['tab', 'Tab'],
  ['backspace', 'Backspace'],
  ['delete', 'Delete'],
]);

const ASCII_KEY_TEXTS = new Map([
  ['up', 'Up'],
  ['down', 'Down'],
  ['left', 'Left'],
  ['right', 'Right'],
]);

const MODIFIER_TEXTS = new Map([
  ['ctrl', 'Ctrl'],
  ['meta', 'Alt'],
  ['shift', 'Shift'],
]);

/** A keystroke as people read it: `shift+up` is `Shift+↑` (`Shift+Up` in ASCII), `ctrl+u` is `Ctrl+U`. */
export function formatKey(keystroke: string, isAscii = false): string {
  const parts = keystroke === '+' ? ['+'] : keystroke.split('+');
  const key = parts.pop() ?? '';
  const texts = parts.map(part => MODIFIER_TEXTS.get(part) ?? part);
  const name = (isAscii ? ASCII_KEY_TEXTS.get(key) : undefined) ?? KEY_TEXTS.get(key);
  texts.push(name ?? (parts.length > 0 ? key.toUpperCase() : key));
  return texts.join('+');
}

/** One line of the help: the keys of a command and what it does. */
export interface HelpLine {
  readonly keys: string;
  readonly help: string;
}

/** A command with what the help says about it. */
interface ListedCommand extends KeyedCommand {
  readonly group: string;
  readonly help: string;
}

/** The help: groups with their lines, in the order of the commands. Commands without a key are left out. */
export function getHelpGroups(
  commands: readonly ListedCommand[],
  keymap: Keymap,
  isAscii = false,
): readonly {readonly group: string; readonly lines: readonly HelpLine[]}[] {
  const groups = new Map<string, HelpLine[]>();
  for (const {id, group, help} of commands) {
    const keys = keymap.getKeys(id);
    if (keys.length > 0) {
      const lines = groups.get(group) ?? [];
      lines.push({keys: keys.map(key => formatKey(key, isAscii)).join(' '), help});
      groups.set(group, lines);
    }
  }
  return Array.from(groups, ([group, lines]) => ({group, lines}));
}

function formatTableRow({keys, help}: ListedCommand): string {
  return `| ${keys.map(key => `\`${formatKey(key)}\``).join(' ')} | ${help} |`;
}

/** The key table of docs/keys.md. */
export function formatKeyTable(commands: readonly ListedCommand[]): string {
  return ['| key | does |', '|---|---|', ...commands.map(formatTableRow)].join('\n');
}
