import {Box, Text} from 'ink';
import {useLayoutEffect, useMemo} from 'react';
import {useTreeStore} from '../hooks/tree-store-context.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import {useVisibleRows} from '../hooks/use-visible-rows.js';
import {truncateCells} from '../src/format/cells.js';
import {type Safe, sanitize} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/store/create-tree-store.js';
import type {Theme} from '../src/style/theme.js';
import {createRowPainter} from './row-painter.js';
import {TreeRow} from './TreeRow.js';

export interface TreePaneProps {
  readonly store?: TreeStore;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

/** The rows of a store's tree that are in sight. It takes no keys. */
export function TreePane({store: given, width, height, theme}: TreePaneProps) {
  const store = useTreeStore(given);
  const isEmpty = useTreeState(store, state => state.base.length === 1 && state.capture === null);
  const status = useTreeState(store, state => state.status);
  const {rows, guides, column, hasFocus} = useVisibleRows(store, width, height);
  const painter = useMemo(() => createRowPainter(theme), [theme]);
  useLayoutEffect(() => store.actions.setViewport(width, height), [store, width, height]);
  if (isEmpty && status !== 'idle' && status !== 'done') {
    const text = status === 'reading' ? sanitize('  Reading the capture') : ('' as Safe);
    return (
      <Box width={width} height={height}>
        <Text wrap="truncate">{theme.paint('quiet', truncateCells(text, width, theme.glyphs.ellipsis))}</Text>
      </Box>
    );
  }
  return (
    <Box flexDirection="column" width={width} height={height}>
      {rows.map((row, index) => (
        // Keyed by their place on the screen: scrolling changes texts and moves no nodes.
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
        <TreeRow key={index} text={painter.paint(row, guides, index, {column, width, hasFocus})} />
      ))}
    </Box>
  );
}
