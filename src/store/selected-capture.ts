import {type CaptureInfo, countProcesses} from '../heap/snapshot.js';
import type {TreeState} from './state.js';

/**
 * The capture that the selected node stands for: all of it for the root, one of several for its process; else
 * null.
 */
export function selectCapture({
  capture,
  cursorNode,
  filtered,
}: Pick<TreeState, 'capture' | 'cursorNode' | 'filtered'>): CaptureInfo | null {
  if (capture === null || cursorNode === 0) return capture;
  const {prefix, frame: frames} = filtered.tree;
  const frame = frames[cursorNode]!;
  return prefix[cursorNode] === 0 && frame >= 0 && frame < countProcesses(capture)
    ? capture.parts![frame]!.capture
    : null;
}
