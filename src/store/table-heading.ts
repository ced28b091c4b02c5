import {sliceCells} from '../format/cells.js';
import {isTable, type SortKey} from '../query/tree-query.js';
import {areGenerations} from '../tree/compared-nodes.js';
import {showsDifferences} from './comparison.js';
import type {RowColumns} from './row-columns.js';
import type {TreeState} from './state.js';

/** Whether the rows are those of a table. */
export function isTableShown({query, shown}: Pick<TreeState, 'query' | 'shown'>): boolean {
  return shown !== null && !shown.isAwaited && isTable(query.shape);
}

/** Whether there is a line of headings above the rows: of tables, and of trees of generations, which have columns too. */
export function hasHeadings(state: Pick<TreeState, 'query' | 'shown'>): boolean {
  const isOfGenerations = areGenerations(state.shown?.tree.compared?.runs ?? []);
  return isTableShown(state) || (isOfGenerations && state.shown?.isAwaited === false);
}

/** A heading of a table's column, as wide as the column. */
export interface Heading {
  readonly text: string;
  /** 0: as wide as its text. */
  readonly cells: number;
  readonly isSorted: boolean;
}

const KEYS = {size: 'total', own: 'own', count: 'count', mean: 'mean'} as const satisfies Record<
  string,
  SortKey
>;
const TEXTS = {size: 'Total', own: 'Own', count: 'Count', mean: 'Mean'} as const;
const TEXTS_OF = {
  sizes: TEXTS,
  differences: {size: 'Diff', own: 'Own diff', count: 'Count diff', mean: 'Mean'},
  medians: {...TEXTS, size: 'Median'},
} as const;

/** What the numbers of rows are: differences of their base, or medians of captures that are compared without one. */
export type NumberKind = keyof typeof TEXTS_OF;

export function getNumberKind(state: Pick<TreeState, 'filtered'>): NumberKind {
  if (showsDifferences(state)) return 'differences';
  const {compared} = state.filtered.tree;
  return compared?.base === null && !areGenerations(compared.runs) ? 'medians' : 'sizes';
}

/** `% peak` where that fits; the status line says it too. */
function getPercentHeading(base: string, cells: number): string {
  const text = `% ${base}`.trimEnd();
  return text.length <= cells ? text : '%';
}

/**
 * The headings of the columns that are shown, the one that the rows are sorted by marked.
 * @param percentBase what percent are of; empty for the view; those of differences are of the base
 */
export function listHeadings(
  columns: RowColumns,
  {sort, isReversed, shape}: TreeState['query'],
  percentBase: string,
  kind: NumberKind = 'sizes',
): readonly Heading[] {
  const arrow = isReversed ? '+' : '-';
  const numbers = (
    ['size', 'percent', 'bar', 'life', 'generations', 'own', 'count', 'mean', 'allocator'] as const
  ).flatMap(column => {
    if (column === 'generations')
      return columns.generations.map(({name, cells}) => ({
        text: sliceCells(name, 0, cells),
        cells,
        isSorted: false,
      }));
    const cells = columns[column];
    if (cells === 0) return [];
    if (column === 'bar') return [{text: '', cells, isSorted: false}];
    if (column === 'life') return [{text: 'Over time'.slice(0, cells).padEnd(cells), cells, isSorted: false}];
    if (column === 'percent')
      return [
        {
          text: getPercentHeading(kind === 'differences' ? 'base' : percentBase, cells),
          cells,
          isSorted: false,
        },
      ];
    if (column === 'allocator') return [{text: 'Allocator'.padEnd(cells), cells, isSorted: false}];
    const isSorted = KEYS[column] === sort;
    const text = TEXTS_OF[kind][column];
    return [{text: isSorted ? `${arrow}${text}` : text, cells, isSorted}];
  });
  const hasMean = sort === 'mean' && columns.mean > 0;
  const isSorted = (sort === 'name' || sort === 'mean') && !hasMean;
  const title = shape.kind === 'imports' ? 'Module' : 'Function';
  const name =
    sort === 'mean' && !hasMean
      ? `${title} (${arrow}mean size)`
      : sort === 'name'
        ? `${arrow}${title}`
        : title;
  return [...numbers, {text: name, cells: 0, isSorted}];
}
