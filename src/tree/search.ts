import type {CallTree} from './call-tree.js';
import {nextInPreorder} from './visible-rows.js';

/**
 * The nodes that match, in display order, folded or not. Plain substring in function, file, module or library; upper and lower
 * case count as soon as the query holds an upper case letter. Root and elided node have no names and never match.
 * @param moduleOf the module of a file as it is displayed
 */
export function findMatches(tree: CallTree, query: string, moduleOf: (file: string) => string): Int32Array {
  if (query === '') return new Int32Array(0);
  const matches = createMatcher(query);
  const isMatch = matchFrames(tree, matches, moduleOf);
  const isImageMatch = matchImages(tree, matches);
  const found: number[] = [];
  for (let node = 0; node >= 0; node = nextInPreorder(tree, node, true)) {
    if (tree.frame[node]! >= 0 && (isMatch[tree.frame[node]!] || isImageMatch(node))) found.push(node);
  }
  return Int32Array.from(found);
}

function createMatcher(query: string): (text: string) => boolean {
  const folded = query.toLowerCase();
  return folded === query ? text => text.toLowerCase().includes(query) : text => text.includes(query);
}

/** Whether a library of a native node matches. */
function matchImages(
  {native, strings}: CallTree,
  matches: (text: string) => boolean,
): (node: number) => boolean {
  if (native === undefined) return () => false;
  const matchImage = memoize(id => id >= 0 && matches(strings[id]!));
  const {image, severalImages} = native;
  return node => matchImage(image[node]!) || [...(severalImages.get(node) ?? [])].some(matchImage);
}

/** Tests each function and each file once, however many frames and nodes have it. */
function matchFrames(
  {frames, strings}: CallTree,
  matches: (text: string) => boolean,
  moduleOf: (file: string) => string,
): Uint8Array {
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
