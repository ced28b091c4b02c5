import {describe, expect, it} from 'vitest';
import {IMPORT_SYSTEM, UNINTERESTING} from '../../../src/tree/call-tree.js';
import {DROPPED, getFrameFlags} from '../../../src/tree/frame-rules.js';

describe('getFrameFlags', () => {
  it.each([
    ['_PyEval_EvalFrameDefault', 'Python/ceval.c', DROPPED],
    ['_PyEval_EvalFrameDefault.cold', '/usr/src/Python/ceval.c', DROPPED],
    ['x_PyEval_EvalFrameDefault', 'Python/ceval.c', DROPPED],
    ['PyEval_EvalCode', 'Python/ceval.c', DROPPED],
    ['_Py_anything', 'Modules/gc.h', DROPPED],
    ['_TAIL_CALL_CALL.llvm.123', 'Python/generated_cases.c', DROPPED],
    ['_TAIL_CALL_CALL', 'Python/generated_cases.c', 0],
    ['method_VectorCall_X', 'Objects/descrobject.c', DROPPED],
    ['type_call', 'Objects/typeobject.c', DROPPED],
    ['anything', './Objects/call.c', DROPPED],
    // The pattern is a class that holds a bar, and its "$" stands before a last line feed too.
    ['type_call', 'Objects/typeobject.|', DROPPED],
    ['type_call', 'Objects/typeobject.c\n', DROPPED],
    ['type_call', 'Objects.c', DROPPED],
    ['type_call', 'Objects\n/typeobject.c', 0],
    ['type_call', 'Objects/typeobject.c\n\n', 0],
    ['type_call', 'Objects/typeobject.cpp', 0],
    ['type_call', '<unknown>', 0],
    ['type_call', '.c', 0],
    ['type_call', 'c', 0],
    ['type_call', '', 0],
    ['_find_and_load', '<frozen importlib._bootstrap>', IMPORT_SYSTEM | UNINTERESTING],
    ['import_name', 'Python/ceval.c', IMPORT_SYSTEM | UNINTERESTING],
    ['import_from', 'ceval.c', IMPORT_SYSTEM | UNINTERESTING],
    ['import_name', 'app.py', 0],
    ['run_path', '/usr/lib/python3.11/runpy.py', UNINTERESTING],
    ['_run_code', '<frozen runpy>', UNINTERESTING],
    ['main', 'my-runpy.py', UNINTERESTING],
    ['main', 'app.py', 0],
    ['constructor', '__proto__', 0],
    ['toString', 'Objects/a.c', 0],
  ])('%j in %j', (name, file, flags) => {
    expect(getFrameFlags(name, file)).toBe(flags);
  });

  it('reads a long hostile file name once', () => {
    expect(getFrameFlags('type_call', 'Python'.repeat(100_000))).toBe(0);
  });
});
