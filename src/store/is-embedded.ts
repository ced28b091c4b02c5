import type {TreeState} from './state.js';

/** Whether the tree is shown by itself, in an app that shows nothing else of this package but a source or a status. */
export function isEmbedded({layout, hostPane}: Pick<TreeState, 'layout' | 'hostPane'>): boolean {
  return layout === null && hostPane !== null;
}
