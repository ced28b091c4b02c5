import {useEffect} from 'react';
import type {TreeStore} from '../src/store/create-tree-store.js';

/** Sets in the store how far the source can be scrolled, each time that another selection has reset it. */
export function useScrollRange(store: TreeStore, firstRow: number, lastRow: number): void {
  useEffect(() => {
    const updateRange = (): void => store.actions.setSourceRange(firstRow, lastRow);
    updateRange();
    return store.subscribe(updateRange);
  }, [store, firstRow, lastRow]);
}
