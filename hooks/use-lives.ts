import {useEffect, useState} from 'react';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {areLivesPending, countShownParts, type ShownLives, selectLives} from '../src/store/lives.js';
import type {TreeState} from '../src/store/state.js';

/** No key has come for so long: what takes longer than a key may can begin. */
const IDLE_MS = 150;

/** What the rows held in the course of the run, where that is shown. It is computed after the frame; until then it is null. */
export function useLives(
  store: TreeStore,
  state: TreeState,
  screenColumns: number,
): {readonly lives: ShownLives | null; readonly lifeParts: number} {
  const [, countComputed] = useState(0);
  const isPending = areLivesPending(state, screenColumns);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each key that moves or changes the view begins the wait anew.
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => {
      selectLives(store.getState(), screenColumns);
      countComputed(count => count + 1);
    }, IDLE_MS);
    return () => clearTimeout(timer);
  }, [store, isPending, screenColumns, state.query, state.cursorNode]);
  const lives = isPending ? null : selectLives(state, screenColumns);
  return {lives, lifeParts: countShownParts(state, screenColumns)};
}
