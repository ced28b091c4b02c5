import {useInput} from 'ink';
import {useMemo} from 'react';
import {createScopedKeymap, type KeyBindings, type Keymap} from '../src/commands/keymap.js';
import type {KeyScope} from '../src/keymap/keymap.js';
import {readKeystrokes} from '../src/keymap/keystroke.js';
import type {TreeStore} from '../src/session/create-tree-store.js';

export interface UseKeymapOptions {
  readonly store: TreeStore;
  /** Other keys for some commands. */
  readonly bindings?: KeyBindings | undefined;
  /** False: no key is taken. */
  readonly isActive?: boolean | undefined;
  readonly scope?: KeyScope;
}

/**
 * Turns keys into commands of the store: the only code that listens to input. Returns the keymap in force.
 */
export function useKeymap({store, bindings, isActive = true, scope = 'program'}: UseKeymapOptions): Keymap {
  const keymap = useMemo(() => createScopedKeymap(bindings, scope), [bindings, scope]);
  useInput((input, key) => store.actions.pressAll(readKeystrokes(input, key), keymap), {isActive});
  return keymap;
}
