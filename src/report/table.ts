import {formatBytes, formatPercent} from '../format/numbers.js';
import type {Safe} from '../format/sanitize.js';
import type {Painter} from '../style/ansi.js';
import type {ReportGlyphs} from '../style/glyphs.js';
import type {CallTree} from '../tree/call-tree.js';
import {formatMark} from '../tree/difference-label.js';
import {MEMORY_FORMAT} from '../tree/node-format.js';
import {getRowLabel, type RowContext, type RowLabel} from '../tree/row-label.js';
import {formatOutliers} from '../tree/spread-label.js';
import type {PoolMarker} from './pool-marks.js';
import {listColumns} from './table-columns.js';

export interface TableOptions {
  readonly context: RowContext;
  readonly painter: Painter;
  readonly glyphs: ReportGlyphs;
  readonly pools: PoolMarker;
  /** At most so many rows; all unless given. */
  readonly limit?: number | undefined;
  /** Of captures without a base: what the user calls one of them. */
  readonly nameRun?: ((run: number) => string) | undefined;
}

/**
 * The rows of a table, aligned, below a line of headings:
 * `   Total            Own            Count  Own count  Function`, of places
 * `   Total           Count       Mean  Allocator  Function`; of captures that are compared
 * `Difference  Of base     Base    Total  Own diff  Count diff  Function`, without a base
 * ` Median            Least  Greatest  Own            Count  Own count  Function`
 */
export function* formatTable(
  tree: CallTree,
  {context, painter, glyphs, pools, limit, nameRun}: TableOptions,
): Generator<string> {
  const all = tree.getChildren(0);
  const shown = all.slice(0, limit);
  if (tree.bytes[0] === 0 && all.length === 0 && tree.compared === undefined) {
    yield '<No allocations>';
    return;
  }
  const columns = listColumns(tree);
  const cells = shown.map(row => columns.map(({format}) => format(tree, row)));
  const widths = columns.map(({heading}, column) =>
    cells.reduce((width, row) => Math.max(width, row[column]!.length), heading.length),
  );
  const align = (row: readonly string[]): string[] =>
    row.map((cell, column) =>
      columns[column]!.isText ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
    );
  const name = tree.importer === undefined ? 'Function' : 'Module  imported by';
  yield `${align(columns.map(({heading}) => heading)).join('  ')}  ${name}`;
  for (const [index, row] of shown.entries()) {
    const label = getRowLabel(tree, row, context);
    const [total, share, ...rest] = align(cells[index]!);
    const place = label.place && `  ${painter.place(label.place)}`;
    const name = label.icon === 'elided' ? label.function : painter.function(label.function);
    const remark = describeRow(tree, row, label, nameRun);
    const remarked = `${remark === '' ? '' : `  ${remark}`}${pools.mark(label)}`;
    yield `${painter.heat(label.heat, `${total}  ${share}`)}  ${rest.join('  ')}  ${name}${place}${remarked}`;
  }
  if (shown.length < all.length) yield `${glyphs.ellipsis} ${all.length - shown.length} more`;
  if (tree.importer !== undefined) yield formatRest(tree, 'not by imports');
  if (tree.hasLineRows) yield formatRest(tree, 'own of other lines');
}

/** `new`, `gone`; of captures without a base those that stand out. */
function describeRow(
  tree: CallTree,
  row: number,
  {change}: RowLabel,
  nameRun: TableOptions['nameRun'],
): Safe | '' {
  if (change !== undefined) return formatMark(change);
  return nameRun === undefined ? '' : formatOutliers(tree, row, MEMORY_FORMAT, nameRun);
}

/** What is no row's own. */
function formatRest({bytes, selfBytes}: CallTree, what: string): string {
  return `${what}: ${formatBytes(selfBytes[0]!)} (${formatPercent(selfBytes[0]!, bytes[0]!)})`;
}
