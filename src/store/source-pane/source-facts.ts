import {formatBytes, formatCount, formatPercent} from '../../format/numbers.js';
import {joinSafe, type Safe, sanitize, trusted} from '../../format/sanitize.js';
import {type CallTree, ELIDED, type ThreadShare} from '../../tree/call-tree.js';
import {getImporter} from '../../tree/importer.js';
import {describeCall, getNativeLabel, getSourceFile} from '../../tree/native-label.js';
import {MEMORY_FORMAT, type SafeFormat} from '../../tree/node-format.js';
import {findPools, type Pools} from '../../tree/small-object-pools.js';
import {formatComparison} from './comparison-facts.js';
import type {Fact} from './facts-layout.js';
import {type CutSides, formatSides, NO_CUT, type SidesContext} from './side-facts.js';
import {toSafeName, toSafePlace} from './source-notes.js';

/** What stands before the location of a node. */
export const LOCATION_LABEL = 'Location: ';

/** Threads beyond these are counted only. */
const MAX_THREADS = 4;

export interface FactsContext {
  /** The displayed module of a file. */
  readonly moduleOf: (file: string) => string;
  readonly ascii: boolean;
  /** As for a capture unless given. */
  readonly format?: SafeFormat;
  /** `63.67 % of parent`, where rows do not show a share of the view. */
  readonly share?: string;
  /** How much Python maps at once for small objects; null where that is not known. */
  readonly arenaBytes?: number | null;
  /** Between what was and what is on the two sides of a comparison; an arrow unless given. */
  readonly arrow?: string;
  /** Of captures that are compared: what the user calls one of them. */
  readonly nameRun?: (run: number) => string;
  /** Of captures that are compared with a base: which sides have something below the cut. */
  readonly cutSides?: CutSides;
  /** The node stands for one of several captures. */
  readonly isProcess?: boolean;
}

/**
 * What is to be said of a node, one piece each: of the root its size, of the elided node what it stands for.
 */
export function formatFacts(
  tree: CallTree,
  node: number,
  {
    moduleOf,
    ascii,
    format = MEMORY_FORMAT,
    share = '',
    isProcess = false,
    arenaBytes = null,
    arrow = ascii ? '->' : '→',
    nameRun = String,
    cutSides = NO_CUT,
  }: FactsContext,
): readonly Fact[] {
  const icon = (emoji: string): string => (ascii ? '' : `${emoji} `);
  const icons = {countIcon: icon('💾'), sizeIcon: icon('📦')};
  const amounts =
    tree.compared?.base == null
      ? formatAmounts(tree, node, {...icons, format, share})
      : formatSides(tree, node, {...icons, format, share, arrow, cutSides}).map(toFact);
  if (((tree.flags[node] ?? 0) & ELIDED) !== 0) return [...explainElided(tree).map(toFact), ...amounts];
  const frame = tree.frame[node] ?? -1;
  const comparison = formatComparison(tree, node, {icon: icon('📦'), format, nameRun}).map(toFact);
  if (frame < 0) return [...amounts, ...comparison, ...formatNotImported(tree, icon('📦'))];
  const {function: name, place} = getNames(tree, node, moduleOf);
  const title = isProcess ? 'Process' : tree.isNested ? 'Name' : 'Function';
  const location = joinSafe(trusted(`${icon('🧭')}${LOCATION_LABEL}`), toSafePlace(place));
  return [
    toFact(joinSafe(trusted(`${icon('🧭')}${title}: `), toSafeName(name))),
    ...(isProcess || place === '' ? [] : [{text: location, isEssential: true}]),
    ...formatImporter(tree, node, icon('🧭'), moduleOf),
    ...formatNative(tree, node, icon('🧩')).map(toFact),
    ...amounts,
    ...comparison,
    ...formatPools(arenaBytes === null ? null : findPools(tree, node, arenaBytes), icon('◌')),
    ...formatThreads(tree.getThreadShares(node), tree.bytes[node] ?? 0, icon('🧵'), format).map(toFact),
  ];
}

/** Nothing where a tree does not know it. */
function listCount(count: number, title: string): readonly Fact[] {
  return Number.isNaN(count) ? [] : [toFact(trusted(`${title}${formatCount(count)}`))];
}

/** How much a node holds; of the root, and of what is below the cut, nothing is its own. */
function formatAmounts(
  tree: CallTree,
  node: number,
  {countIcon, sizeIcon, format, share}: Omit<SidesContext, 'arrow' | 'cutSides'>,
): readonly Fact[] {
  const isFrame = (tree.frame[node] ?? -1) >= 0;
  const shown = share === '' ? '' : ` (${share})`;
  const bytes = format.formatValue(tree.bytes[node] ?? 0);
  return [
    ...listCount(tree.allocations[node]!, `${countIcon}Allocations: `),
    toFact(sanitize(`${sizeIcon}${tree.isNested ? 'Value' : 'Size'}: ${bytes}${shown}`)),
    ...(isFrame ? formatOwn(tree, node, sizeIcon, format) : []),
  ];
}

