import {Text} from 'ink';
import {useTreeState} from '../hooks/use-tree-store.js';
import type {Safe} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/store/create-tree-store.js';
import {cutRows, wrapTexts} from './facts-layout.js';
import {useScrollRange} from './use-scroll-range.js';

export interface ScrolledTextsProps {
  readonly store: TreeStore;
  readonly texts: readonly Safe[];
  readonly width: number;
  readonly height: number;
}

/** Texts instead of a source, which the same keys scroll. */
export function ScrolledTexts({store, texts, width, height}: ScrolledTextsProps) {
  const scrolledRows = useTreeState(store, state => state.source.row);
  const rows = wrapTexts(texts, width);
  const lastRow = Math.max(0, rows.length - Math.max(0, height));
  useScrollRange(store, 0, lastRow);
  const first = Math.max(0, Math.min(scrolledRows, lastRow));
  return <Text wrap="truncate">{cutRows(rows, {first, width, height}).join('\n')}</Text>;
}
