import type {SourceRequest} from '../../source/source-excerpt.js';
import {getSourceFile} from '../../tree/native-label.js';
import {selectCapture} from '../selected-capture.js';
import type {TreeState} from '../state.js';

type Selection = Pick<
  TreeState,
  'filtered' | 'cursorNode' | 'capture' | 'revealedFiles' | 'snapshot' | 'showsBaseSource'
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
  const ofBase = state.showsBaseSource ? getBaseFile(state, source) : null;
  const file = ofBase ?? source;
  return {
    file,
    line: frames.line[frame] ?? 0,
    functionName,
    isRevealed: revealedFiles.has(file),
    // A folder that is mapped is that of the other side.
    ...(ofBase !== null && {isAsRecorded: true}),
  };
}

/** What the base calls a file that it has under another name; null where it has none. */
function getBaseFile({snapshot}: Pick<TreeState, 'snapshot'>, file: string): string | null {
  return snapshot?.baseFiles?.get(file) ?? null;
}

/** Whether the base has the source of the selected row under another name. */
export function hasOtherSource(state: Pick<TreeState, 'filtered' | 'cursorNode' | 'snapshot'>): boolean {
  const {tree} = state.filtered;
  const frame = tree.frame[state.cursorNode] ?? -1;
  return frame >= 0 && getBaseFile(state, getSourceFile(tree, state.cursorNode)) !== null;
}
