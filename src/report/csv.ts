import {type CallTree, ELIDED, getAllocator} from '../tree/call-tree.js';

const HEADINGS = [
  'total_bytes',
  'own_bytes',
  'allocations',
  'own_allocations',
  'function',
  'file',
  'line',
  'threads',
];

/** The rows but for that of what is below the cut, which has no frame. */
export function listCsvRows(tree: CallTree): readonly number[] {
  return tree.getChildren(0).filter(row => !(tree.flags[row]! & ELIDED));
}

const PLACE_HEADINGS = ['bytes', 'allocations', 'allocator', 'function', 'file', 'line', 'threads'];

/**
 * The rows of a table as comma-separated values with a line of headings (RFC 4180, lines end in LF). Names are as
 * recorded.
 */
export function* formatCsv(tree: CallTree, limit = Infinity): Generator<string> {
  const isOfPlaces = tree.allocators !== undefined;
  yield `${(isOfPlaces ? PLACE_HEADINGS : HEADINGS).join(',')}\n`;
  for (const row of listCsvRows(tree).slice(0, limit)) {
    const {bytes, selfBytes, allocations, selfAllocations, ...call} = tree.getNode(row);
    const numbers = isOfPlaces
      ? [bytes, allocations, getAllocator(tree, row)]
      : [bytes, selfBytes, allocations, selfAllocations];
    const texts = [call.function ?? '', call.file ?? '', call.line ?? 0, call.threads.join('; ')].map(
      quoteCell,
    );
    yield `${[...numbers, ...texts].join(',')}\n`;
  }
}

/** A cell that a spreadsheet could take for a formula gets an apostrophe. */
function quoteCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
