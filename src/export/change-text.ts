import {formatBytes, formatSignedBytes, formatSignedPercent} from '../format/numbers.js';
import type {CallTree} from '../tree/call-tree.js';
import {getDifference, getPresence} from '../tree/compared-nodes.js';

/** What rows of a page say of both sides of a comparison. */
export interface ChangeText {
  /** With its sign: "+3.664MB". */
  readonly difference: string;
  /** Of the base: "+12.30 %"; of a base of nothing "new". */
  readonly percent: string;
  readonly compared: string;
  readonly base: string;
  readonly direction: 'grown' | 'shrunk' | 'same';
  /** Of nodes that one side alone has. */
  readonly mark: 'new' | 'gone' | '';
}

/** Null of a tree that is compared with no base. */
export function describeChange(tree: CallTree, node: number): ChangeText | null {
  const base = tree.compared?.base;
  if (base == null) return null;
  const difference = getDifference(tree, node);
  const presence = getPresence(tree, node);
  return {
    difference: formatSignedBytes(difference),
    percent: formatSignedPercent(difference, base.bytes[0]!),
    compared: formatBytes(tree.bytes[node]!),
    base: formatBytes(base.bytes[node]!),
    direction: difference > 0 ? 'grown' : difference < 0 ? 'shrunk' : 'same',
    mark: presence === 'both' ? '' : presence,
  };
}
