import {ChildTable} from '../base/child-table.js';
import type {MergedStacks} from './merged-stacks.js';
import type {PythonRuns} from './python-runs.js';

/**
 * Puts Python frames into merged stacks. What was put below the same node before is found again, so the cost
 * is that of the nodes that are new, not that of all stacks together.
 */
export class PythonStacks {
  readonly #prefix: Int32Array;
  /** The frame of each Python stack node, by its number among the merged frames. */
  readonly #frames: Int32Array;
  readonly #runs: PythonRuns;
  readonly #merged: MergedStacks;
  /** How many of the outermost frames belong to the tracker. */
  readonly #skippedFrames: number;
  /** By (merged node + 1, Python node): the node of a run that was put there. */
  readonly #runNodes = new ChildTable();
  /** By (0, Python node): the node of a whole stack without its skipped frames. */
  readonly #wholeNodes = new ChildTable();

  constructor(
    prefix: Int32Array,
    frames: Int32Array,
    runs: PythonRuns,
    merged: MergedStacks,
    skippedFrames: number,
  ) {
    this.#prefix = prefix;
    this.#frames = frames;
    this.#runs = runs;
    this.#merged = merged;
    this.#skippedFrames = skippedFrames;
  }

  /**
   * Puts a run, up to its frame `last`, below a merged node. The first frame that is not skipped cuts off all
   * that lies outside of it.
   */
  addRun(below: number, last: number): number {
    const head = this.#runs.getHead(last);
    const isCut = this.#skippedFrames > 0 && this.#contains(head, last, this.#skippedFrames);
    const base = isCut ? -1 : below;
    return this.#add(this.#runNodes, base, last, isCut ? this.#skippedFrames : this.#runs.getDepth(head));
  }

  /** Puts a whole stack without its skipped frames. −1 if all are skipped. */
  addWhole(last: number): number {
    if (last < 0 || this.#runs.getDepth(last) < this.#skippedFrames) return -1;
    return this.#add(this.#wholeNodes, -1, last, this.#skippedFrames);
  }

  #contains(head: number, last: number, depth: number): boolean {
    return this.#runs.getDepth(head) <= depth && depth <= this.#runs.getDepth(last);
  }

  /** Puts the frames from a depth on up to `last` below a node. */
  #add(known: ChildTable, base: number, last: number, fromDepth: number): number {
    const added: number[] = [];
    let merged = base;
    for (let node = last; ; node = this.#prefix[node]!) {
      const found = known.get(base + 1, node);
      if (found >= 0) {
        merged = found;
        break;
      }
      added.push(node);
      if (this.#runs.getDepth(node) === fromDepth) break;
    }
    while (added.length > 0) {
      const node = added.pop()!;
      merged = this.#merged.add(merged, this.#frames[node]!);
      known.add(base + 1, node, merged);
    }
    return merged;
  }
}
