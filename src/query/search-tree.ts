import type {CallTree} from '../tree/call-tree.js';
import {listMatches} from '../tree/search.js';
import type {Term} from './grammar/term.js';
import {createFrameTest, createMatcher, createNameTest} from './match-frames.js';
import type {Naming} from './naming.js';

/**
 * The nodes of a tree that a term matches, in display order. What a term finds as a filter of the same frames, it finds
 * here. Texts are looked for in all strings at once, so a plain search of a million nodes takes no longer than a key.
 */
export function searchTree(tree: CallTree, term: Term, naming: Naming): Int32Array {
  const {field, patterns} = term;
  const {frames, strings} = tree;
  const isName = createNameTest(strings, strings, patterns);
  const test = createFrameTest(tree, term, {isName, matches: createMatcher(patterns), naming});
  const isFrame = new Uint8Array(frames.length);
  for (let frame = 0; frame < frames.length; frame++) if (test(frame)) isFrame[frame] = 1;
  return listMatches(tree, isFrame, field === 'any' ? isName : null);
}
