export * from './tree-store-context.js';
export * from './use-keymap.js';
export * from './use-pane-layout.js';
export * from './use-source-excerpt.js';
export * from './use-source-reader.js';
export * from './use-tree-store.js';
export * from './use-visible-rows.js';
