import type {StackColumns} from './snapshot.js';

/**
 * The Python stacks of a snapshot, divided into runs: the frames that one run of the interpreter's loop
 * executes. A run begins at an entry frame, the first one at the outermost frame whatever it says. Runs of a
 * stack are numbered from 1, outermost first. Costs one pass over the stack nodes; a question costs the
 * logarithm of the number of runs.
 */
export class PythonRuns {
  readonly #prefix: Int32Array;
  /** Number of the run that each node belongs to. */
  readonly #run: Int32Array;
  /** The first (outermost) node of that run. */
  readonly #head: Int32Array;
  /** For first nodes of runs: that of an earlier run, so far back that a search needs few steps. */
  readonly #jump: Int32Array;
  /** How many frames lie outside of each node. */
  readonly #depth: Int32Array;

  /**
   * @param isInterpreterEntry for each stack node a 1 if the frame began a new run of the interpreter's loop
   */
  constructor({length, prefix}: StackColumns, isInterpreterEntry: Uint8Array) {
    this.#prefix = prefix;
    this.#run = new Int32Array(length);
    this.#head = new Int32Array(length);
    this.#jump = new Int32Array(length);
    this.#depth = new Int32Array(length);
    for (let node = 0; node < length; node++) this.#add(node, prefix[node]!, isInterpreterEntry[node] === 1);
  }

  #add(node: number, caller: number, isInterpreterEntry: boolean): void {
    const isFirst = caller < 0;
    this.#depth[node] = isFirst ? 0 : this.#depth[caller]! + 1;
    if (!isFirst && !isInterpreterEntry) {
      this.#run[node] = this.#run[caller]!;
      this.#head[node] = this.#head[caller]!;
      return;
    }
    this.#run[node] = isFirst ? 1 : this.#run[caller]! + 1;
    this.#head[node] = node;
    this.#jump[node] = isFirst ? node : this.#findJump(this.#head[caller]!);
  }

  /** Where a run jumps whose caller's run begins at `head`: two equal jumps in a row are joined into one. */
  #findJump(head: number): number {
    const once = this.#jump[head]!;
    const twice = this.#jump[once]!;
    return this.#run[head]! - this.#run[once]! === this.#run[once]! - this.#run[twice]! ? twice : head;
  }

  /** How many runs a stack has that ends at a node; 0 for −1. */
  count(node: number): number {
    return node < 0 ? 0 : this.#run[node]!;
  }

  /** The first (outermost) node of the run that a node belongs to. */
  getHead(node: number): number {
    return this.#head[node]!;
  }

  getDepth(node: number): number {
    return this.#depth[node]!;
  }

  /** The last node of run `number` in the stack that ends at `innermost`; −1 below the first run. */
  findEnd(innermost: number, number: number): number {
    if (number < 1) return -1;
    if (number >= this.count(innermost)) return innermost;
    // The beginning of the run after it.
    let head = this.#head[innermost]!;
    while (this.#run[head]! > number + 1) {
      const jump = this.#jump[head]!;
      head = this.#run[jump]! > number ? jump : this.#head[this.#prefix[head]!]!;
    }
    return this.#prefix[head]!;
  }
}
