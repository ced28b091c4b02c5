import type {TreeQuery} from '../query/tree-query.js';

/** What is exported of a view, which may be any but statistics: all of its locations, unless it says how many. */
export function toExportedQuery(query: TreeQuery): TreeQuery {
  return {...query, biggest: query.biggest ?? Infinity};
}
