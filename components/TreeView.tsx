import {useEffect, useRef, useState} from 'react';
import {useOptionalTreeStore} from '../hooks/tree-store-context.js';
import {useKeymap} from '../hooks/use-keymap.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import type {KeyBindings} from '../src/keymap/keymap.js';
import {createTreeStore, type TreeStore} from '../src/store/create-tree-store.js';
import type {Theme} from '../src/style/theme.js';
import type {CallNode, Tree} from '../src/tree/tree.js';
import {SearchPrompt} from './SearchPrompt.js';
import {SizedBox} from './SizedBox.js';
import {TreePane} from './TreePane.js';
import {useTheme} from './use-theme.js';
import {useTreeEvents} from './use-tree-events.js';

export interface TreeViewProps {
  /** The tree to show. Without it, that of `store` or of the nearest provider. */
  readonly tree?: Tree;
  /** Shares cursor, open nodes and all else with other components of the same store. */
  readonly store?: TreeStore;
  /** Size in cells; that of the box it is in unless given. */
  readonly width?: number;
  readonly height?: number;
  /** False: it takes no keys. */
  readonly isActive?: boolean;
  /** The cursor came to another node. */
  readonly onSelect?: (node: CallNode) => void;
  readonly onToggle?: (node: CallNode, isOpen: boolean) => void;
  /** Other keys for some commands. */
  readonly keymap?: KeyBindings;
  readonly theme?: Theme;
  /** No emoji and box characters. */
  readonly ascii?: boolean;
  /** The displayed module of a file, for `tree`; by the tree's own search path unless given. */
  readonly moduleOf?: (file: string) => string;
}

/** A call tree to walk by keys. It takes the keys of the tree only and leaves those of the program to its host. */
export function TreeView(props: TreeViewProps) {
  const {isActive = true, keymap, onSelect, onToggle, ascii} = props;
  const theme = useTheme(props.theme, ascii);
  const {store, isShared} = useOwnStore(props);
  useKeymap({store, bindings: keymap, isActive, scope: 'tree'});
  useTreeEvents(store, onSelect, onToggle);
  const isSearching = useTreeState(store, ({search}) => search.isTyping || search.query !== '');
  return (
    <SizedBox width={props.width} height={props.height} overflow="hidden">
      {({width, height}) => {
        // With a store of its own nobody else can show what is typed.
        const promptRows = isSearching && !isShared && height > 1 ? 1 : 0;
        return (
          <>
            {width > 0 && height > 0 && (
              <TreePane store={store} width={width} height={height - promptRows} theme={theme} />
            )}
            {promptRows > 0 && <SearchPrompt store={store} width={width} theme={theme} />}
          </>
        );
      }}
    </SizedBox>
  );
}

/** The store to show: the given one, or one of its own for a tree, or that of the provider. */
function useOwnStore({store, tree, moduleOf}: TreeViewProps): {
  readonly store: TreeStore;
  readonly isShared: boolean;
} {
  const provided = useOptionalTreeStore();
  const shared = store ?? (tree === undefined ? provided : null);
  const [own] = useState(() => createTreeStore({...(tree && {tree}), ...(moduleOf && {moduleOf})}));
  const shown = useRef(tree);
  useEffect(() => {
    if (tree !== undefined && tree !== shown.current) own.actions.setTree(tree);
    shown.current = tree;
  }, [own, tree]);
  return {store: shared ?? own, isShared: shared !== null};
}
