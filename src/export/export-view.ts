import {deriveStacks, deriveTree} from '../query/derive-tree.js';
import {listTargetRemarks} from '../query/show-snapshot.js';
import {DEFAULT_QUERY, type TreeQuery} from '../query/tree-query.js';
import {collectStacks} from './exported-stacks.js';
import type {ExportedView} from './exported-view.js';

/** What is exported of a view: all of its locations, unless it says how many. */
export function toExportedQuery(query: TreeQuery): TreeQuery {
  return {...query, biggest: query.biggest ?? Infinity};
}

/**
 * What a query leaves of a snapshot, for the formats, and what has to be said of it, one line each. The snapshot has to
 * hold all locations that the query needs.
 */
export function exportView(given: Pick<ExportedView, 'name' | 'snapshot' | 'query' | 'naming'>): {
  readonly view: ExportedView;
  readonly remarks: readonly string[];
} {
  const {snapshot, query, naming} = given;
  const derived = deriveStacks(snapshot, query, {naming});
  return {
    view: {
      ...given,
      getAmounts: () => derived,
      getStacks: () => collectStacks(derived),
      getTree: () => deriveTree(snapshot, toTreeQuery(query), {naming}).tree,
    },
    remarks: listTargetRemarks({untargeted: derived.untargeted, skipped: []}),
  };
}

/** Rows of a table are no tree. */
function toTreeQuery(query: TreeQuery): TreeQuery {
  return query.shape.kind === 'flat' ? {...query, shape: DEFAULT_QUERY.shape} : query;
}
