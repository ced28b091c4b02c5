import {type CallTree, ELIDED} from './call-tree.js';

/**
 * The way from the root to a node, outermost step first: it outlives the tree. When a new tree comes (a later
 * partial result, the file read again), the same path is found in it. Made for base trees, not for filtered ones.
 */
export interface CallPath {
  /** Null for the step to the elided node. */
  readonly functions: readonly (string | null)[];
  readonly files: readonly string[];
  readonly lines: readonly number[];
}

export function getCallPath(tree: CallTree, node: number): CallPath {
  const {prefix, frame, frames, strings, flags} = tree;
  const path = {functions: [] as (string | null)[], files: [] as string[], lines: [] as number[]};
  for (let at = node; at > 0; at = prefix[at]!) {
    const isElided = (flags[at]! & ELIDED) !== 0;
    path.functions.push(isElided ? null : strings[frames.function[frame[at]!]!]!);
    path.files.push(isElided ? '' : strings[frames.file[frame[at]!]!]!);
    path.lines.push(isElided ? 0 : frames.line[frame[at]!]!);
  }
  return {functions: path.functions.reverse(), files: path.files.reverse(), lines: path.lines.reverse()};
}

/** The node at a path (`isFound`), or the last node on the way to it that the tree has. */
export function findNearest(
  tree: CallTree,
  path: CallPath,
): {readonly node: number; readonly isFound: boolean} {
  let node = 0;
  for (let step = 0; step < path.lines.length; step++) {
    let child = tree.firstChild[node]!;
    while (child >= 0 && !isStepTo(tree, child, path, step)) child = tree.nextSibling[child]!;
    if (child < 0) return {node, isFound: false};
    node = child;
  }
  return {node, isFound: true};
}

function isStepTo(
  {frame, frames, strings, flags, hasLineRows}: CallTree,
  node: number,
  path: CallPath,
  step: number,
): boolean {
  const name = path.functions[step]!;
  if (flags[node]! & ELIDED || name === null) return (flags[node]! & ELIDED) !== 0 && name === null;
  const at = frame[node]!;
  return (
    frames.line[at] === path.lines[step] &&
    // A row of a line has the name of a function only as long as no other one is shown that shares the line.
    (hasLineRows === true || strings[frames.function[at]!] === name) &&
    strings[frames.file[at]!] === path.files[step]
  );
}
