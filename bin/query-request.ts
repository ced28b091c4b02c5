import {getNeededView, needsBlocks} from '../src/query/needs.js';
import {countNeeded, type TreeQuery} from '../src/query/tree-query.js';
import type {LoadRequest} from '../src/reader/run-load.js';

/** What has to be read for a query: all locations where steps may take some away. */
export function toRequest(
  query: TreeQuery,
  blocks = needsBlocks(query),
): Pick<LoadRequest, 'view' | 'biggestAllocs' | 'blocks'> {
  return {view: getNeededView(query), biggestAllocs: countNeeded(query), blocks};
}
