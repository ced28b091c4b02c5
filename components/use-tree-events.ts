import {useEffect, useEffectEvent} from 'react';
import type {TreeStore} from '../src/store/create-tree-store.js';
import type {TreeState} from '../src/store/state.js';
import type {CallNode} from '../src/tree/tree.js';

type SelectHandler = (node: CallNode) => void;
type ToggleHandler = (node: CallNode, isOpen: boolean) => void;

/** Tells a host what happens in the tree: the cursor came to another node, nodes were opened or closed. */
export function useTreeEvents(
  store: TreeStore,
  onSelect: SelectHandler | undefined,
  onToggle: ToggleHandler | undefined,
): void {
  const tell = useEffectEvent((state: TreeState, previous: TreeState) => {
    if (onToggle !== undefined) tellToggles(state, previous, onToggle);
    if (state.cursor !== previous.cursor || state.base !== previous.base) {
      onSelect?.(state.filtered.tree.getNode(state.cursorNode));
    }
  });
  useEffect(() => store.subscribe((state, previous) => tell(state, previous)), [store]);
}

/** Nodes that were opened or closed; a new tree or another filter is neither. */
function tellToggles(state: TreeState, previous: TreeState, onToggle: ToggleHandler): void {
  if (state.filtered !== previous.filtered || state.isDisplayedOpen === previous.isDisplayedOpen) return;
  const {tree} = state.filtered;
  for (let node = 0; node < tree.length; node++) {
    const isOpen = state.isDisplayedOpen[node] === 1;
    if (isOpen !== (previous.isDisplayedOpen[node] === 1) && tree.firstChild[node]! >= 0) {
      onToggle(tree.getNode(node), isOpen);
    }
  }
}
