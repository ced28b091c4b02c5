import {getBaseName} from '../format/base-name.js';
// What belongs to the interpreter in native stacks.

/**
 * Is this function the interpreter's loop? In 3.14 it may be cut up into one function for each instruction.
 */
export function isInterpreterLoop(name: string): boolean {
  return name.includes('_PyEval_EvalFrameDefault') || name.startsWith('_TAIL_CALL_');
}

/**
 * A program or library that holds the interpreter, by its file's name: python3.11, libpython3.12.so.1.0,
 * Python.
 */
export function isInterpreterPath(path: string): boolean {
  return /^(lib)?python[\d.]*[a-z]{0,3}(-[\w-]{1,16})?(\.(so|dylib)[\d.]*)?$/i.test(getBaseName(path));
}
