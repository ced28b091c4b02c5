/** A node of memray's own tree, as the goldens hold it. */
export interface GoldenNode {
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly bytes: number;
  readonly allocations: number;
  readonly importSystem: boolean;
  readonly interesting: boolean;
  readonly threads: readonly string[];
  readonly elided?: true;
  readonly children: readonly GoldenNode[];
}

/** memray's reporter stops following a stack here; our trees go on. */
const GOLDEN_DEPTH = 402;
const FIELDS = [
  'function',
  'file',
  'line',
  'bytes',
  'allocations',
  'importSystem',
  'interesting',
  'elided',
] as const;

export interface Tolerance {
  /** memray counts merged aggregated records wrongly: then a count may be above the golden's, never below it. */
  readonly countsMayBeHigher?: boolean;
}

/**
 * Where a tree of ours (parsed JSON) differs from memray's: a line for each difference, none when equal. Order counts.
 */
export function compareWithGolden(ours: GoldenNode, golden: GoldenNode, tolerance: Tolerance = {}): string[] {
  const differences: string[] = [];
  const queue: [GoldenNode, GoldenNode, number, string][] = [[ours, golden, 0, '']];
  for (const [our, their, depth, path] of queue) {
    const here = `${path}/${their.function}:${their.line}`;
    for (const field of FIELDS) {
      if (our[field] === their[field]) continue;
      if (field === 'allocations' && tolerance.countsMayBeHigher && our.allocations > their.allocations)
        continue;
      differences.push(`${here}: ${field} is ${our[field]}, not ${their[field]}`);
    }
    if (!their.elided && [...our.threads].sort().join() !== [...their.threads].sort().join()) {
      differences.push(`${here}: threads are ${our.threads}, not ${their.threads}`);
    }
    if (depth >= GOLDEN_DEPTH) continue;
    if (our.children.length !== their.children.length) {
      differences.push(`${here}: ${our.children.length} children, not ${their.children.length}`);
    }
    their.children.forEach((child, index) => {
      const twin = our.children[index];
      if (twin) queue.push([twin, child, depth + 1, here]);
    });
  }
  return differences;
}
