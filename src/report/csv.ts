import {formatCsvCell} from '../format/csv-cell.js';
import {type CallTree, getAllocator} from '../tree/call-tree.js';
import type {NodeSums} from '../tree/compared-nodes.js';
import {getImporter} from '../tree/importer.js';

/** The numbers of a row, in their order, and what they are called. */
const NUMBERS = {
  bytes: 'total_bytes',
  selfBytes: 'own_bytes',
  allocations: 'allocations',
  selfAllocations: 'own_allocations',
} as const satisfies Readonly<Record<keyof NodeSums, string>>;

const PLACE_NUMBERS = {bytes: 'bytes', allocations: 'allocations'} as const;

/** In place of a function, of the row of what is below the cut: it has no frame, and so no file. */
const BELOW_CUT = '<below the cut>';

const CALL_HEADINGS = ['function', 'file', 'line', 'threads'];

/** Of a table of imports, besides. */
const IMPORT_HEADINGS = ['module', 'importer_function', 'importer_file', 'importer_line'];

interface CsvOptions {
  /** At most so many rows. */
  readonly limit?: number | undefined;
  readonly moduleOf: (file: string) => string;
  /** Of captures that are compared: what they are called, in their order (`parts` of the capture info). */
  readonly captureNames?: readonly string[] | undefined;
}

/**
 * The rows of a table as comma-separated values with a line of headings (RFC 4180, lines end in LF). Names are as
 * recorded. Of captures that are compared there are also columns for the base and the difference; without a base, for
 * the bytes of each.
 */
export function* formatCsv(
  tree: CallTree,
  {limit = Infinity, moduleOf, captureNames = []}: CsvOptions,
): Generator<string> {
  const isImports = tree.importer !== undefined;
  const isOfPlaces = tree.allocators !== undefined;
  const numbers = listNumberColumns(tree, captureNames);
  const headings = [
    ...numbers.map(({heading}) => heading),
    ...(isOfPlaces ? ['allocator'] : []),
    ...CALL_HEADINGS,
    ...(isImports ? IMPORT_HEADINGS : []),
  ];
  yield `${headings.map(formatCsvCell).join(',')}\n`;
  for (const row of tree.getChildren(0).slice(0, limit)) {
    const call = tree.getNode(row);
    const module = call.file === null ? '' : moduleOf(call.file);
    const cells = [
      ...numbers.map(({read}) => read(row)),
      ...(isOfPlaces ? [getAllocator(tree, row)] : []),
      ...[call.function ?? BELOW_CUT, call.file ?? '', call.line ?? 0, call.threads.join('; ')],
      ...(isImports ? listImportCells(tree, row, module) : []),
    ];
    yield `${cells.map(formatCsvCell).join(',')}\n`;
  }
}

interface NumberColumn {
  readonly heading: string;
  readonly read: (row: number) => number;
}

function listNumberColumns(tree: CallTree, captureNames: readonly string[]): readonly NumberColumn[] {
  const {compared, allocators} = tree;
  const names = Object.entries(allocators === undefined ? NUMBERS : PLACE_NUMBERS) as [
    keyof NodeSums,
    string,
  ][];
  const own = names.map(([name, heading]) => ({heading, read: (row: number) => tree[name][row]!}));
  if (compared === undefined) return own;
  const {base, runs} = compared;
  if (base === null) {
    const each = runs.map(({part, generation}, run) => ({
      heading: `${own[0]!.heading} of ${generation ?? captureNames[part] ?? ''}`,
      read: (row: number) => compared.getValues(row)[run]!,
    }));
    return [...own, ...each];
  }
  const ofBase = names.map(([name, heading]) => ({
    heading: `base_${heading}`,
    read: (row: number) => base[name][row]!,
  }));
  const differences = names.map(([name, heading]) => ({
    heading: `${heading}_difference`,
    read: (row: number) => tree[name][row]! - base[name][row]!,
  }));
  return [...own, ...ofBase, ...differences];
}

function listImportCells(tree: CallTree, row: number, module: string): readonly (string | number)[] {
  const importer = getImporter(tree, row);
  return [module, importer?.function ?? '', importer?.file ?? '', importer?.line ?? ''];
}
