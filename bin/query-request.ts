import type {SnapshotOptions} from '../src/heap/snapshot.js';
import {countNeeded, type TreeQuery} from '../src/query/tree-query.js';
import type {CliOptions} from './cli-values.js';

/** What has to be read for a query: all locations where steps may take some away. */
export function toRequest(query: TreeQuery): SnapshotOptions {
  return {view: query.select, biggestAllocs: countNeeded(query)};
}

/** The query with the filters of the start (keys i, u) before its steps. */
export function addFilters(
  query: TreeQuery,
  {hideImportSystem, hideUninteresting}: Pick<CliOptions, 'hideImportSystem' | 'hideUninteresting'>,
): TreeQuery {
  const filters = [
    ...(hideImportSystem ? [{kind: 'hide:imports'} as const] : []),
    ...(hideUninteresting ? [{kind: 'hide:uninteresting'} as const, {kind: 'imports:merge'} as const] : []),
  ];
  return {...query, steps: [...filters, ...query.steps]};
}
