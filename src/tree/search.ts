import type {CallTree} from './call-tree.js';
import {nextInPreorder} from './visible-rows.js';

/**
 * The nodes that match, in display order, folded or not. Plain substring in function, file or module; upper and lower
 * case count as soon as the query holds an upper case letter. Root and elided node have no names and never match.
 * @param moduleOf the module of a file as it is displayed
 */
export function findMatches(tree: CallTree, query: string, moduleOf: (file: string) => string): Int32Array {
  if (query === '') return new Int32Array(0);
  const isMatch = matchFrames(tree, query, moduleOf);
  const matches: number[] = [];
  for (let node = 0; node >= 0; node = nextInPreorder(tree, node, true)) {
    if (tree.frame[node]! >= 0 && isMatch[tree.frame[node]!]) matches.push(node);
  }
  return Int32Array.from(matches);
}

/** Tests each function and each file once, however many frames and nodes have it. */
function matchFrames(
  {frames, strings}: CallTree,
  query: string,
  moduleOf: (file: string) => string,
): Uint8Array {
  const folded = query.toLowerCase();
  const matches =
    folded === query
      ? (text: string) => text.toLowerCase().includes(query)
      : (text: string) => text.includes(query);
  const matchFunction = memoize(id => matches(strings[id]!));
  const matchFile = memoize(id => matches(strings[id]!) || matches(moduleOf(strings[id]!)));
  const isMatch = new Uint8Array(frames.length);
  for (let frame = 0; frame < frames.length; frame++) {
    isMatch[frame] = matchFunction(frames.function[frame]!) || matchFile(frames.file[frame]!) ? 1 : 0;
  }
  return isMatch;
}

function memoize(compute: (id: number) => boolean): (id: number) => boolean {
  const known = new Map<number, boolean>();
  return id => {
    let value = known.get(id);
    if (value === undefined) {
      value = compute(id);
      known.set(id, value);
    }
    return value;
  };
}
