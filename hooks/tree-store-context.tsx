import {createContext, type ReactNode, useContext} from 'react';
import {blameHost} from '../src/base/check.js';
import {checkStore} from '../src/session/check-input.js';
import type {TreeStore} from '../src/session/create-tree-store.js';

const TreeStoreContext = createContext<TreeStore | null>(null);

export interface TreeStoreProviderProps {
  readonly store: TreeStore;
  readonly children?: ReactNode;
}

/** Hands a store to all components below. */
export function TreeStoreProvider({store, children}: TreeStoreProviderProps) {
  return <TreeStoreContext value={store}>{children}</TreeStoreContext>;
}

/** The store of the nearest provider, or null. */
export function useOptionalTreeStore(): TreeStore | null {
  return useContext(TreeStoreContext);
}

/** The given store, else that of the nearest provider. Throws where there is neither, or no store. */
export function useTreeStore(store?: TreeStore): TreeStore {
  const provided = useOptionalTreeStore();
  const found = store ?? provided;
  return blameHost(() => {
    if (found === null) throw new Error('no tree store: pass one as `store`, or wrap in <TreeStoreProvider>');
    checkStore(found);
    return found;
  });
}
