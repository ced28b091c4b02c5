import {Box} from 'ink';
import {useMemo} from 'react';
import {useTreeState} from '../hooks/use-tree-store.js';
import {useVisibleRows} from '../hooks/use-visible-rows.js';
import {sanitize} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {selectMissingTree} from '../src/store/missing-tree.js';
import type {Theme} from '../src/style/theme.js';
import type {SafeFormat} from '../src/tree/node-format.js';
import {Message} from './Message.js';
import {createRowPainter} from './row-painter.js';
import {TreeRow} from './TreeRow.js';

export interface TreeRowsProps {
  readonly store: TreeStore;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  /** How values, shares and icons are written; as the store has it unless given. */
  readonly format?: SafeFormat | undefined;
  /** False: keys do not go to this tree. */
  readonly isActive?: boolean | undefined;
}

/** The rows of a store's tree that are in sight. It takes no keys and changes nothing in the store. */
export function TreeRows({store, width, height, theme, format, isActive = true}: TreeRowsProps) {
  const missing = useTreeState(store, selectMissingTree);
  const status = useTreeState(store, state => state.status);
  const {rows, ...layout} = useVisibleRows(store, width, height, format);
  const painter = useMemo(() => createRowPainter(theme), [theme]);
  if (missing !== '') {
    const role = status === 'failed' ? 'error' : 'quiet';
    return <Message text={sanitize(missing)} role={role} width={width} height={height} theme={theme} />;
  }
  return (
    <Box flexDirection="column" width={width} height={height}>
      {rows.map((row, index) => (
        // Keyed by their index on the screen: scrolling changes texts and moves no nodes.
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity
        <TreeRow key={index} width={width} text={painter.paint(row, index, {...layout, isActive})} />
      ))}
    </Box>
  );
}
