import {expect, test} from 'vitest';
import {isInterpreterLoop, isInterpreterPath} from '../../../src/heap/interpreter-frames.js';

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
