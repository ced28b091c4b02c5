import type {FrameColumns} from '../heap/snapshot.js';
import {IMPORT_SYSTEM, NATIVE, UNINTERESTING} from './call-tree.js';

// memray's rules for frames (memray 1.20, src/memray/reporters/frame_tools.py), looked at once for each
// distinct frame.

/** Set beside the flags of call nodes: the frame makes no node. */
export const DROPPED = 8;

/** Functions of the interpreter that only pass a call on. */
const CALL_HELPERS = new Set([
  'PyObject_Call',
  'call_function',
  'classmethoddescr_call',
  'cmpwrapper_call',
  'do_call_core',
  'fast_function',
  'function_call',
  'function_code_fastcall',
  'instance_call',
  'instancemethod_call',
  'methoddescr_call',
  'proxy_call',
  'slot_tp_call',
  'trace_call_function',
  'type_call',
  'weakref_call',
  'wrap_call',
  'wrapper_call',
  'wrapperdescr_call',
]);

const IMPORT_OPCODES = new Set(['import_name', 'import_from', 'import_all_from']);
const CPYTHON_FOLDERS = ['Include', 'Objects', 'Modules', 'Python', 'cpython'];

/** The flags of each frame: DROPPED, IMPORT_SYSTEM, UNINTERESTING, NATIVE. */
export function computeFrameFlags(frames: FrameColumns, strings: readonly string[]): Uint8Array {
  const flags = new Uint8Array(frames.length);
  // Many frames share their file, and few files are of any interest here.
  const isKnown = new Uint8Array(strings.length);
  const isPlain = new Uint8Array(strings.length);
  for (let frame = 0; frame < frames.length; frame++) {
    const native = frames.native && frames.native.image[frame]! >= 0 ? NATIVE : 0;
    const file = frames.file[frame]!;
    if (isKnown[file] === 0) {
      isKnown[file] = 1;
      isPlain[file] = isPlainFile(strings[file]!) ? 1 : 0;
    }
    const rules = isPlain[file] === 1 ? 0 : getFrameFlags(strings[frames.function[frame]!]!, strings[file]!);
    flags[frame] = native | rules;
  }
  return flags;
}

/** Whether no function of a file can have flags. */
function isPlainFile(file: string): boolean {
  const isSpecial = file.includes('frozen importlib') || file.endsWith('ceval.c') || isRunpy(file);
  return !isSpecial && !isCpythonSource(file);
}

/** The flags of one frame. What is of the import system is uninteresting too. */
export function getFrameFlags(name: string, file: string): number {
  if (isCpythonInternal(name, file)) return DROPPED;
  if (isImportSystem(name, file)) return IMPORT_SYSTEM | UNINTERESTING;
  return isRunpy(file) ? UNINTERESTING : 0;
}

function isRunpy(file: string): boolean {
  return file.endsWith('runpy.py') || file === '<frozen runpy>';
}

function isImportSystem(name: string, file: string): boolean {
  return file.includes('frozen importlib') || (IMPORT_OPCODES.has(name) && file.endsWith('ceval.c'));
}

function isCpythonInternal(name: string, file: string): boolean {
  const isCandidate =
    name.includes('PyEval_EvalFrameEx') ||
    name.includes('_PyEval_EvalFrameDefault') ||
    (name.startsWith('_TAIL_CALL_') && name.includes('.llvm.')) ||
    name.startsWith('PyEval') ||
    name.startsWith('_Py') ||
    name.toLowerCase().includes('vectorcall') ||
    CALL_HELPERS.has(name) ||
    file.includes('Objects/call.c');
  return isCandidate && isCpythonSource(file);
}

/**
 * Python's search for `(Include|Objects|Modules|Python|cpython).*\.[c|h]$`, without a regular
 * expression, which a long name could make quadratic: "$" also stands before a last line feed, "." matches
 * none, the class holds a bar.
 */
function isCpythonSource(file: string): boolean {
  const end = file.endsWith('\n') ? file.length - 1 : file.length;
  if (file[end - 2] !== '.' || !'c|h'.includes(file[end - 1]!)) return false;
  const line = file.slice(file.lastIndexOf('\n', end - 1) + 1, end - 2);
  return CPYTHON_FOLDERS.some(folder => line.includes(folder));
}
