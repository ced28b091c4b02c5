import {describe, expect, test} from 'vitest';
import {
  appendInnermost,
  isInterpreterLoop,
  isInterpreterPath,
  mergeFromInnermost,
  mergeFromOutermost,
  type NativeCall,
  type PythonFrame,
} from '../../../src/heap/hybrid.js';

const names: string[] = [];
const toFrame = (name: string): number => names.push(name) - 1;
const show = (merged: readonly number[] | null) => merged?.map(frame => names[frame]).join(' ');

/** From the outermost on; a frame that runs in its caller's loop stands behind a plus. */
function python(text: string): PythonFrame[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map(word => ({frame: toFrame(word.replace('+', '')), isEntry: !word.startsWith('+')}));
}

/** From the outermost on; LOOP is the interpreter's, a name in brackets is another function of the interpreter. */
function native(text: string): NativeCall[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map(word => ({
      frame: toFrame(word),
      isLoop: word === 'LOOP',
      isInterpreter: word === 'LOOP' || word.startsWith('['),
    }));
}

describe('from the outermost inwards', () => {
  test.each<[string, string, string, number, string | null]>([
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
    ['no native frames', 'f g', '', 0, null],
    ['nothing', '', '', 0, ''],
    ['Python frames are left', 'f g', 'main LOOP malloc', 0, null],
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
  ])('%s', (_, frames, calls, hidden, merged) => {
    expect(show(mergeFromOutermost(python(frames), native(calls), hidden))).toBe(merged ?? undefined);
  });

  test('a stack may be deep', () => {
    const depth = 200_000;
    const calls = native('LOOP').flatMap(call => new Array<NativeCall>(depth).fill(call));
    const frames = python('f').flatMap(frame => new Array<PythonFrame>(depth).fill(frame));
    expect(mergeFromOutermost(frames, calls, 3)).toHaveLength(depth - 3);
    expect(mergeFromInnermost(frames, calls)).toHaveLength(depth);
  });
});

describe('from the innermost outwards', () => {
  test.each<[string, string, string, string | null]>([
    ['ends at the last Python frame', 'f g', 'main LOOP a LOOP b LOOP malloc', 'f b g malloc'],
    ['one loop runs several Python frames', 'f +g +h', 'main LOOP malloc', 'f g h malloc'],
    ['no Python frames', '', 'main LOOP malloc', 'main LOOP malloc'],
    ['Python frames are left', 'f g', 'x LOOP malloc', null],
  ])('%s', (_, frames, calls, merged) => {
    expect(show(mergeFromInnermost(python(frames), native(calls)))).toBe(merged ?? undefined);
  });
});

describe('where loops are not recognised', () => {
  test.each<[string, string, string, number, string]>([
    ['native frames up to the interpreter come last', 'f g', '[run] a [call] b c', 0, 'f g b c'],
    ['nothing is called by the interpreter', 'f', 'a [alloc]', 0, 'f'],
    ['nothing is known of an interpreter', 'f', 'a b', 0, 'f a b'],
    ['frames of the tracker are left out', 'run f', '[x] b', 1, 'f b'],
  ])('%s', (_, frames, calls, hidden, merged) => {
    expect(show(appendInnermost(python(frames), native(calls), hidden))).toBe(merged ?? undefined);
  });
});

test.each([
  ['_PyEval_EvalFrameDefault', true],
  ['_PyEval_EvalFrameDefault.cold', true],
  ['_TAIL_CALL_CALL.llvm.123', true],
  ['x_TAIL_CALL_', false],
  ['PyEval_EvalCode', false],
])('%s is a loop: %s', (name, isLoop) => {
  expect(isInterpreterLoop(name)).toBe(isLoop);
});

test.each([
  ['/usr/bin/python3.11', true],
  ['/usr/bin/python', true],
  ['/usr/lib/x86_64-linux-gnu/libpython3.12.so.1.0', true],
  ['/opt/lib/libpython3.13t.so', true],
  ['/Library/Frameworks/Python.framework/Versions/3.12/Python', true],
  ['/usr/lib/libpython3.11.dylib', true],
  ['/usr/bin/python3.11-dbg', true],
  ['/x/_multiarray_umath.cpython-311-x86_64-linux-gnu.so', false],
  ['/x/libboost_python311.so.1', false],
  ['/x/python3.11/libfoo.so', false],
  ['/usr/bin/uwsgi', false],
])('%s holds an interpreter: %s', (path, holdsOne) => {
  expect(isInterpreterPath(path)).toBe(holdsOne);
});
