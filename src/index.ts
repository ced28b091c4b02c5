// The façade: components and hooks for Ink apps, the store they share, and what feeds it.
export {SourcePanel, type SourcePanelProps} from '../components/SourcePanel.js';
export {StatusBar, type StatusBarProps} from '../components/StatusBar.js';
export {TreeView, type TreeViewProps} from '../components/TreeView.js';
export * from '../hooks/index.js';
export {createTreeStore} from './store/create-tree-store.js';
