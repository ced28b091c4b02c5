import type {CallTree} from './call-tree.js';
import {createSearchText, findInText, type SearchText} from './search-text.js';
import {listDisplayOrder} from './visible-rows.js';

/** What was made of the strings of a tree, and of those that were filtered from it. */
const texts = new WeakMap<readonly string[], SearchText | null>();

/** Hands over what was made of these strings elsewhere. */
export function setSearchText(strings: readonly string[], text: SearchText | null): void {
  texts.set(strings, text);
}

/**
 * The nodes that match, in display order, folded or not. Plain substring in function, file, module or
 * library; upper and lower case count as soon as the query holds an upper case letter. Root and elided node
 * have no names and never match. Each string is looked at once, however many frames and nodes have it.
 * @param moduleOf the module of a file as it is displayed
 */
export function findMatches(tree: CallTree, query: string, moduleOf: (file: string) => string): Int32Array {
  if (query === '') return new Int32Array(0);
  const isFrameMatch = matchFrames(tree, query, moduleOf);
  const isImageMatch = matchImages(tree, query);
  const found = new Int32Array(tree.length);
  let length = 0;
  for (const node of listDisplayOrder(tree)) {
    const frame = tree.frame[node]!;
    if (frame >= 0 && (isFrameMatch[frame] === 1 || isImageMatch?.(node))) found[length++] = node;
  }
  return found.slice(0, length);
}

/** Finds a text in a name. Upper and lower case count as soon as the text holds an upper case letter. */
export function createTextMatcher(query: string): (text: string) => boolean {
  const folded = query.toLowerCase();
  return folded === query ? text => text.toLowerCase().includes(query) : text => text.includes(query);
}

/** Whether a library of a native node matches; null where there are none. */
function matchImages({native, strings}: CallTree, query: string): ((node: number) => boolean) | null {
  if (native === undefined) return null;
  const matches = createTextMatcher(query);
  const known = new Map<number, boolean>();
  const matchImage = (id: number): boolean => {
    if (id < 0) return false;
    const value = known.get(id) ?? matches(strings[id]!);
    known.set(id, value);
    return value;
  };
  const {image, mixedImages} = native;
  return node => matchImage(image[node]!) || [...(mixedImages.get(node) ?? [])].some(matchImage);
}

/** 1 for each frame that matches. */
function matchFrames(
  {frames, strings}: CallTree,
  query: string,
  moduleOf: (file: string) => string,
): Uint8Array {
  const isString = matchStrings(strings, query);
  const matches = createTextMatcher(query);
  /** For each string: whether it matches as a file, 0 where that is not known. */
  const fileState = new Uint8Array(strings.length);
  const isMatch = new Uint8Array(frames.length);
  for (let frame = 0; frame < frames.length; frame++) {
    const file = frames.file[frame]!;
    if (isString[frames.function[frame]!] === 1 || isString[file] === 1) {
      isMatch[frame] = 1;
      continue;
    }
    if (fileState[file] === 0) fileState[file] = matches(moduleOf(strings[file]!)) ? MATCH : NO_MATCH;
    if (fileState[file] === MATCH) isMatch[frame] = 1;
  }
  return isMatch;
}

const NO_MATCH = 1;
const MATCH = 2;

/** 1 for each string that holds a text; it is not empty. */
export function matchStrings(strings: readonly string[], query: string): Uint8Array {
  const isMatch = new Uint8Array(strings.length);
  const matches = createTextMatcher(query);
  const folded = query.toLowerCase();
  const text = getSearchText(strings);
  if (text === null || query.includes('\0') || query.includes(CONTEXTUAL)) {
    for (let id = 0; id < strings.length; id++) if (matches(strings[id]!)) isMatch[id] = 1;
    return isMatch;
  }
  // With upper case, what is found in lower case is looked at once more.
  findInText(text, folded, id => {
    if (folded === query || matches(strings[id]!)) isMatch[id] = 1;
  });
  return isMatch;
}

/** The only letter whose lower case depends on what is around it. */
const CONTEXTUAL = 'Σ';

function getSearchText(strings: readonly string[]): SearchText | null {
  let text = texts.get(strings);
  if (text === undefined) {
    text = createSearchText(strings);
    texts.set(strings, text);
  }
  return text;
}
