import {formatCsvCell} from '../format/csv-cell.js';
import {type CallTree, ELIDED, getAllocator} from '../tree/call-tree.js';
import {getImporter} from '../tree/importer.js';

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

/** Of a table of imports, besides. */
const IMPORT_HEADINGS = ['module', 'importer_function', 'importer_file', 'importer_line'];

interface CsvOptions {
  /** At most so many rows. */
  readonly limit?: number | undefined;
  readonly moduleOf: (file: string) => string;
}

/**
 * The rows of a table as comma-separated values with a line of headings (RFC 4180, lines end in LF). Names are as
 * recorded.
 */
export function* formatCsv(tree: CallTree, {limit = Infinity, moduleOf}: CsvOptions): Generator<string> {
  const isImports = tree.importer !== undefined;
  const isOfPlaces = tree.allocators !== undefined;
  const headings = isOfPlaces ? PLACE_HEADINGS : isImports ? [...HEADINGS, ...IMPORT_HEADINGS] : HEADINGS;
  yield `${headings.join(',')}\n`;
  for (const row of listCsvRows(tree).slice(0, limit)) {
    const {bytes, selfBytes, allocations, selfAllocations, ...call} = tree.getNode(row);
    const cells = [
      ...(isOfPlaces
        ? [bytes, allocations, getAllocator(tree, row)]
        : [bytes, selfBytes, allocations, selfAllocations]),
      ...[call.function ?? '', call.file ?? '', call.line ?? 0, call.threads.join('; ')],
      ...(isImports ? listImportCells(tree, row, moduleOf(call.file ?? '')) : []),
    ];
    yield `${cells.map(formatCsvCell).join(',')}\n`;
  }
}

function listImportCells(tree: CallTree, row: number, module: string): readonly (string | number)[] {
  const importer = getImporter(tree, row);
  return [module, importer?.function ?? '', importer?.file ?? '', importer?.line ?? ''];
}
