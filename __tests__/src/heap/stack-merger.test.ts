import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {listStacks, merge} from '../../helpers/native-captures.js';
import {
  appendInnermost,
  mergeFromInnermost,
  mergeFromOutermost,
  type NativeCall,
} from '../../helpers/reference-merge.js';
import {type StacksOfLocation, unmergedOf} from '../../helpers/unmerged-stacks.js';

const OLD_VERSION = 8;

/** The merged stacks of locations. */
function mergeAll(
  locations: readonly StacksOfLocation[],
  options: {headerVersion?: number; lists?: number} = {},
) {
  const {unmerged, resolve} = unmergedOf(locations, options);
  const merged = merge(unmerged, resolve);
  return {
    ...merged,
    texts: listStacks(merged).map(text => text.replaceAll('_PyEval_EvalFrameDefault', 'LOOP')),
  };
}

describe('stacks are paired from the outermost frame inwards', () => {
  test.each<[string, string, string, number, string]>([
    ['a loop stands for a Python frame', 'f g', 'main LOOP call LOOP malloc', 0, 'main f call g malloc'],
    [
      'one loop runs several Python frames',
      'f +g +h i',
      'main LOOP x LOOP malloc',
      0,
      'main f g h x i malloc',
    ],
    ['the outermost frame has a loop whatever it says', '+f +g', 'main LOOP malloc', 0, 'main f g malloc'],
    ['a loop without a Python frame stays', 'f', 'LOOP LOOP malloc', 0, 'f LOOP malloc'],
    ['no Python frames', '', 'main LOOP malloc', 0, 'main LOOP malloc'],
    ['nothing', '', '', 0, ''],
    ['frames in no image are left out', 'f', '? main ? LOOP ? malloc', 0, 'main f malloc'],
    ['a loop that is inlined', 'f g', 'main>LOOP>x LOOP>y', 0, 'main f x g y'],
    [
      'all outside the first frame that is shown is cut',
      'run f g',
      'main LOOP x LOOP y LOOP z',
      1,
      'f y g z',
    ],
    ['the cut may be within a loop', 'run +f g', 'main LOOP x LOOP z', 1, 'f x g z'],
    ['as many hidden frames as there are hide nothing', 'run f', 'main LOOP x LOOP z', 2, 'main run x f z'],
    ['more hidden frames than there are hide nothing', 'run', 'main LOOP z', 5, 'main run z'],
  ])('%s', (_, python, native, skippedFrames, expected) => {
    const merged = mergeAll([{python, native, skippedFrames}]);
    expect(merged.texts).toEqual([expected]);
    expect(merged.unmergedLocations).toBe(0);
  });
});

describe('stacks of old captures are paired from the innermost frame outwards', () => {
  test.each<[string, string, string, string]>([
    [
      'what lies outside the last Python frame is left out',
      'f g',
      'main LOOP a LOOP b LOOP malloc',
      'f b g malloc',
    ],
    ['one loop runs several Python frames', 'f +g +h', 'main LOOP malloc', 'f g h malloc'],
    ['a loop that is inlined', 'f', 'main LOOP>LOOP>x y', 'f x y'],
    ['no Python frames', '', 'main LOOP malloc', 'main LOOP malloc'],
  ])('%s', (_, python, native, expected) => {
    expect(mergeAll([{python, native}], {headerVersion: OLD_VERSION}).texts).toEqual([expected]);
  });
});

describe('where loops are missing, the Python frames come with the innermost native frames', () => {
  test.each<[string, string, string, number, string]>([
    ['those that follow the interpreter', 'f g', '[run] a [call] b c', 0, 'f g b c'],
    ['none if the interpreter is innermost', 'f', 'a [alloc]', 0, 'f'],
    ['all if nothing is known of the interpreter', 'f', 'a b', 0, 'f a b'],
    ['without the frames of the tracker', 'run f', '[x] b', 1, 'f b'],
    ['and no Python frame if all are the tracker’s', 'run', '[x] b', 1, 'b'],
    ['also if there is a loop, but not enough of them', 'f g', 'a LOOP b', 0, 'f g b'],
    ['and frames in no image left out', 'f', '[x] ? b', 0, 'f b'],
  ])('%s', (_, python, native, skippedFrames, expected) => {
    for (const headerVersion of [13, OLD_VERSION]) {
      const merged = mergeAll([{python, native, skippedFrames}], {headerVersion});
      expect(merged.texts).toEqual([expected]);
      expect(merged.unmergedLocations).toBe(1);
    }
  });

  test('a stack without native frames is the Python stack', () => {
    const merged = mergeAll([
      {python: 'f g', native: ''},
      {python: 'f g', native: '? ?'},
    ]);
    expect(merged.texts).toEqual(['f g', 'f g']);
    expect([...merged.locations.hiddenNative!]).toEqual([0, 2]);
    expect(merged.unmergedLocations).toBe(0);
  });
});