function formatOwn(tree: CallTree, node: number, icon: string, format: SafeFormat): readonly Fact[] {
  const bytes = tree.selfBytes[node]!;
  const count = tree.selfAllocations[node]!;
  if (Number.isNaN(bytes)) return [];
  const allocations = Number.isNaN(count)
    ? ''
    : ` in ${formatCount(count)} ${count === 1 ? 'allocation' : 'allocations'}`;
  return [
    toFact(
      trusted(`${icon}Own ${tree.isNested ? 'value' : 'size'}: ${format.formatValue(bytes)}${allocations}`),
    ),
  ];
}

function toFact(text: Safe): Fact {
  return {text, isEssential: false};
}

/** The location of a node as its facts have it; '' where they have none. */
export function formatLocation(tree: CallTree, node: number, moduleOf: (file: string) => string): Safe {
  return toSafePlace(getNames(tree, node, moduleOf).place);
}

function getNames(tree: CallTree, node: number, moduleOf: (file: string) => string) {
  const native = getNativeLabel(tree, node);
  if (native !== null) return native;
  const {function: name, line} = tree.getNode(node);
  // The whole path of a file that a compiler named relative to its folder.
  const file = tree.frame[node]! < 0 ? '' : getSourceFile(tree, node);
  const place = line === 0 || line === null ? file : `${moduleOf(file)}:${line}`;
  return {function: name ?? '', place};
}

/** What is said of a node that is, or seems to be, memory for small objects. */
function formatPools(pools: Pools | null, icon: string): readonly Fact[] {
  if (pools === null) return [];
  const {extent, bytes, count, isCertain} = pools;
  const blocks = `${formatBytes(bytes)} in ${count} ${count === 1 ? 'block' : 'blocks'}`;
  const what = `${icon}${isCertain ? 'Small-object' : 'Likely small-object'} ${count === 1 ? 'pool' : 'pools'}`;
  const part = extent === 'own' ? ' of its own' : '';
  return [
    toFact(trusted(`${what}: ${blocks}${part}, which Python mapped for small objects of any place`)),
    toFact(trusted(`${icon}Record with --trace-python-allocators to see those objects`)),
  ];
}

/** Of a row of a table of imports: what imported it. */
function formatImporter(
  tree: CallTree,
  node: number,
  icon: string,
  moduleOf: (file: string) => string,
): readonly Fact[] {
  const importer = getImporter(tree, node);
  if (importer === null) return [];
  const place = toSafePlace(`${moduleOf(importer.file)}:${importer.line}`);
  const name = toSafeName(importer.function);
  return [toFact(joinSafe(trusted(`${icon}Imported by: `), name, trusted('  '), place))];
}

/** Of the root of a table of imports: what no row holds. */
function formatNotImported(tree: CallTree, icon: string): readonly Fact[] {
  if (tree.importer === undefined) return [];
  const [own, whole] = [tree.selfBytes[0]!, tree.bytes[0]!];
  return [toFact(trusted(`${icon}Not by imports: ${formatBytes(own)} (${formatPercent(own, whole)})`))];
}

/** Where a native frame is in its library, and what of its stack is not shown. */
function formatNative(tree: CallTree, node: number, icon: string): Safe[] {
  const call = describeCall(tree, node);
  const dropped = tree.native?.droppedFrames[node] ?? 0;
  const frames = dropped === 1 ? 'frame' : 'frames';
  return [
    ...(call === '' ? [] : [joinSafe(trusted(`${icon}Library: `), toSafeName(call))]),
    ...(dropped === 0 ? [] : [trusted(`${icon}${dropped} unknown native ${frames} hidden`)]),
  ];
}

function explainElided({elidedLocations}: CallTree): Safe[] {
  const count = elidedLocations > 0 ? `${elidedLocations} locations` : 'Locations';
  return [trusted(`${count} below the cut; a higher -b shows more of them`)];
}

function formatThreads(
  shares: readonly ThreadShare[],
  total: number,
  icon: string,
  format: SafeFormat,
): Safe[] {
  const lines = shares.slice(0, MAX_THREADS).map(({label, bytes}) => {
    const share =
      shares.length > 1 && bytes >= 0
        ? ` ${format.formatValue(bytes)} (${format.formatPercent(bytes, total)})`
        : '';
    return joinSafe(trusted(`${icon}Thread: `), toSafeName(label), trusted(share));
  });
  const rest = shares.length - lines.length;
  return rest > 0 ? [...lines, trusted(`${icon}and ${rest} more threads`)] : lines;
}
