import {isTable} from '../query/tree-query.js';
import {nextInPreorder} from '../tree/visible-rows.js';
import type {Report} from './report.js';

/** How many rows a report has: those of a table, or those of a tree down to a depth, the root among them. */
export function countRows({query, tree}: Pick<Report, 'query' | 'tree'>, depth = Infinity): number {
  if (isTable(query.shape)) return tree.getChildren(0).length;
  let count = 0;
  for (let node = 0; node >= 0; node = nextInPreorder(tree, node, tree.depth[node]! < depth)) count++;
  return count;
}

/** What is said beside JSON and CSV, which have no room for it; null where all rows are printed. */
export function describeLeftOut(rows: number, limit: number): string | null {
  const more = rows - limit;
  if (more <= 0) return null;
  return `--limit ${limit}: ${more} more ${more === 1 ? 'row is' : 'rows are'} not printed`;
}
