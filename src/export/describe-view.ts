import {listCrumbs} from '../query/crumbs.js';
import {DEFAULT_QUERY, isAroundTerm, isTable, type TreeQuery} from '../query/tree-query.js';

/** What a page shows, as the screen writes it: `leaks › through load › inverted`. Tables are shown as a tree. */
export function describePage(query: TreeQuery): string {
  const shape = isTable(query.shape) ? DEFAULT_QUERY.shape : query.shape;
  return joinCrumbs({...query, shape});
}

/** The same of stacks, for which an order makes no difference, and of shapes only what they leave. */
export function describeStacks(query: TreeQuery): string {
  const {select, steps, by, shape} = query;
  const hasTerm = isAroundTerm(shape) && !isTable(shape);
  return joinCrumbs({...DEFAULT_QUERY, select, steps, by, shape: hasTerm ? shape : DEFAULT_QUERY.shape});
}

function joinCrumbs(query: TreeQuery): string {
  return listCrumbs(query)
    .map(({text}) => text)
    .join(' › ');
}
