import {useInput} from 'ink';
import {useMemo} from 'react';
import {COMMANDS, type CommandId} from '../src/keymap/commands.js';
import {createKeymap, type KeyBindings, type Keymap} from '../src/keymap/keymap.js';
import {readKeystrokes} from '../src/keymap/keystroke.js';
import type {TreeStore} from '../src/store/create-tree-store.js';

export interface UseKeymapOptions {
  readonly store: TreeStore;
  /** Other keys for some commands. */
  readonly bindings?: KeyBindings | undefined;
  /** False: no key is taken. */
  readonly isActive?: boolean | undefined;
  /** "tree" leaves the keys of the program (quit, help, focus …) to the host. */
  readonly scope?: 'program' | 'tree';
}

const NOT_OF_THE_TREE: ReadonlySet<CommandId> = new Set(
  COMMANDS.filter(command => command.isProgramWide).map(command => command.id),
);

function restrictToTree(keymap: Keymap): Keymap {
  return {
    ...keymap,
    getCommand(keystroke) {
      const command = keymap.getCommand(keystroke);
      return command === null || NOT_OF_THE_TREE.has(command) ? null : command;
    },
  };
}

/**
 * Turns keys into commands of the store: the only code that listens to input. Returns the keymap in force.
 */
export function useKeymap({store, bindings, isActive = true, scope = 'program'}: UseKeymapOptions): Keymap {
  const keymap = useMemo(() => {
    const whole = createKeymap(bindings);
    return scope === 'program' ? whole : restrictToTree(whole);
  }, [bindings, scope]);
  useInput((input, key) => store.actions.pressAll(readKeystrokes(input, key), keymap), {isActive});
  return keymap;
}
