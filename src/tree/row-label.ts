import {formatCount} from '../format/numbers.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {type CallTree, ELIDED, getAllocator, getMeanSize, ROOT_NAME} from './call-tree.js';
import {areGenerations} from './compared-nodes.js';
import {type ChangeLabel, getDifferenceCells, getDifferenceLabel} from './difference-label.js';
import {hasChildren} from './growth.js';
import {getImporter} from './importer.js';
import {getNativeLabel} from './native-label.js';
import {MEMORY_FORMAT, type SafeFormat} from './node-format.js';
import {findPools} from './small-object-pools.js';
import {computeSpread} from './spread.js';

/** What a row shows. */
export interface RowLabel {
  /** `none` for the root of an empty tree, which shows its function alone. */
  readonly icon: 'calls' | 'allocates' | 'elided' | 'none';
  /** The host's own sign, instead of that of `icon`. */
  readonly ownIcon?: Safe;
  /** "3.661MB", safe to show; empty with icon `none`. */
  readonly size: string;
  /** "99.92 %", safe to show; empty with icon `none`. */
  readonly percent: string;
  /** Of a row of a table: what it allocates itself, and how many allocations went through it. */
  readonly own?: string;
  readonly count?: string;
  /** Of a row of places, instead of its own: the mean size of its blocks, and their allocator. */
  readonly mean?: string;
  readonly allocator?: Safe;
  /** Of generations: what each of them holds. */
  readonly generations?: readonly string[];
  /** What the node held in the course of the run. */
  readonly life?: RowLife;
  /** Of captures that are compared with a base: what there was, and what there is. */
  readonly change?: ChangeLabel;
  /** Of captures that are compared with one another: how many of them stand out here; none are not said. */
  readonly outliers?: number;
  /** Whole percent of the root, for the colour. */
  readonly heat: number;
  /** The same from 0 to 1, for a bar. */
  readonly share: number;
  /** The function; for the elided node what it stands for. */
  readonly function: Safe;
  /** "module:line", the file alone for line 0, empty where there is none. */
  readonly place: Safe;
  /** The function is shown whole before the place gets any room. */
  readonly keepsName?: true;
  /** All of it is memory that Python mapped for small objects of any place. */
  readonly isPool?: true;
  /** Remarks that stand where the place would: the first one that fits. */
  readonly notes?: readonly Safe[];
}

/** What a node held in each part of the run, in bytes. */
export interface RowLife {
  readonly bytes: Float64Array;
  /** What the highest sign stands for. */
  readonly most: number;
  /** The part with the moment that is shown; null where no moment is. */
  readonly shownPart: number | null;
}

export interface RowContext {
  /** The module of a file as it is displayed. */
  readonly moduleOf: (file: string) => string;
  /** As for a capture unless given. */
  readonly format?: SafeFormat;
  /** False where no frame has a line, since each stands for a whole function. */
  readonly hasLines?: boolean;
  /** How much is 100 % in the row of a node; the root's bytes unless given. Color and bar are shares of the root. */
  readonly totalOf?: (node: number) => number;
  /** How much Python maps at once for small objects; null where that is not known, and rows are not marked. */
  readonly arenaBytes?: number | null;
  /** True for the rows of a table, which have more numbers. */
  readonly isTable?: boolean;
  /** What the root of an empty tree says; that there are no allocations unless given. */
  readonly emptyText?: string | null;
}

