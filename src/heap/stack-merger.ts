import type {MergedStacks} from './merged-stacks.js';
import type {NativeCalls} from './native-calls.js';
import type {NativeRows} from './native-rows.js';
import type {PythonRuns} from './python-runs.js';
import type {PythonStacks} from './python-stacks.js';
import {RowMemo} from './row-memo.js';

// Merging the Python stack of an allocation with its native stack, as memray does for its reports: a call of
// the interpreter's loop in the native stack stands for a run of Python frames. Since Python 3.11 one loop
// runs a Python function and all that it calls, up to the next frame that began a loop of its own (an entry
// frame).
//
//   native   main  run  LOOP        spam  LOOP   malloc
//   Python              f (entry) g       h (entry)
//   merged   main  run  f         g spam  h      malloc
//
// Loops and runs are paired from the outermost one inwards. Captures that lack the frames outside the
// tracker's are paired from the innermost one outwards; there, what lies outside the first paired loop is
// left out.
//
// What a native row makes of a stack depends on the row and on the Python frames that its loops stood for so
// far. Both are remembered, so that stacks which share their outer part are merged once up to where they
// part.

/** The two stacks of an allocation: rows of their innermost frames, −1 for an empty stack. */
export interface StackPair {
  readonly native: number;
  readonly python: number;
}

/** How the runs of a stack are paired: run number = number of the loop − skipped. */
interface Pairing {
  readonly python: number;
  readonly runs: number;
  readonly skipped: number;
  /** Native frames outside the first paired loop are left out. */
  readonly isCut: boolean;
}

export class StackMerger {
  readonly #prefix: Int32Array;
  readonly #rows: NativeRows;
  readonly #calls: NativeCalls;
  readonly #runs: PythonRuns;
  readonly #merged: MergedStacks;
  readonly #isFromInnermost: boolean;
  /** By (row, last Python node its loops stood for): the merged node. */
  readonly #paired: RowMemo;
  /** By (row, merged node of the Python stack): the merged node. */
  readonly #appended: RowMemo;
  #pairedPython!: PythonStacks;
  #wholePython!: PythonStacks;

  /** @param prefix of the native stacks */
  constructor(
    prefix: Int32Array,
    rows: NativeRows,
    calls: NativeCalls,
    runs: PythonRuns,
    merged: MergedStacks,
    isFromInnermost: boolean,
  ) {
    this.#prefix = prefix;
    this.#rows = rows;
    this.#calls = calls;
    this.#runs = runs;
    this.#merged = merged;
    this.#isFromInnermost = isFromInnermost;
    this.#paired = new RowMemo(prefix.length);
    this.#appended = new RowMemo(prefix.length);
  }

  /**
   * Called before the first stack, and whenever the rows hold another list or other frames are skipped.
   * @param paired what puts runs below native frames
   * @param whole what puts stacks that cannot be paired
   */
  start(paired: PythonStacks, whole: PythonStacks): void {
    this.#pairedPython = paired;
    this.#wholePython = whole;
    this.#paired.clear();
    this.#appended.clear();
  }

  /**
   * The merged node of the innermost frame, −1 for an empty stack; null if loops for some Python frames are
   * missing.
   */
  pair({native, python}: StackPair): number | null {
    const runs = this.#runs.count(python);
    const loops = native < 0 ? 0 : this.#rows.loops[native]!;
    if (loops < runs) return null;
    const isCut = this.#isFromInnermost && runs > 0;
    return this.#pairRows(native, {python, runs, skipped: isCut ? loops - runs : 0, isCut});
  }

  #pairRows(innermost: number, pairing: Pairing): number {
    const added: number[] = [];
    let merged = -1;
    for (let row = innermost; row >= 0; row = this.#prefix[row]!) {
      const run = this.#getRun(pairing, this.#rows.loops[row]!);
      if (run === 0 && pairing.isCut) break;
      const last = this.#runs.findEnd(pairing.python, run);
      const known = this.#paired.get(row, last);
      if (known >= -1) {
        merged = known;
        break;
      }
      added.push(row, last);
    }
    while (added.length > 0) {
      const last = added.pop()!;
      const row = added.pop()!;
      merged = this.#addRow(merged, row, pairing);
      this.#paired.set(row, last, merged);
    }
    return merged;
  }

  /** How many runs the first so many loops of a stack stand for. */
  #getRun({runs, skipped}: Pairing, loops: number): number {
    return Math.min(Math.max(loops - skipped, 0), runs);
  }

  #addRow(below: number, row: number, {python, runs, skipped, isCut}: Pairing): number {
    const calls = this.#calls;
    const callSite = this.#rows.callSite[row]!;
    if (callSite < 0) return below;
    const end = calls.getEnd(callSite);
    let run = this.#rows.loops[row]! - calls.countLoops(callSite) - skipped;
    let merged = below;
    for (let call = calls.getStart(callSite); call < end; call++) {
      const isLoop = calls.isLoop(call);
      if (isLoop) run++;
      if (isLoop && run >= 1 && run <= runs) {
        merged = this.#pairedPython.addRun(merged, this.#runs.findEnd(python, run));
      } else if (run >= 1 || !isCut) {
        // A loop that allocates before its Python frame is known has none; it stays.
        merged = this.#merged.add(merged, calls.getFrame(call));
      }
    }
    return merged;
  }

  /**
   * What can be said where loops are missing: the Python frames without the skipped ones, and below them the
   * native frames that follow the interpreter's innermost one, which is what the innermost Python function
   * called.
   */
  append({native, python}: StackPair): number {
    const base = this.#wholePython.addWhole(python);
    const interpreter = native < 0 ? -1 : this.#rows.interpreter[native]!;
    const added: number[] = [];
    let merged = base;
    for (let row = native; row !== interpreter; row = this.#prefix[row]!) {
      const known = this.#appended.get(row, base);
      if (known >= -1) {
        merged = known;
        break;
      }
      added.push(row);
    }
    while (added.length > 0) {
      const row = added.pop()!;
      merged = this.#addCalls(merged, this.#rows.callSite[row]!);
      this.#appended.set(row, base, merged);
    }
    return merged;
  }

  #addCalls(below: number, callSite: number): number {
    if (callSite < 0) return below;
    const end = this.#calls.getEnd(callSite);
    let merged = below;
    for (let call = this.#calls.getStart(callSite); call < end; call++)
      merged = this.#merged.add(merged, this.#calls.getFrame(call));
    return merged;
  }
}
