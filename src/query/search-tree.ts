import type {CallTree} from '../tree/call-tree.js';
import {listMatches, matchStrings} from '../tree/search.js';
import type {Pattern, Term} from './grammar/term.js';
import {createFrameTest, createMatcher, rememberByString} from './match-frames.js';
import type {Naming} from './naming.js';

/**
 * The nodes of a tree that a term matches, in display order. What a term finds as a filter of the same frames, it finds
 * here. Texts are looked for in all strings at once, so a plain search of a million nodes takes no longer than a key.
 */
export function searchTree(tree: CallTree, {field, patterns}: Term, naming: Naming): Int32Array {
  const {frames, strings} = tree;
  const isName = createStringTest(strings, patterns);
  const test = createFrameTest(tree, field, {isName, matches: createMatcher(patterns), naming});
  const isFrame = new Uint8Array(frames.length);
  for (let frame = 0; frame < frames.length; frame++) if (test(frame)) isFrame[frame] = 1;
  return listMatches(tree, isFrame, field === 'any' ? isName : null);
}

/** Whether the string of an index matches one of the patterns. */
function createStringTest(
  strings: readonly string[],
  patterns: readonly Pattern[],
): (index: number) => boolean {
  const tests = patterns.map(pattern => {
    if (pattern.kind !== 'part') return rememberByString(strings, createMatcher([pattern]));
    const isMatch = matchStrings(strings, pattern.text);
    return (index: number) => isMatch[index] === 1;
  });
  return tests.length === 1 ? tests[0]! : index => tests.some(test => test(index));
}
