import {formatBytes, formatPercent, formatSignedBytes, withSign} from '../format/numbers.js';
import type {Painter} from '../style/ansi.js';
import type {ReportGlyphs} from '../style/glyphs.js';
import {type CallTree, getAllocator, getMeanSize} from '../tree/call-tree.js';
import {getDifference} from '../tree/compared-nodes.js';
import {getRowLabel, type RowContext} from '../tree/row-label.js';

export interface TableOptions {
  readonly context: RowContext;
  readonly painter: Painter;
  readonly glyphs: ReportGlyphs;
  /** At most so many rows; all unless given. */
  readonly limit?: number | undefined;
}

interface Column {
  readonly heading: string;
  readonly format: (tree: CallTree, row: number) => string;
  /** Numbers stand at the right end of their column. */
  readonly isText?: true;
}

const TOTAL: readonly Column[] = [
  {heading: 'Total', format: ({bytes}, row) => formatBytes(bytes[row]!)},
  {heading: '', format: ({bytes}, row) => formatPercent(bytes[row]!, bytes[0]!)},
];

const COUNT: Column = {heading: 'Count', format: ({allocations}, row) => String(allocations[row]!)};

const FLAT_COLUMNS: readonly Column[] = [
  ...TOTAL,
  {heading: 'Own', format: ({selfBytes}, row) => formatBytes(selfBytes[row]!)},
  {heading: '', format: ({bytes, selfBytes}, row) => formatPercent(selfBytes[row]!, bytes[0]!)},
  COUNT,
  {heading: 'Own count', format: ({selfAllocations}, row) => String(selfAllocations[row]!)},
];

const PLACE_COLUMNS: readonly Column[] = [
  ...TOTAL,
  COUNT,
  {heading: 'Mean', format: (tree, row) => formatBytes(getMeanSize(tree, row))},
  {heading: 'Allocator', format: getAllocator, isText: true},
];

/** Of captures that are compared with a base. */
const COMPARED_COLUMNS: readonly Column[] = [
  {heading: 'Difference', format: (tree, row) => formatSignedBytes(getDifference(tree, row))},
  {
    heading: '',
    format: (tree, row) => {
      const difference = getDifference(tree, row);
      return withSign(difference, formatPercent(difference, tree.compared!.base!.bytes[0]!));
    },
  },
  {heading: 'Base', format: ({compared}, row) => formatBytes(compared!.base!.bytes[row]!)},
  {heading: 'Total', format: ({bytes}, row) => formatBytes(bytes[row]!)},
  {heading: 'Own', format: (tree, row) => formatSignedBytes(subtract(tree, 'selfBytes', row))},
  {
    heading: 'Count',
    format: (tree, row) => {
      const count = Math.round(subtract(tree, 'allocations', row));
      return withSign(count, String(count));
    },
  },
];

const ALLOCATOR = PLACE_COLUMNS.at(-1)!;

function subtract(tree: CallTree, column: 'selfBytes' | 'allocations', row: number): number {
  return tree[column][row]! - tree.compared!.base![column][row]!;
}

function selectColumns({compared, allocators}: CallTree): readonly Column[] {
  if (compared?.base != null) return allocators ? [...COMPARED_COLUMNS, ALLOCATOR] : COMPARED_COLUMNS;
  return allocators === undefined ? FLAT_COLUMNS : PLACE_COLUMNS;
}

/**
 * The rows of a table, aligned, below a line of headings:
 * `   Total            Own            Count  Own count  Function`, of places
 * `   Total           Count       Mean  Allocator  Function`
 */
export function* formatTable(
  tree: CallTree,
  {context, painter, glyphs, limit}: TableOptions,
): Generator<string> {
  const all = tree.getChildren(0);
  const shown = all.slice(0, limit);
  if (tree.bytes[0] === 0 && all.length === 0 && tree.compared === undefined) {
    yield '<No allocations>';
    return;
  }
  const columns = selectColumns(tree);
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
    yield `${painter.heat(label.heat, `${total}  ${share}`)}  ${rest.join('  ')}  ${name}${place}`;
  }
  if (shown.length < all.length) yield `${glyphs.ellipsis} ${all.length - shown.length} more`;
  if (tree.importer !== undefined) yield formatRest(tree, 'not by imports');
  if (tree.hasLineRows) yield formatRest(tree, 'own of other lines');
}

/** What is no row's own. */
function formatRest({bytes, selfBytes}: CallTree, what: string): string {
  return `${what}: ${formatBytes(selfBytes[0]!)} (${formatPercent(selfBytes[0]!, bytes[0]!)})`;
}