/** The label of a row, as memray 1.20 writes it. */
export function getRowLabel(tree: CallTree, node: number, context: RowContext): RowLabel {
  const {format = MEMORY_FORMAT} = context;
  const total = tree.bytes[0]!;
  if (node === 0 && total === 0 && tree.rootName === ROOT_NAME && isEmptyBase(tree)) {
    return {
      icon: 'none',
      size: '',
      percent: '',
      heat: 0,
      share: 0,
      function: sanitize(context.emptyText ?? '<No allocations>'),
      place: sanitize(''),
    };
  }
  const bytes = tree.bytes[node]!;
  const isElided = (tree.flags[node]! & ELIDED) !== 0;
  const ownIcon = format.getIcon?.(tree.getItem(node)) ?? null;
  const share = total > 0 ? Math.max(0, Math.min(bytes / total, 1)) : 0;
  return {
    ...(ownIcon !== null && {ownIcon}),
    icon: isElided ? 'elided' : hasChildren(tree, node) ? 'calls' : 'allocates',
    size: format.formatValue(bytes),
    percent: format.formatPercent(bytes, context.totalOf?.(node) ?? total),
    ...(context.isTable && getTableCells(tree, node, format)),
    heat: Math.trunc(share * 100),
    share,
    ...(isPool(tree, node, context) && {isPool: true as const}),
    ...(isElided ? describeElided(tree, node) : getNames(tree, node, context)),
    ...(tree.compared?.base && getDifferenceLabel(tree, node, format)),
    ...(tree.compared?.base === null && describeRuns(tree, node, format)),
  };
}

function describeRuns(
  {compared}: CallTree,
  node: number,
  {formatValue}: SafeFormat,
): Pick<RowLabel, 'outliers' | 'generations'> {
  const values = compared!.getValues(node);
  if (areGenerations(compared!.runs)) return {generations: Array.from(values, formatValue)};
  const {length} = computeSpread(values).outliers;
  return length === 0 ? {} : {outliers: length};
}

function isEmptyBase({compared}: CallTree): boolean {
  return (compared?.base?.bytes[0] ?? 0) === 0;
}

function getTableCells(tree: CallTree, node: number, format: SafeFormat) {
  if (tree.compared?.base && !tree.compared.showsSizes) return getDifferenceCells(tree, node, format);
  const count = formatCount(tree.allocations[node]!);
  if (tree.allocators === undefined) return {own: format.formatValue(tree.selfBytes[node]!), count};
  const mean = format.formatValue(getMeanSize(tree, node));
  return {count, mean, allocator: sanitize(getAllocator(tree, node))};
}

function isPool(tree: CallTree, node: number, {arenaBytes = null}: RowContext): boolean {
  return arenaBytes !== null && findPools(tree, node, arenaBytes)?.extent === 'total';
}

function describeElided(tree: CallTree, node: number) {
  const from = tree.elidedLocations > 0 ? ` from ${tree.elidedLocations} locations` : '';
  const count = tree.allocations[node]!;
  const what = Number.isNaN(count) ? 'More' : `${formatCount(count)} allocations`;
  const text = `${what}${from} below the configured threshold`;
  return {function: sanitize(text), place: sanitize('')};
}

function getNames(tree: CallTree, node: number, {moduleOf, hasLines = true}: RowContext) {
  const {frames, strings} = tree;
  const frame = tree.frame[node]!;
  if (frame < 0) return {function: sanitize(tree.rootName), place: sanitize('')};
  if (tree.importer !== undefined) return getImportNames(tree, node, moduleOf);
  const native = getNativeLabel(tree, node);
  if (native !== null) return {function: sanitize(native.function), place: sanitize(native.place)};
  const file = strings[frames.file[frame]!]!;
  const line = frames.line[frame]!;
  const name = strings[frames.function[frame]!]!;
  if (tree.hasLineRows && name === '' && line > 0) {
    return {function: sanitize(`${moduleOf(file)}:${line}`), place: sanitize('')};
  }
  // A file, a module or a package as one frame; of places blocks without a frame.
  if (name === '' && line === 0 && (file !== '' || !hasLines || tree.allocators !== undefined)) {
    return {function: sanitize(file === '' ? '<unknown>' : file), place: sanitize('')};
  }
  const module = hasLines && line === 0 ? file : moduleOf(file);
  return {function: sanitize(name), place: sanitize(line === 0 ? module : `${module}:${line}`)};
}

/** Of a table of imports: the module, and what imported it in place of the location. */
function getImportNames(tree: CallTree, row: number, moduleOf: (file: string) => string) {
  const {frames, strings} = tree;
  const file = strings[frames.file[tree.frame[row]!]!]!;
  const importer = getImporter(tree, row);
  const place = importer === null ? '' : `by ${moduleOf(importer.file)}:${importer.line}`;
  return {function: sanitize(moduleOf(file)), place: sanitize(place), keepsName: true as const};
}
