import {formatCsvCell} from '../format/csv-cell.js';
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

const PLACE_HEADINGS = ['bytes', 'allocations', 'allocator', 'function', 'file', 'line', 'threads'];

/**
 * The rows of a table as comma-separated values with a line of headings (RFC 4180, lines end in LF). Names are as
 * recorded.
 */
export function* formatCsv(tree: CallTree, limit = Infinity): Generator<string> {
  const isOfPlaces = tree.allocators !== undefined;
  yield `${(isOfPlaces ? PLACE_HEADINGS : HEADINGS).join(',')}\n`;
  let left = limit;
  for (const row of tree.getChildren(0)) {
    if (left-- <= 0) return;
    if (tree.flags[row]! & ELIDED) continue;
    const {bytes, selfBytes, allocations, selfAllocations, ...call} = tree.getNode(row);
    const numbers = isOfPlaces
      ? [bytes, allocations, getAllocator(tree, row)]
      : [bytes, selfBytes, allocations, selfAllocations];
    const texts = [call.function ?? '', call.file ?? '', call.line ?? 0, call.threads.join('; ')].map(
      formatCsvCell,
    );
    yield `${[...numbers, ...texts].join(',')}\n`;
  }
}
