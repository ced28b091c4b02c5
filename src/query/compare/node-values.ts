/** Numbers without a fraction, in as few bytes as they need. */
export type Counts = Uint32Array | Float64Array;

/** What each of some runs holds in a node; 0 where it does not have the node. */
export class NodeValues {
  readonly runs: number;
  /** The values of a node are #starts[node] … #starts[node + 1] − 1. */
  readonly #starts: Int32Array;
  readonly #run: Int32Array;
  readonly #value: Float64Array;

  constructor(length: number, runs: readonly {readonly nodes: Int32Array; readonly values: Counts}[]) {
    this.runs = runs.length;
    const starts = new Int32Array(length + 1);
    for (const {nodes} of runs) for (const node of nodes) starts[node + 1]!++;
    for (let node = 0; node < length; node++) starts[node + 1]! += starts[node]!;
    const next = starts.slice();
    this.#starts = starts;
    this.#run = new Int32Array(starts[length]!);
    this.#value = new Float64Array(starts[length]!);
    for (const [run, {nodes, values}] of runs.entries()) {
      for (let index = 0; index < nodes.length; index++) {
        const at = next[nodes[index]!]!++;
        this.#run[at] = run;
        this.#value[at] = values[index]!;
      }
    }
  }

  /** @param into as long as there are runs; a new one unless given */
  get(node: number, into: Float64Array = new Float64Array(this.runs)): Float64Array {
    into.fill(0);
    for (let at = this.#starts[node]!; at < this.#starts[node + 1]!; at++) {
      into[this.#run[at]!] = this.#value[at]!;
    }
    return into;
  }
}
