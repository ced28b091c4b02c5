import {useEffect} from 'react';
import {useTreeStore} from '../hooks/tree-store-context.js';
import type {TreeStore} from '../src/store/create-tree-store.js';
import type {Theme} from '../src/style/theme.js';
import {TreeRows} from './TreeRows.js';

export interface TreePaneProps {
  readonly store?: TreeStore;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

/** The rows of a store's tree that are in sight, as a part of another app. It takes no keys. */
export function TreePane({store: given, width, height, theme}: TreePaneProps) {
  const store = useTreeStore(given);
  // Keys of whole pages need it. Nothing that is drawn now depends on it, so that it cannot lead to another size.
  useEffect(() => store.actions.setViewport(width, height), [store, width, height]);
  return <TreeRows store={store} width={width} height={height} theme={theme} />;
}
