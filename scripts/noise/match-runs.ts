/** A node of the JSON report. */
export interface ReportNode {
  readonly function: string;
  readonly file: string;
  readonly bytes: number;
  readonly children: readonly ReportNode[];
}

/** The nodes of several runs, those of the same path of functions and files as one. */
export interface MatchedRuns {
  readonly depth: readonly number[];
  readonly parent: readonly number[];
  readonly names: readonly string[];
  /** A row of runs for each node, 0 in runs without it. */
  readonly bytes: readonly Float64Array[];
}

/** @param runs the root of each run's tree */
export function matchRuns(runs: readonly ReportNode[]): MatchedRuns {
  const depth: number[] = [];
  const parent: number[] = [];
  const names: string[] = [];
  const bytes: Float64Array[] = [];
  const known = new Map<string, number>();
  const find = (above: number, node: ReportNode): number => {
    const key = JSON.stringify([above, node.function, node.file]);
    let index = known.get(key);
    if (index === undefined) {
      index = depth.length;
      known.set(key, index);
      depth.push(above < 0 ? 0 : depth[above]! + 1);
      parent.push(above);
      names.push(node.function);
      bytes.push(new Float64Array(runs.length));
    }
    return index;
  };
  runs.forEach((root, run) => {
    const open: (readonly [above: number, node: ReportNode])[] = [[-1, root]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [above, node] = next;
      const index = find(above, node);
      // Threads of one path are siblings in a report: here they add up.
      bytes[index]![run]! += node.bytes;
      for (const child of node.children) open.push([index, child]);
    }
  });
  return {depth, parent, names, bytes};
}
