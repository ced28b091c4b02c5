import {formatBytes, formatPercent} from '../format/numbers.js';
import type {Painter} from '../style/ansi.js';
import type {ReportGlyphs} from '../style/glyphs.js';
import type {CallTree} from '../tree/call-tree.js';
import {getRowLabel, type RowContext} from '../tree/row-label.js';

interface TableOptions {
  readonly context: RowContext;
  readonly painter: Painter;
  readonly glyphs: ReportGlyphs;
  /** At most so many rows; all unless given. */
  readonly limit?: number | undefined;
}

const HEADINGS = ['Total', '', 'Own', '', 'Count', 'Own count'] as const;

/**
 * The rows of a table, aligned, below a line of headings:
 * `   Total            Own            Count  Own count  Function`
 */
export function* formatTable(
  tree: CallTree,
  {context, painter, glyphs, limit}: TableOptions,
): Generator<string> {
  const all = tree.getChildren(0);
  const shown = all.slice(0, limit);
  if (tree.bytes[0] === 0 && all.length === 0) {
    yield '<No allocations>';
    return;
  }
  const cells = shown.map(row => formatNumbers(tree, row));
  const widths = HEADINGS.map((heading, column) =>
    cells.reduce((width, row) => Math.max(width, row[column]!.length), heading.length),
  );
  const align = (row: readonly string[]): string[] =>
    row.map((cell, column) => cell.padStart(widths[column]!));
  yield `${align(HEADINGS).join('  ')}  ${tree.importer === undefined ? 'Function' : 'Module  imported by'}`;
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

function formatNumbers(tree: CallTree, row: number): readonly string[] {
  const {bytes, selfBytes, allocations, selfAllocations} = tree;
  const whole = bytes[0]!;
  return [
    formatBytes(bytes[row]!),
    formatPercent(bytes[row]!, whole),
    formatBytes(selfBytes[row]!),
    formatPercent(selfBytes[row]!, whole),
    String(allocations[row]!),
    String(selfAllocations[row]!),
  ];
}

/** What is no row's own. */
function formatRest({bytes, selfBytes}: CallTree, what: string): string {
  return `${what}: ${formatBytes(selfBytes[0]!)} (${formatPercent(selfBytes[0]!, bytes[0]!)})`;
}
