import {cellWidth, truncateCells} from '../src/format/cells.js';
import {formatBytes, formatPercent} from '../src/format/numbers.js';
import {joinSafe, type Safe} from '../src/format/sanitize.js';
import {getGlyphs} from '../src/style/glyphs.js';
import {type CallTree, ELIDED, type ThreadShare} from '../src/tree/call-tree.js';
import {describeCall, getNativeLabel} from '../src/tree/native-label.js';
import {toSafeName} from './source-notes.js';

/** Threads beyond these are counted only. */
const MAX_THREADS = 4;

/** Icons and labels are ours, thus safe as they are. */
const ours = (text: string): Safe => text as Safe;

export interface FactsContext {
  /** The displayed module of a file. */
  readonly moduleOf: (file: string) => string;
  readonly ascii: boolean;
  /** The node stands for one of several captures. */
  readonly isProcess?: boolean;
}

/** What is to be said of a node, one piece each: of the root its size, of the elided node what it stands for. */
export function formatFacts(
  tree: CallTree,
  node: number,
  {moduleOf, ascii, isProcess = false}: FactsContext,
): readonly Safe[] {
  const icon = (emoji: string): string => (ascii ? '' : `${emoji} `);
  const allocations = ours(`${icon('💾')}Allocations: ${tree.allocations[node]}`);
  const size = ours(`${icon('📦')}Size: ${formatBytes(tree.bytes[node] ?? 0)}`);
  if (((tree.flags[node] ?? 0) & ELIDED) !== 0) return [...explainElided(tree), allocations, size];
  const frame = tree.frame[node] ?? -1;
  if (frame < 0) return [allocations, size];
  const {function: name, place} = getNames(tree, node, moduleOf);
  const ownSize = formatBytes(tree.selfBytes[node] ?? 0);
  const ownCount = tree.selfAllocations[node] ?? 0;
  const names = isProcess
    ? [joinSafe(ours(`${icon('🧭')}Process: `), toSafeName(name))]
    : [
        joinSafe(ours(`${icon('🧭')}Function: `), toSafeName(name)),
        ...(place === '' ? [] : [joinSafe(ours(`${icon('🧭')}Location: `), toSafeName(place))]),
      ];
  return [
    ...names,
    ...formatNative(tree, node, icon('🧩')),
    allocations,
    size,
    ours(`${icon('📦')}Own size: ${ownSize} in ${ownCount} ${ownCount === 1 ? 'allocation' : 'allocations'}`),
    ...formatThreads(tree.getThreadShares(node), tree.bytes[node] ?? 0, icon('🧵')),
  ];
}

function getNames(tree: CallTree, node: number, moduleOf: (file: string) => string) {
  const native = getNativeLabel(tree, node);
  if (native !== null) return native;
  const {function: name, file, line} = tree.getNode(node);
  const place = line === 0 || line === null ? (file ?? '') : `${moduleOf(file ?? '')}:${line}`;
  return {function: name ?? '', place};
}

/** Where a native frame is in its library, and what of its stack is not shown. */
function formatNative(tree: CallTree, node: number, icon: string): Safe[] {
  const call = describeCall(tree, node);
  const hidden = tree.native?.hidden[node] ?? 0;
  const frames = hidden === 1 ? 'frame' : 'frames';
  return [
    ...(call === '' ? [] : [joinSafe(ours(`${icon}Library: `), toSafeName(call))]),
    ...(hidden === 0 ? [] : [ours(`${icon}${hidden} unknown native ${frames} hidden`)]),
  ];
}

function explainElided({elidedLocations}: CallTree): Safe[] {
  const count = elidedLocations > 0 ? `${elidedLocations} locations` : 'Locations';
  return [ours(`${count} too small to be in the tree; more of them with a higher -b`)];
}

function formatThreads(shares: readonly ThreadShare[], total: number, icon: string): Safe[] {
  const lines = shares.slice(0, MAX_THREADS).map(({label, bytes}) => {
    const share =
      shares.length > 1 && bytes >= 0 ? ` ${formatBytes(bytes)} (${formatPercent(bytes, total)})` : '';
    return joinSafe(ours(`${icon}Thread: `), toSafeName(label), ours(share));
  });
  const rest = shares.length - lines.length;
  return rest > 0 ? [...lines, ours(`${icon}and ${rest} more threads`)] : lines;
}

/** Facts in rows of `width` cells: one a row, or, where that takes more than `maxRows`, as many in a row as fit. */
export function layOutFacts(
  facts: readonly Safe[],
  {width, maxRows, ascii}: {readonly width: number; readonly maxRows: number; readonly ascii: boolean},
): readonly Safe[] {
  const cut = (row: Safe) => truncateCells(row, width, getGlyphs(ascii).ellipsis);
  if (facts.length <= maxRows) return facts.map(cut);
  const separator = ours(ascii ? ' | ' : ' · ');
  const rows: Safe[] = [];
  for (const fact of facts) {
    const last = rows.at(-1);
    const together = last === undefined ? fact : joinSafe(last, separator, fact);
    if (last !== undefined && cellWidth(together) > width) rows.push(fact);
    else rows.splice(-1, 1, together);
  }
  return rows.slice(0, maxRows).map(cut);
}