/** The merged stack by the rules, written down for one stack. */
function mergeByRules(
  {python, native, skippedFrames = 0, list = 0}: StacksOfLocation,
  headerVersion: number,
): string {
  const names: string[] = [];
  const toNumber = (name: string) => names.push(name) - 1;
  const frames = python
    .split(' ')
    .filter(Boolean)
    .map(word => ({frame: toNumber(word.replace('+', '')), isInterpreterEntry: !word.startsWith('+')}));
  const calls = native
    .split(' ')
    .filter(word => word !== '' && word !== '?' && list >= 0)
    .flatMap(word => {
      const isInterpreter = /LOOP|\[/.test(word);
      return word
        .split('>')
        .map((name): NativeCall => ({frame: toNumber(name), isLoop: name === 'LOOP', isInterpreter}));
    });
  const merged =
    headerVersion === OLD_VERSION
      ? mergeFromInnermost(frames, calls)
      : mergeFromOutermost(frames, calls, skippedFrames);
  return (merged ?? appendInnermost(frames, calls, skippedFrames)).map(each => names[each]).join(' ');
}

test('any set of stacks is merged as each of them by itself', () => {
  const words = (...choices: string[]) =>
    fc.array(fc.constantFrom(...choices), {maxLength: 9}).map(list => list.join(' '));
  const location = fc.record({
    python: words('f', '+f', 'g', '+g', 'f', '+g'),
    native: words('LOOP', 'LOOP', 'LOOP', 'x', 'y', '[i]', '?', 'x>LOOP', 'LOOP>LOOP>y', 'x>y'),
    skippedFrames: fc.constantFrom(0, 0, 1, 2, 3),
    list: fc.constantFrom(0, 0, 1, -1),
  });
  fc.assert(
    fc.property(
      fc.array(location, {minLength: 1, maxLength: 12}),
      fc.constantFrom(13, OLD_VERSION),
      (locations, headerVersion) => {
        const merged = mergeAll(locations, {headerVersion, lists: 2});
        expect(merged.texts).toEqual(locations.map(each => mergeByRules(each, headerVersion)));
        const {prefix, frame} = merged.stacks;
        const nodes = new Set(Array.from(prefix, (caller, node) => `${caller} ${frame[node]}`));
        expect(nodes.size).toBe(merged.stacks.length);
        expect(prefix.every((caller, node) => caller < node)).toBe(true);
      },
    ),
    {numRuns: 200},
  );
});

describe('stacks that share their outer part are merged once up to where they part', () => {
  // Going through each stack would take a hundred million steps.
  const DEPTH = 50_000;
  const LOCATIONS = 2000;

  /**
   * Many locations in the stacks of one: what `place` makes of the innermost nodes of these and the
   * location's number.
   */
  function mergeMany(
    {python, native}: StacksOfLocation,
    placeEnds: (ends: {python: number; native: number}, location: number) => {python: number; native: number},
  ) {
    const others = Array.from({length: LOCATIONS - 1}, () => ({python: '', native: ''}));
    const {unmerged, resolve} = unmergedOf([{python, native}, ...others]);
    const {stack} = unmerged.locations;
    const {trace} = unmerged.native;
    const innermost = {python: stack[0]!, native: trace[0]!};
    for (let location = 0; location < LOCATIONS; location++) {
      const ends = placeEnds(innermost, location);
      stack[location] = ends.python;
      trace[location] = ends.native;
    }
    return merge(unmerged, resolve).stacks.length;
  }
  const chainOf = (first: string, word: string) => `${first}${` ${word}`.repeat(DEPTH)}`;

  test.each([
    ['native frames', 'LOOP'],
    ['native frames that cannot be paired', '[i]'],
  ])('%s', (_, first) => {
    const stacks = {python: 'f +g', native: chainOf(first, 'x')};
    // Odd locations lack the inner Python frame.
    const nodes = mergeMany(stacks, ({python, native}, i) => ({
      python: python - (i % 2),
      native: native - (i >> 1),
    }));
    expect(nodes).toBe(2 + DEPTH + DEPTH);
  });

  test('Python frames', () => {
    const stacks = {python: chainOf('f', '+f'), native: 'LOOP x'};
    const nodes = mergeMany(stacks, ({python, native}, i) => ({python: python - i, native}));
    expect(nodes).toBe(DEPTH + 1 + LOCATIONS);
  });

  test('Python frames that cannot be paired', () => {
    const stacks = {python: chainOf('f', 'f'), native: 'LOOP x'};
    const nodes = mergeMany(stacks, ({python, native}, i) => ({python: python - i, native}));
    expect(nodes).toBe(DEPTH + 1 + LOCATIONS);
  });

  test('frames in no image', () => {
    const stacks = {python: 'f', native: chainOf('LOOP', '?')};
    const nodes = mergeMany(stacks, ({python, native}, i) => ({python, native: native - i}));
    expect(nodes).toBe(1);
  });
});
