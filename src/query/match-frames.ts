import {createTextMatcher, matchStrings} from '../tree/search.js';
import {compileRegex} from './bounded-regex.js';
import type {Pattern, Term} from './grammar/term.js';
import type {Naming} from './naming.js';
import type {StackSet} from './stack-set.js';

/** Whether a name matches one of the patterns. Upper and lower case count where a pattern holds an upper case letter. */
export function createMatcher(patterns: readonly Pattern[]): (name: string) => boolean {
  const tests = patterns.map(createTest);
  return tests.length === 1 ? tests[0]! : name => tests.some(test => test(name));
}

function createTest({kind, text, file}: Pattern): (name: string) => boolean {
  if (file !== undefined) return name => name === text;
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
  const isName = createNameTest(snapshot.strings, strings, patterns);
  const images = snapshot.frames.native?.image;
  const isImage = (frame: number): boolean =>
    images !== undefined && (images[frame] ?? -1) >= 0 && isName(images[frame]!);
  const test = createFrameTest({frames, strings}, {field, patterns}, {isName, matches, naming});
  const isMatch = new Uint8Array(frames.length);
  for (let frame = 0; frame < frames.length; frame++) {
    if (test(frame) || (field === 'any' && isImage(frame))) isMatch[frame] = 1;
  }
  return isMatch;
}

export interface NameTests {
  /** Whether the string of an index matches. */
  readonly isName: (index: number) => boolean;
  /** Whether a name matches that is made of a file. */
  readonly matches: (name: string) => boolean;
  readonly naming: Naming;
}

/** Whether a frame matches a term, by its function and file. */
export function createFrameTest(
  {
    frames,
    strings,
  }: Pick<StackSet, 'strings'> & {readonly frames: Pick<StackSet['frames'], 'function' | 'file'>},
  {field, patterns}: Term,
  {isName, matches, naming}: NameTests,
): (frame: number) => boolean {
  const isModule = rememberByString(strings, file => matches(naming.moduleOf(file)));
  const isPackage = rememberByString(strings, file => matches(naming.packageOf(file)));
  const isInFile = createFileTest({frames, strings}, patterns);
  const tests: Record<Term['field'], (frame: number) => boolean> = {
    fn: frame => isName(frames.function[frame]!) && isInFile(frame),
    file: frame => isName(frames.file[frame]!),
    mod: frame => isModule(frames.file[frame]!),
    pkg: frame => isPackage(frames.file[frame]!),
    any: frame =>
      isName(frames.function[frame]!) || isName(frames.file[frame]!) || isModule(frames.file[frame]!),
  };
  return tests[field];
}

/** Whether a function whose name matches is in the file that one of the patterns wants. */
function createFileTest(
  {frames, strings}: Parameters<typeof createFrameTest>[0],
  patterns: readonly Pattern[],
): (frame: number) => boolean {
  if (patterns.every(({file}) => file === undefined)) return () => true;
  const tests = patterns.map(pattern => ({matches: createTest(pattern), file: pattern.file}));
  return frame => {
    const [name, own] = [strings[frames.function[frame]!]!, strings[frames.file[frame]!]!];
    return tests.some(({matches, file}) => (file === undefined || file === own) && matches(name));
  };
}

/**
 * Whether the string of an index matches as it is. The first ones, those of a snapshot or a tree, are searched all at
 * once; the few that steps have added are looked at one by one.
 */
export function createNameTest(
  recorded: readonly string[],
  strings: readonly string[],
  patterns: readonly Pattern[],
): (index: number) => boolean {
  const tests = patterns.map(pattern => createIndexTest(recorded, strings, pattern));
  return tests.length === 1 ? tests[0]! : index => tests.some(test => test(index));
}

function createIndexTest(
  recorded: readonly string[],
  strings: readonly string[],
  pattern: Pattern,
): (index: number) => boolean {
  const test = createTest(pattern);
  if (pattern.kind === 'regex' || pattern.text === '') return rememberByString(strings, test);
  // A whole name holds its text.
  const isFound = matchStrings(recorded, pattern.text);
  const isPart = pattern.kind === 'part';
  return index =>
    index < isFound.length
      ? isFound[index] === 1 && (isPart || test(strings[index]!))
      : test(strings[index]!);
}

const UNKNOWN = 0;
const NO = 1;
const YES = 2;

/** A test of strings by their index that looks at each one once, when it is asked for. */
export function rememberByString(
  strings: readonly string[],
  test: (text: string, index: number) => boolean,
): (index: number) => boolean {
  const known = new Uint8Array(strings.length);
  return index => {
    if (known[index] === UNKNOWN) known[index] = test(strings[index]!, index) ? YES : NO;
    return known[index] === YES;
  };
}
