import type {CodeObjects} from '../capture/code-objects.js';
import {computeLine} from '../capture/line-table.js';
import type {FrameNames} from './snapshot-builder.js';

/** Shown for a frame whose code object the capture does not have. */
export const UNKNOWN_FRAME: FrameNames = {function: '??? (unknown)', file: '', line: 0};

/** Function, file and line of an instruction. Its line is computed only here, so for shown frames only. */
export function resolveFrame(
  codes: CodeObjects,
  pythonHex: number,
  code: bigint,
  offset: number,
): FrameNames {
  const object = codes.get(code);
  if (object === undefined) return UNKNOWN_FRAME;
  const line = computeLine(pythonHex, object.lineTable, object.firstLine, offset);
  // A damaged table can lead below the first line of the file, or to one beyond 32 bits.
  return {function: object.function, file: object.file, line: Math.max(0, line | 0)};
}
