import type {Snapshot} from '../heap/snapshot.js';
import type {CallTreeColumns, ThreadShare} from './call-tree.js';

/** Bytes and allocations of one thread label. */
interface Sum {
  bytes: number;
  allocations: number;
}

/**
 * What each thread holds below each node, computed when first asked for.
 * Along a chain without branches and own bytes the shares are the same: they are kept once, at its lower end.
 * @param leaves for each location of the snapshot the node where it ends
 */
export function createThreadShares(
  tree: CallTreeColumns,
  snapshot: Snapshot,
  leaves: Int32Array,
): (node: number) => readonly ThreadShare[] {
  let lowerEnds: Int32Array | null = null;
  let shares: Map<number, readonly ThreadShare[]> | null = null;
  return node => {
    lowerEnds ??= findLowerEnds(tree);
    shares ??= computeShares(tree, snapshot, leaves, lowerEnds);
    return shares.get(lowerEnds[node]!) ?? [];
  };
}

/** For each node the lower end of its chain: the first node below it that branches or is the end of a location. */
function findLowerEnds({
  length,
  firstChild,
  nextSibling,
  selfAllocations,
  selfBytes,
}: CallTreeColumns): Int32Array {
  const lowerEnds = new Int32Array(length);
  for (let node = length - 1; node >= 0; node--) {
    const child = firstChild[node]!;
    const isInside = child >= 0 && nextSibling[child]! < 0 && !selfAllocations[node] && !selfBytes[node];
    lowerEnds[node] = isInside ? lowerEnds[child]! : node;
  }
  return lowerEnds;
}

/** Goes up from the locations of one thread after another; the work is what the result holds, plus the nodes. */
function computeShares(
  {prefix}: CallTreeColumns,
  {locations, threads}: Snapshot,
  leaves: Int32Array,
  lowerEnds: Int32Array,
): Map<number, readonly ThreadShare[]> {
  const chainParents = findChainParents(prefix, lowerEnds);
  const shares = new Map<number, ThreadShare[]>();
  for (const [label, members] of groupByLabel(locations.thread, threads)) {
    const sums = new Map<number, Sum>();
    for (const location of members) {
      add(sums, lowerEnds[leaves[location]!]!, locations.bytes[location]!, locations.allocations[location]!);
    }
    sumUp(sums, chainParents);
    for (const [end, sum] of sums) {
      const list = shares.get(end);
      if (list) list.push({label, ...sum});
      else shares.set(end, [{label, ...sum}]);
    }
  }
  for (const list of shares.values()) list.sort(compareShares);
  return shares;
}

/** For the lower end of each chain the lower end of the chain above it, −1 at the top. */
function findChainParents(prefix: Int32Array, lowerEnds: Int32Array): Int32Array {
  const parents = new Int32Array(prefix.length).fill(-1);
  for (let node = 1; node < prefix.length; node++) {
    const above = lowerEnds[prefix[node]!]!;
    if (above !== lowerEnds[node]) parents[lowerEnds[node]!] = above;
  }
  return parents;
}

/** Adds every sum to those of all chains above. Lower ends grow downwards, so the greatest has nothing below it. */
function sumUp(sums: Map<number, Sum>, chainParents: Int32Array): void {
  const ends = new Set(sums.keys());
  for (const end of ends) if (chainParents[end]! >= 0) ends.add(chainParents[end]!);
  const ordered = Int32Array.from(ends).sort();
  for (let index = ordered.length - 1; index >= 0; index--) {
    const {bytes, allocations} = sums.get(ordered[index]!)!;
    const above = chainParents[ordered[index]!]!;
    if (above >= 0) add(sums, above, bytes, allocations);
  }
}

function add(sums: Map<number, Sum>, end: number, bytes: number, allocations: number): void {
  const sum = sums.get(end);
  if (sum) {
    sum.bytes += bytes;
    sum.allocations += allocations;
  } else {
    sums.set(end, {bytes, allocations});
  }
}

/** The locations of each thread label. */
function groupByLabel(thread: Int32Array, threads: Snapshot['threads']): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  thread.forEach((index, location) => {
    const label = threads[index]!.label;
    const group = groups.get(label);
    if (group) group.push(location);
    else groups.set(label, [location]);
  });
  return groups;
}

/** By bytes, descending, then by label. */
export function compareShares(a: ThreadShare, b: ThreadShare): number {
  return b.bytes - a.bytes || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
}
