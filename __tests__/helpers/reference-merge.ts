/**
 * The rules of merging, stack by stack: what src/heap/stack-merger.ts must yield for any set of stacks, which
 * it merges without going through each of them.
 */

/** A Python frame; `frame` is any number that stands for it. */
export interface PythonFrame {
  readonly frame: number;
  readonly isInterpreterEntry: boolean;
}

export interface NativeCall {
  readonly frame: number;
  /** The interpreter's loop. */
  readonly isLoop: boolean;
  /** It lies in the interpreter: the program, or the library that holds it. */
  readonly isInterpreter: boolean;
}

/**
 * Pairs loops with Python frames from the outermost inwards. Both stacks begin with the outermost frame.
 * @param skippedFrames how many of the outermost Python frames belong to the tracker: they are cut off with
 * all outside them
 * @returns the merged frames, outermost first; null if Python frames are left: loops were not recognised
 */
export function mergeFromOutermost(
  python: readonly PythonFrame[],
  native: readonly NativeCall[],
  skippedFrames: number,
): number[] | null {
  let merged: number[] = [];
  let next = 0;
  for (const {frame, isLoop} of native) {
    // A loop that allocates before its Python frame is known has none; it stays.
    if (!isLoop || next === python.length) {
      merged.push(frame);
      continue;
    }
    do {
      if (skippedFrames > 0 && next === skippedFrames) merged = [];
      merged.push(python[next++]!.frame);
    } while (next < python.length && !python[next]!.isInterpreterEntry);
  }
  return next < python.length ? null : merged;
}

/**
 * The same from the innermost outwards, for captures (header 6 to 8) that lack the frames outside the
 * tracker's: what lies outside the last Python frame is left out.
 */
export function mergeFromInnermost(
  python: readonly PythonFrame[],
  native: readonly NativeCall[],
): number[] | null {
  const merged: number[] = [];
  let left = python.length;
  for (let i = native.length - 1; i >= 0; i--) {
    if (!native[i]!.isLoop || python.length === 0) {
      merged.push(native[i]!.frame);
      continue;
    }
    let isInterpreterEntry = false;
    while (left > 0 && !isInterpreterEntry) {
      const {frame, isInterpreterEntry: isFirst} = python[--left]!;
      merged.push(frame);
      isInterpreterEntry = isFirst;
    }
    if (left === 0) break;
  }
  return left > 0 ? null : merged.reverse();
}

/**
 * What can be shown where the loops were not recognised: the Python frames, and below them the native frames
 * up to the interpreter, which is what the innermost Python function called.
 */
export function appendInnermost(
  python: readonly PythonFrame[],
  native: readonly NativeCall[],
  skippedFrames: number,
): number[] {
  const interpreter = native.findLastIndex(call => call.isInterpreter);
  // Hidden is what the tracker added; a stack that is all hidden is none of the program's.
  const shown = python.slice(skippedFrames).map(({frame}) => frame);
  return [...shown, ...native.slice(interpreter + 1).map(({frame}) => frame)];
}
