import {useEffect, useEffectEvent} from 'react';
import {useTreeState} from '../hooks/use-tree-store.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import type {TreeState} from '../src/store/state.js';
import {isTyping} from '../src/store/typing.js';
import {isSameGrowth} from '../src/tree/growth.js';
import type {CallNode} from '../src/tree/tree-interface.js';

type SelectHandler = (node: unknown) => void;
type ToggleHandler = (node: unknown, isOpen: boolean) => void;

/**
 * Reports to a host what happens in the tree: the cursor came to another node, nodes were opened or closed.
 */
export function useTreeEvents(
  store: TreeStore,
  onSelect: SelectHandler | undefined,
  onToggle: ToggleHandler | undefined,
): void {
  const notify = useEffectEvent((state: TreeState, previous: TreeState) => {
    if (onToggle) notifyToggles(state, previous, onToggle);
    if (onSelect && isOtherNode(state, previous)) onSelect(state.filtered.tree.getItem(state.cursorNode));
  });
  useEffect(() => store.subscribe((state, previous) => notify(state, previous)), [store]);
}

/**
 * Reports to a host when keys begin to be typed into the tree, and when they are the host's again: after the key that
 * ends it, so that the host does not take that one as its own.
 */
export function useTypingEvents(
  store: TreeStore,
  isActive: boolean,
  onTyping: ((isTyping: boolean) => void) | undefined,
): void {
  const isTyped = useTreeState(store, isTyping) && isActive;
  const notify = useEffectEvent((isNow: boolean) => onTyping?.(isNow));
  useEffect(() => {
    if (!isTyped) return;
    notify(true);
    return () => notify(false);
  }, [isTyped]);
}

/**
 * Whether another node is selected, or the same one with other numbers. A tree that says the same in new
 * objects is no news: a host that makes its tree while it renders, and renders because of the news, would
 * never come to rest.
 */
function isOtherNode(state: TreeState, previous: TreeState): boolean {
  if (state.base === previous.base) return state.cursor !== previous.cursor;
  const node = getSelected(state);
  const before = getSelected(previous);
  return NODE_FIELDS.some(field => !Object.is(node[field], before[field]));
}

const NODE_FIELDS = [
  'function',
  'file',
  'line',
  'bytes',
  'allocations',
  'selfBytes',
  'selfAllocations',
] as const satisfies readonly (keyof CallNode)[];

function getSelected({filtered, cursorNode}: TreeState): CallNode {
  return filtered.tree.getNode(cursorNode);
}

/** Nodes that were opened or closed; a new tree or another filter is neither. */
function notifyToggles(state: TreeState, previous: TreeState, onToggle: ToggleHandler): void {
  const isSameTree = isSameGrowth(state.filtered.tree, previous.filtered.tree);
  if (!isSameTree || state.isFilteredOpen === previous.isFilteredOpen) return;
  const {tree} = state.filtered;
  for (let node = 0; node < tree.length; node++) {
    const isOpen = state.isFilteredOpen[node] === 1;
    if (isOpen !== (previous.isFilteredOpen[node] === 1) && tree.firstChild[node]! >= 0) {
      onToggle(tree.getItem(node), isOpen);
    }
  }
}
