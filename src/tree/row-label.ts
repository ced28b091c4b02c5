import {formatBytes, formatPercent} from '../format/numbers.js';
import {type Safe, sanitize} from '../format/sanitize.js';
import {type CallTree, ELIDED} from './call-tree.js';
import {getNativeLabel} from './native-label.js';

/** What a row shows. */
export interface RowLabel {
  /** `none` for the root of an empty tree, which shows its function alone. */
  readonly icon: 'calls' | 'allocates' | 'elided' | 'none';
  /** "3.661MB"; empty with icon `none`. */
  readonly size: string;
  /** "99.92 %", without parentheses; empty with icon `none`. */
  readonly percent: string;
  /** Whole percent of the root, for the colour. */
  readonly heat: number;
  /** The same from 0 to 1, for a bar. */
  readonly share: number;
  /** The function; for the elided node what it stands for. */
  readonly function: Safe;
  /** "module:line", the file alone for line 0, empty where there is none. */
  readonly place: Safe;
  /** Remarks that stand where the place would: the first one that fits. */
  readonly notes?: readonly Safe[];
}

export interface RowContext {
  /** The module of a file as it is displayed. */
  readonly moduleOf: (file: string) => string;
}

/** The label of a row, as memray 1.20 writes it. */
export function getRowLabel(tree: CallTree, node: number, {moduleOf}: RowContext): RowLabel {
  const total = tree.bytes[0]!;
  if (node === 0 && total === 0) {
    return {
      icon: 'none',
      size: '',
      percent: '',
      heat: 0,
      share: 0,
      function: sanitize('<No allocations>'),
      place: sanitize(''),
    };
  }
  const bytes = tree.bytes[node]!;
  const isElided = (tree.flags[node]! & ELIDED) !== 0;
  return {
    icon: isElided ? 'elided' : tree.firstChild[node]! >= 0 ? 'calls' : 'allocates',
    size: formatBytes(bytes),
    percent: formatPercent(bytes, total),
    heat: total > 0 ? Math.trunc((bytes / total) * 100) : 0,
    share: total > 0 ? bytes / total : 0,
    ...(isElided ? describeElided(tree, node) : getNames(tree, node, moduleOf)),
  };
}

function describeElided(tree: CallTree, node: number) {
  const from = tree.elidedLocations > 0 ? ` from ${tree.elidedLocations} locations` : '';
  const text = `${tree.allocations[node]} allocations${from} below the configured threshold`;
  return {function: sanitize(text), place: sanitize('')};
}

function getNames(tree: CallTree, node: number, moduleOf: (file: string) => string) {
  const {frames, strings} = tree;
  const frame = tree.frame[node]!;
  if (frame < 0) return {function: sanitize(tree.rootName), place: sanitize('')};
  const native = getNativeLabel(tree, node);
  if (native !== null) return {function: sanitize(native.function), place: sanitize(native.place)};
  const file = strings[frames.file[frame]!]!;
  const line = frames.line[frame]!;
  return {
    function: sanitize(strings[frames.function[frame]!]!),
    place: sanitize(line === 0 ? file : `${moduleOf(file)}:${line}`),
  };
}
