import {areGenerations} from '../tree/compared-nodes.js';
import type {TreeState} from './state.js';

/** Whether rows stand for lines: of captures that are compared they never do, since lines move, but of generations of one. */
export function hasLines({query, filtered}: Pick<TreeState, 'query' | 'filtered'>): boolean {
  const {compared} = filtered.tree;
  return query.by === 'line' && (compared === undefined || areGenerations(compared.runs));
}
