// The façade for Ink apps: components, the hooks they use, and the store they share.

export {App, type AppProps} from '../components/App.js';
export {HelpOverlay, type HelpOverlayProps} from '../components/HelpOverlay.js';
export {SearchPrompt, type SearchPromptProps} from '../components/SearchPrompt.js';
export {SourcePanel, type SourcePanelProps} from '../components/SourcePanel.js';
export {StatusBar, type StatusBarProps} from '../components/StatusBar.js';
export {TreePane, type TreePaneProps} from '../components/TreePane.js';
export {TreeView, type TreeViewProps} from '../components/TreeView.js';
export {TreeStoreProvider, type TreeStoreProviderProps, useTreeStore} from '../hooks/tree-store-context.js';
export {type UseKeymapOptions, useKeymap} from '../hooks/use-keymap.js';
export {usePaneLayout} from '../hooks/use-pane-layout.js';
export {useSourceExcerpt} from '../hooks/use-source-excerpt.js';
export {type SourceReaderPlaces, useSourceReader} from '../hooks/use-source-reader.js';
export {useTreeState} from '../hooks/use-tree-store.js';
export {useVisibleRows, type VisibleRow, type VisibleRows} from '../hooks/use-visible-rows.js';
export type {CommandId} from './commands/commands.js';
export {createKeymap, type KeyBindings, type Keymap} from './commands/keymap.js';
export {
  createTreeStore,
  type TreeActions,
  type TreeStore,
  type TreeStoreOptions,
} from './session/create-tree-store.js';
export {type LoadCaptureOptions, loadCapture} from './session/load-capture.js';
export type {SourceExcerpt, SourceRequest} from './source/source-excerpt.js';
export type {SourceContext} from './store/source-pane/source-layout.js';
export type {TreeState} from './store/state.js';
export {isTyping} from './store/typing.js';
export {type ColorDepth, createTheme, type Theme, type ThemeOptions} from './style/theme.js';
export type {NodeFormat} from './tree/node-format.js';
export type {AnyTree, CallNode, NamedNode, NodeOf, Tree, TreeNode} from './tree/tree-interface.js';
