import {isObject, wrongType} from '../base/check.js';
import {COMMANDS, type CommandId} from './commands.js';

/** Other keys for some commands; an empty list takes a command's keys away. */
export type KeyBindings = Partial<Record<CommandId, readonly string[]>>;

/** "tree" leaves the keys of the program (quit, help, focus …) to the host. */
export type KeyScope = 'program' | 'tree';

/** Which keystroke runs which command. */
export interface Keymap {
  getCommand(keystroke: string): CommandId | null;
  /** The keystrokes of a command, the most usual one first. */
  getKeys(command: CommandId): readonly string[];
}

/**
 * Creates a keymap from the default bindings and those that replace them. A key that is given to one command
 * is taken from the others.
 * @throws TypeError that names the binding where one is no list of keys or of a command that does not exist
 */
export function createKeymap(bindings: KeyBindings = {}): Keymap {
  checkBindings(bindings);
  const commandOfKey = new Map<string, CommandId>();
  for (const {id, keys} of COMMANDS) {
    for (const key of bindings[id] === undefined ? keys : []) {
      commandOfKey.set(key, id);
    }
  }
  for (const {id} of COMMANDS) {
    for (const key of bindings[id] ?? []) {
      commandOfKey.set(key, id);
    }
  }
  return {
    getCommand: keystroke => commandOfKey.get(keystroke) ?? null,
    getKeys: command =>
      (bindings[command] ?? COMMANDS.find(({id}) => id === command)?.keys ?? []).filter(
        key => commandOfKey.get(key) === command,
      ),
  };
}

/** The same for a part of the commands: those of the others have no keys. */
export function createScopedKeymap(bindings: KeyBindings | undefined, scope: KeyScope): Keymap {
  const keymap = createKeymap(bindings);
  if (scope === 'program') return keymap;
  return {
    getCommand(keystroke) {
      const command = keymap.getCommand(keystroke);
      return command === null || PROGRAM_WIDE.has(command) ? null : command;
    },
    getKeys: command => (PROGRAM_WIDE.has(command) ? [] : keymap.getKeys(command)),
  };
}

const PROGRAM_WIDE: ReadonlySet<CommandId> = new Set(
  COMMANDS.filter(command => command.isProgramWide).map(command => command.id),
);

function checkBindings(bindings: unknown): void {
  if (!isObject(bindings)) throw wrongType('keymap', 'an object', bindings);
  for (const [command, keys] of Object.entries(bindings)) {
    if (!isCommand(command)) throw new TypeError(`keymap.${command}: there is no such command`);
    const isList = Array.isArray(keys) && keys.every(key => typeof key === 'string');
    if (keys !== undefined && !isList) throw wrongType(`keymap.${command}`, 'an array of strings', keys);
  }
}

export function isCommand(id: unknown): id is CommandId {
  return COMMANDS.some(command => command.id === id);
}
