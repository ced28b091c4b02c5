import {createTextMatcher} from '../tree/search.js';
import {compileRegex} from './bounded-regex.js';
import type {Pattern, Term} from './grammar/term.js';
import type {Naming} from './naming.js';
import type {StackSet} from './stack-set.js';

/** Whether a name matches one of the patterns. Upper and lower case count where a pattern holds an upper case letter. */
export function createMatcher(patterns: readonly Pattern[]): (name: string) => boolean {
  const tests = patterns.map(createTest);
  return tests.length === 1 ? tests[0]! : name => tests.some(test => test(name));
}

function createTest({kind, text}: Pattern): (name: string) => boolean {
  const folded = text.toLowerCase();
  const isFolding = folded === text;
  if (kind === 'regex') return compileRegex(text, isFolding);
  if (kind === 'whole') return isFolding ? name => name.toLowerCase() === text : name => name === text;
  return createTextMatcher(text);
}

/** 1 for each frame that a term matches. Every distinct string is looked at once. */
export function matchFrames(
  {frames, strings, snapshot}: Pick<StackSet, 'frames' | 'strings' | 'snapshot'>,
  {field, patterns}: Term,
  naming: Naming,
): Uint8Array {
  const matches = createMatcher(patterns);
  const ask = (name: (text: string) => string) => rememberByString(strings, text => matches(name(text)));
  const isName = ask(text => text);
  const isModule = ask(naming.moduleOf);
  const isPackage = ask(naming.packageOf);
  const images = snapshot.frames.native?.image;
  const tests: Record<Term['field'], (frame: number) => boolean> = {
    fn: frame => isName(frames.function[frame]!),
    file: frame => isName(frames.file[frame]!),
    mod: frame => isModule(frames.file[frame]!),
    pkg: frame => isPackage(frames.file[frame]!),
    any: frame =>
      isName(frames.function[frame]!) ||
      isName(frames.file[frame]!) ||
      isModule(frames.file[frame]!) ||
      (images !== undefined && (images[frame] ?? -1) >= 0 && isName(images[frame]!)),
  };
  return Uint8Array.from({length: frames.length}, (_, frame) => Number(tests[field](frame)));
}

const UNKNOWN = 0;
const NO = 1;
const YES = 2;

function rememberByString(
  strings: readonly string[],
  test: (text: string) => boolean,
): (index: number) => boolean {
  const known = new Uint8Array(strings.length).fill(UNKNOWN);
  return index => {
    if (known[index] === UNKNOWN) known[index] = test(strings[index]!) ? YES : NO;
    return known[index] === YES;
  };
}
