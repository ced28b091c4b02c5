import {useWindowSize} from 'ink';
import {useEffect, useMemo} from 'react';
import {readCells} from '../src/base/check.js';
import {getPlatform, type Platform} from '../src/platform/platform.js';
import type {TreeStore} from '../src/store/create-tree-store.js';
import {computeScreenLayout, type ScreenLayout} from '../src/store/screen-layout.js';
import {useTreeState} from './use-tree-store.js';

/** What is where on the screen: on one of the given size, else on the whole terminal, also after it was resized. */
export function usePaneLayout(
  store: TreeStore,
  size: {readonly columns?: number | undefined; readonly rows?: number | undefined} = {},
  {spareRows}: Platform = getPlatform(),
): ScreenLayout & {readonly columns: number; readonly rows: number} {
  const terminal = useWindowSize();
  const columns = readCells(size.columns) ?? terminal.columns;
  const rows = readCells(size.rows) ?? Math.max(1, terminal.rows - spareRows);
  const focus = useTreeState(store, state => state.focus);
  const capture = useTreeState(store, state => state.capture);
  const failure = useTreeState(store, state => state.failure);
  const name = useTreeState(store, state => state.name);
  const layout = useMemo(
    () => ({...computeScreenLayout({focus, capture, failure, name}, columns, rows), columns, rows}),
    [focus, capture, failure, name, columns, rows],
  );
  // The store needs the size to know what a click is on.
  useEffect(() => store.actions.setScreen(columns, rows), [store, columns, rows]);
  return layout;
}
