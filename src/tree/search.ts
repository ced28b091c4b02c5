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
 * The nodes that match, in display order, folded or not. Root and elided node have no names and never match.
 * @param isFrame 1 for each frame that matches
 * @param isImage whether the name of a library matches; null where libraries are not looked at
 */
export function listMatches(
  tree: CallTree,
  isFrame: Uint8Array,
  isImage: ((id: number) => boolean) | null,
): Int32Array {
  const hasImage = isImage === null ? null : matchImages(tree, isImage);
  const found = new Int32Array(tree.length);
  let length = 0;
  for (const node of listDisplayOrder(tree)) {
    const frame = tree.frame[node]!;
    if (frame >= 0 && (isFrame[frame] === 1 || hasImage?.(node))) found[length++] = node;
  }
  return found.slice(0, length);
}

/** Finds a text in a name. Upper and lower case count as soon as the text holds an upper case letter. */
export function createTextMatcher(query: string): (text: string) => boolean {
  const folded = query.toLowerCase();
  return folded === query ? text => text.toLowerCase().includes(query) : text => text.includes(query);
}

/** Whether a library of a native node matches; null where there are none. */
function matchImages(
  {native}: CallTree,
  isImage: (id: number) => boolean,
): ((node: number) => boolean) | null {
  if (native === undefined) return null;
  const {image, mixedImages} = native;
  const test = (id: number): boolean => id >= 0 && isImage(id);
  return node => test(image[node]!) || [...(mixedImages.get(node) ?? [])].some(test);
}

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
