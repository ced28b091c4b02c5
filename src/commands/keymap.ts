import {
  type Bindings,
  bindKeys,
  type Keymap as KeymapOf,
  type KeyScope,
  limitToTree,
} from '../keymap/keymap.js';
import {COMMANDS, type CommandId} from './commands.js';

/** Other keys for some commands; an empty list takes a command's keys away. */
export type KeyBindings = Bindings<CommandId>;

/** Which keystroke runs which command. */
export type Keymap = KeymapOf<CommandId>;

/**
 * Creates a keymap from the default bindings and those that replace them. A key that is given to one command
 * is taken from the others.
 * @throws TypeError that names the binding where one is no list of keys or of a command that does not exist
 */
export function createKeymap(bindings: KeyBindings = {}): Keymap {
  return bindKeys(COMMANDS, bindings);
}

/** The same for a part of the commands: those of the others have no keys. */
export function createScopedKeymap(bindings: KeyBindings | undefined, scope: KeyScope): Keymap {
  const keymap = createKeymap(bindings);
  return scope === 'program' ? keymap : limitToTree(keymap, COMMANDS);
}
