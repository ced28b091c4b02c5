import {useEffect, useState} from 'react';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {areCostsPending, selectFileCosts} from '../src/store/source-pane/selected-costs.js';
import type {TreeState} from '../src/store/state.js';
import {useTreeState} from './use-tree-store.js';

/** No key has come for so long: what takes longer than a key may can begin. */
const IDLE_MS = 400;

/**
 * What the lines of the shown file cost; null where nothing is known of it, or it is not wanted. For large captures it
 * is summed up after the frame: until then it is "pending".
 */
export function useFileCosts(
  store: TreeStore,
  excerpt: TreeState['excerpt'],
  isWanted: boolean,
): ReturnType<typeof selectFileCosts> | 'pending' {
  const [, countSummed] = useState(0);
  const isPending = useTreeState(store, state => isWanted && areCostsPending({...state, excerpt}));
  const cursorNode = useTreeState(store, state => state.cursorNode);
  const query = useTreeState(store, state => state.query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each key that moves or changes the view begins the wait anew.
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => {
      selectFileCosts({...store.getState(), excerpt});
      countSummed(count => count + 1);
    }, IDLE_MS);
    return () => clearTimeout(timer);
  }, [store, excerpt, isPending, cursorNode, query]);
  const costs = useTreeState(store, state =>
    isWanted && !areCostsPending({...state, excerpt}) ? selectFileCosts({...state, excerpt}) : null,
  );
  return isPending ? 'pending' : costs;
}
