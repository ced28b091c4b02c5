import {useEffect, useMemo, useRef, useState} from 'react';
import {useOptionalTreeStore, useTreeStore} from '../hooks/tree-store-context.js';
import {useKeymap} from '../hooks/use-keymap.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import {describeError} from '../src/base/check.js';
import type {KeyBindings} from '../src/commands/keymap.js';
import {sanitize} from '../src/format/sanitize.js';
import {createTreeStore, type TreeStore} from '../src/session/create-tree-store.js';
import type {TreeState} from '../src/store/state.js';
import type {Theme} from '../src/style/theme.js';
import type {CallTree} from '../src/tree/call-tree.js';
import {toCallTree} from '../src/tree/from-tree.js';
import {type NodeFormat, type SafeFormat, toSafeFormat} from '../src/tree/node-format.js';
import type {AnyTree, NodeOf, Tree} from '../src/tree/tree-interface.js';
import {MenuOverlay, type MenuOverlayProps} from './MenuOverlay.js';
import {Message, type MessageProps} from './Message.js';
import {MESSAGE_ROWS, MistakeMessage, useMistake} from './MistakeMessage.js';
import {SearchPrompt} from './SearchPrompt.js';
import {Sheet} from './Sheet.js';
import {SizedBox} from './SizedBox.js';
import {TreePane} from './TreePane.js';
import {useTheme} from './use-theme.js';
import {useTreeEvents, useTypingEvents} from './use-tree-events.js';

export interface TreeViewProps<T extends AnyTree = Tree> extends NodeFormat<NodeOf<T>> {
  /** The tree to show. Without it, that of `store` or of the nearest provider. */
  readonly tree?: T | null | undefined;
  /** Shares cursor, open nodes and all else with other components of the same store. */
  readonly store?: TreeStore;
  /** Size in cells. Default: the size of its box. */
  readonly width?: number;
  readonly height?: number;
  /** False: it ignores keys, and its cursor is another sign. */
  readonly isActive?: boolean;
  /** Called when the cursor moves to another node. */
  readonly onSelect?: (node: NodeOf<T>) => void;
  readonly onToggle?: (node: NodeOf<T>, isOpen: boolean) => void;
  /**
   * Called with true when keys begin to be typed into the tree (a search, a filter, a menu), and with false when they are
   * the host's again. In between a host leaves all keys alone.
   */
  readonly onTyping?: (isTyping: boolean) => void;
  /** Other keys for some commands. */
  readonly keymap?: KeyBindings;
  readonly theme?: Theme;
  /** Use no emoji and no box-drawing characters. */
  readonly ascii?: boolean;
  /** The displayed module of a file, for `tree`. Default: by the tree's own search path. */
  readonly moduleOf?: (file: string) => string;
}

/**
 * A tree that can be navigated by keys. It handles only the keys of the tree and leaves those of the program
 * to its host. If the tree or another property is invalid, it does not throw: it shows what is wrong with it.
 */
export function TreeView<T extends AnyTree = Tree>(props: TreeViewProps<T>) {
  const mistake = useMistake(props);
  return mistake === null ? <CheckedTreeView {...props} /> : <MistakeMessage {...props} mistake={mistake} />;
}

