import {useEffect} from 'react';
import {useTreeStore} from '../hooks/tree-store-context.js';
import {readCells} from '../src/base/check.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import type {Theme} from '../src/style/theme.js';
import type {SafeFormat} from '../src/tree/node-format.js';
import {TreeRows} from './TreeRows.js';

export interface TreePaneProps {
  readonly store?: TreeStore;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  /** How values, shares and icons are written; as the store has it unless given. */
  readonly format?: SafeFormat | undefined;
  /** False: its cursor is drawn as one that no key moves. */
  readonly isActive?: boolean | undefined;
}

/** The rows of a store's tree that are in sight, as a part of another app. It takes no keys. */
export function TreePane({store: given, theme, format, isActive, ...size}: TreePaneProps) {
  const store = useTreeStore(given);
  const width = readCells(size.width) ?? 0;
  const height = readCells(size.height) ?? 0;
  // Keys of whole pages need it. Nothing that is drawn now depends on it, so that it cannot lead to another
  // size.
  useEffect(() => store.actions.setViewport(width, height), [store, width, height]);
  return (
    <TreeRows store={store} width={width} height={height} theme={theme} format={format} isActive={isActive} />
  );
}
