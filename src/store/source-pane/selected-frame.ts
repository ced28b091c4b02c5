import type {SourceRequest, SourceSide} from '../../source/source-excerpt.js';
import {getPresence} from '../../tree/compared-nodes.js';
import {getSourceFile} from '../../tree/native-label.js';
import {selectCapture} from '../selected-capture.js';
import type {TreeState} from '../state.js';

type Selection = Pick<
  TreeState,
  'filtered' | 'cursorNode' | 'capture' | 'revealedFiles' | 'snapshot' | 'sourceSide'
>;

/** The selected node's frame, or null for the root, a process, the elided node and nodes without a file. */
export function getSelectedFrame(state: Selection): SourceRequest | null {
  const {filtered, cursorNode: node, revealedFiles} = state;
  const {tree} = filtered;
  const frame = tree.frame[node] ?? -1;
  if (frame < 0 || selectCapture(state) !== null) return null;
  const {frames, strings} = tree;
  const source = getSourceFile(tree, node);
  if (source === '' && tree.native === undefined) return null;
  const functionName = strings[frames.function[frame] ?? -1] ?? '';
  const side = getSourceSide(state);
  const file = side === 'base' ? getBaseFile(state, source)! : source;
  return {
    file,
    line: frames.line[frame] ?? 0,
    functionName,
    isRevealed: revealedFiles.has(file),
    ...(side !== null && {side}),
  };
}

/** What the base calls a file that it has under another name; null where it has none. */
export function getBaseFile({snapshot}: Pick<TreeState, 'snapshot'>, file: string): string | null {
  return snapshot?.baseFiles?.get(file) ?? null;
}

type Row = Pick<TreeState, 'filtered' | 'cursorNode' | 'snapshot' | 'sourceSide'>;

/**
 * Whose source is shown of the selected row: the one that was chosen, until then that of the base for rows that only the
 * base has. Null where both sides name the same file.
 */
export function getSourceSide({filtered, cursorNode, snapshot, sourceSide}: Row): SourceSide | null {
  const {tree} = filtered;
  if ((tree.frame[cursorNode] ?? -1) < 0) return null;
  if (getBaseFile({snapshot}, getSourceFile(tree, cursorNode)) === null) return null;
  return sourceSide ?? (getPresence(tree, cursorNode) === 'gone' ? 'base' : 'compared');
}
