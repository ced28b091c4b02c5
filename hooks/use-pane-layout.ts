import {useWindowSize} from 'ink';
import {useEffect, useMemo} from 'react';
import {readCells} from '../src/base/check.js';
import {getPlatform, type Platform} from '../src/platform/platform.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {computeScreenLayout, type ScreenLayout} from '../src/store/screen-layout.js';
import {useTreeState} from './use-tree-store.js';

/**
 * What is where on the screen: on one of the given size, else on the whole terminal, also after it was
 * resized. The layout is the store's, but for the first frame of a new size that the store does not know yet.
 */
export function usePaneLayout(
  store: TreeStore,
  size: {readonly columns?: number | undefined; readonly rows?: number | undefined} = {},
  {spareRows}: Platform = getPlatform(),
): ScreenLayout & {readonly columns: number; readonly rows: number} {
  const terminal = useWindowSize();
  const columns = readCells(size.columns) ?? terminal.columns;
  const rows = readCells(size.rows) ?? Math.max(1, terminal.rows - spareRows);
  const screen = useTreeState(store, state => state.screen);
  const known = useTreeState(store, state => state.layout);
  const isKnown = screen.columns === columns && screen.rows === rows;
  const layout = useMemo(() => {
    const shown = isKnown ? known : null;
    return {...(shown ?? computeScreenLayout(store.getState(), columns, rows)), columns, rows};
  }, [store, isKnown, known, columns, rows]);
  // One way only: the size of the window goes to the store, and nothing in the store changes the size of the
  // window.
  useEffect(() => store.actions.setScreen(columns, rows), [store, columns, rows]);
  return layout;
}
