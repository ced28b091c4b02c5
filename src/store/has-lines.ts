import type {TreeState} from './state.js';

/** Whether rows stand for lines: of captures that are compared they never do, since lines move. */
export function hasLines({query, filtered}: Pick<TreeState, 'query' | 'filtered'>): boolean {
  return query.by === 'line' && filtered.tree.compared === undefined;
}