function CheckedTreeView<T extends AnyTree>(props: TreeViewProps<T>) {
  const {isActive = true, keymap, onSelect, onToggle, ascii} = props;
  const theme = useTheme(props.theme, ascii);
  const {store, isShared, message} = useOwnStore(props);
  const format = useFormat(props);
  useKeymap({store, bindings: keymap, isActive: isActive && message === null, scope: 'tree'});
  // The types of the nodes are those of the tree.
  useTreeEvents(store, onSelect as NodeHandler, onToggle as ToggleHandler);
  useTypingEvents(store, isActive && message === null, props.onTyping);
  const isSearching = useTreeState(store, ({search}) => search.isTyping || search.query !== '');
  const overlay = useTreeState(store, getOverlayKind);
  const rowCount = useTreeState(store, state =>
    getOverlayKind(state) === 'none' ? state.rows.length : Math.max(state.rows.length, OVERLAY_ROWS),
  );
  // With a store of its own, no other component can show what is typed.
  const hasPrompt = isSearching && !isShared;
  const wishedHeight = message === null ? rowCount + (hasPrompt ? 1 : 0) : MESSAGE_ROWS;
  return (
    <SizedBox width={props.width} height={props.height} wishedHeight={wishedHeight}>
      {({width, height}) => {
        const promptRows = hasPrompt && height > 1 ? 1 : 0;
        const pane = {width, height: height - promptRows, theme};
        if (message !== null) return <Message {...pane} {...message} />;
        return (
          <>
            {overlay !== 'none' && <Overlay kind={overlay} store={store} {...pane} />}
            {overlay === 'none' && width > 0 && height > 0 && (
              <TreePane {...pane} store={store} format={format} isActive={isActive} />
            )}
            {promptRows > 0 && <SearchPrompt store={store} width={width} theme={theme} />}
          </>
        );
      }}
    </SizedBox>
  );
}

type OverlayKind = 'menu' | 'sheet' | 'none';

/** What stands in place of the rows, where something does. */
function getOverlayKind({menu, sheet}: TreeState): OverlayKind {
  if (menu !== null) return 'menu';
  return sheet === null ? 'none' : 'sheet';
}

interface OverlayProps extends MenuOverlayProps {
  readonly kind: OverlayKind;
}

function Overlay({kind, ...pane}: OverlayProps) {
  return kind === 'menu' ? <MenuOverlay {...pane} /> : <Sheet {...pane} />;
}

/** What a menu gets in a box that is as high as a few rows. */
const OVERLAY_ROWS = 12;

type NodeHandler = ((node: unknown) => void) | undefined;
type ToggleHandler = ((node: unknown, isOpen: boolean) => void) | undefined;

/** The given format; undefined where the store's own is meant. */
function useFormat({formatValue, formatPercent, getIcon}: NodeFormat<never>): SafeFormat | undefined {
  return useMemo(() => {
    const isGiven = formatValue ?? formatPercent ?? getIcon;
    return isGiven ? toSafeFormat({formatValue, formatPercent, getIcon}) : undefined;
  }, [formatValue, formatPercent, getIcon]);
}

interface OwnStore {
  readonly store: TreeStore;
  readonly isShared: boolean;
  /** What stands instead of the tree, if there is none. */
  readonly message: Pick<MessageProps, 'text' | 'role'> | null;
}

/** The store to show: the given one, or one of its own for a tree, or that of the provider. */
function useOwnStore<T extends AnyTree>({store, tree: given, moduleOf}: TreeViewProps<T>): OwnStore {
  const provided = useOptionalTreeStore();
  const tree = given ?? null;
  const shared = store ?? (tree === null ? provided : null);
  const {callTree, message} = useMemo(() => readTree(tree), [tree]);
  const [own] = useState(() => createTreeStore({tree: callTree, ...(moduleOf && {moduleOf})}));
  const shown = useRef(callTree);
  useEffect(() => {
    if (callTree !== null && callTree !== shown.current) own.actions.setTree(callTree);
    shown.current = callTree;
  }, [own, callTree]);
  const used = useTreeStore(shared ?? own);
  return {store: used, isShared: shared !== null, message: shared === null ? message : null};
}

function readTree(tree: AnyTree | null): Pick<OwnStore, 'message'> & {readonly callTree: CallTree | null} {
  if (tree === null)
    return {callTree: null, message: {text: sanitize('There is no tree to show.'), role: 'quiet'}};
  try {
    return {callTree: toCallTree(tree), message: null};
  } catch (error) {
    const text = sanitize(`Cannot show the tree: ${describeError(error)}`);
    return {callTree: null, message: {text, role: 'error'}};
  }
}
