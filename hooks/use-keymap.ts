import {useInput} from 'ink';
import {useEffect, useMemo} from 'react';
import {blameHost} from '../src/base/check.js';
import {createScopedKeymap, type KeyBindings, type Keymap} from '../src/commands/keymap.js';
import type {KeyScope} from '../src/keymap/keymap.js';
import {readKeystrokes} from '../src/keymap/keystroke.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {addKeyTaker, takesKeys} from './key-takers.js';

export interface UseKeymapOptions {
  readonly store: TreeStore;
  /** Other keys for some commands. */
  readonly bindings?: KeyBindings | undefined;
  /** False: no key is taken. */
  readonly isActive?: boolean | undefined;
  readonly scope?: KeyScope;
}

/**
 * Turns keys into commands of the store: the only code that listens to input. Returns the keymap in force. Each key is
 * taken once, however many components of a store listen: where one takes all keys (`scope: 'program'`), trees leave
 * theirs to it.
 */
export function useKeymap({store, bindings, isActive = true, scope = 'program'}: UseKeymapOptions): Keymap {
  const keymap = useMemo(() => blameHost(() => createScopedKeymap(bindings, scope)), [bindings, scope]);
  const taker = useMemo(() => ({scope}), [scope]);
  useEffect(() => (isActive ? addKeyTaker(store, taker) : undefined), [store, taker, isActive]);
  const press: Parameters<typeof useInput>[0] = (input, key) => {
    if (takesKeys(store, taker)) store.actions.pressAll(readKeystrokes(input, key), keymap);
  };
  useInput(press, {isActive});
  return keymap;
}
