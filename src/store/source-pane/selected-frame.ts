import type {SourceRequest} from '../../source/source-excerpt.js';
import {getSourceFile} from '../../tree/native-label.js';
import {selectCapture} from '../selected-capture.js';
import type {TreeState} from '../state.js';

type Selection = Pick<TreeState, 'filtered' | 'cursorNode' | 'capture' | 'revealedFiles'>;

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
  return {file: source, line: frames.line[frame] ?? 0, functionName, isRevealed: revealedFiles.has(source)};
}
