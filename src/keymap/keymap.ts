import {isObject, wrongType} from '../base/check.js';

/** "tree" leaves the keys of the program (quit, help, focus …) to the host. */
export type KeyScope = 'program' | 'tree';

/** A command with its default keys. */
export interface KeyedCommand<Id extends string = string> {
  readonly id: Id;
  readonly keys: readonly string[];
  readonly scope: KeyScope;
}

/** Other keys for some commands; an empty list takes a command's keys away. */
export type Bindings<Id extends string> = Partial<Record<Id, readonly string[]>>;

/** Which keystroke runs which command. */
export interface Keymap<Id extends string = string> {
  getCommand(keystroke: string): Id | null;
  /** The keystrokes of a command, the most usual one first. */
  getKeys(command: Id): readonly string[];
}

/**
 * Binds commands to their default keys and those that replace them. A key that is given to one command
 * is taken from the others.
 * @throws TypeError that names the binding where one is no list of keys or of a command that does not exist
 */
export function bindKeys<Id extends string>(
  commands: readonly KeyedCommand<Id>[],
  bindings: Bindings<Id>,
): Keymap<Id> {
  checkBindings(commands, bindings);
  const commandOfKey = new Map<string, Id>();
  for (const {id, keys} of commands) {
    for (const key of bindings[id] === undefined ? keys : []) {
      commandOfKey.set(key, id);
    }
  }
  for (const {id} of commands) {
    for (const key of bindings[id] ?? []) {
      commandOfKey.set(key, id);
    }
  }
  return {
    getCommand: keystroke => commandOfKey.get(keystroke) ?? null,
    getKeys: command =>
      (bindings[command] ?? commands.find(({id}) => id === command)?.keys ?? []).filter(
        key => commandOfKey.get(key) === command,
      ),
  };
}

/** The same for a part of the commands: those of the program have no keys. */
export function limitToTree<Id extends string>(
  keymap: Keymap<Id>,
  commands: readonly KeyedCommand<Id>[],
): Keymap<Id> {
  const programWide: ReadonlySet<Id> = new Set(
    commands.filter(({scope}) => scope === 'program').map(({id}) => id),
  );
  return {
    getCommand(keystroke) {
      const command = keymap.getCommand(keystroke);
      return command === null || programWide.has(command) ? null : command;
    },
    getKeys: command => (programWide.has(command) ? [] : keymap.getKeys(command)),
  };
}

function checkBindings(commands: readonly KeyedCommand[], bindings: unknown): void {
  if (!isObject(bindings)) throw wrongType('keymap', 'an object', bindings);
  for (const [command, keys] of Object.entries(bindings)) {
    const isCommand = commands.some(({id}) => id === command);
    if (!isCommand) throw new TypeError(`keymap.${command}: there is no such command`);
    const isList = Array.isArray(keys) && keys.every(key => typeof key === 'string');
    if (keys !== undefined && !isList) throw wrongType(`keymap.${command}`, 'an array of strings', keys);
  }
}
