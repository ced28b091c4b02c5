import type {SnapshotOptions} from '../src/heap/snapshot.js';
import {countNeeded, type TreeQuery} from '../src/query/tree-query.js';

/** What has to be read for a query: all locations where steps may take some away. */
export function toRequest(query: TreeQuery): SnapshotOptions {
  return {view: query.select, biggestAllocs: countNeeded(query)};
}
