import type {Snapshot} from '../../src/heap/snapshot.js';
import {deriveTree} from '../../src/query/derive-tree.js';
import {createNaming} from '../../src/query/naming.js';
import {DEFAULT_QUERY, getBiggest, type TreeQuery} from '../../src/query/tree-query.js';
import type {Report} from '../../src/report/report.js';

interface ReportSpec {
  readonly query?: TreeQuery;
  readonly wholePeak?: boolean;
}

/** What is reported of a snapshot. */
export function createReport(
  snapshot: Snapshot,
  {query = DEFAULT_QUERY, wholePeak = false}: ReportSpec = {},
): Report {
  return {
    ...deriveTree(snapshot, query, {naming: createNaming(snapshot), wholePeak}),
    capture: snapshot.capture,
    view: snapshot.view,
    query,
    options: {biggestAllocs: getBiggest(query), wholePeak, pythonOnly: false},
  };
}
