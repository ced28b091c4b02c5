import type {Snapshot} from '../heap/snapshot.js';
import type {CallTreeColumns, ThreadShare} from './call-tree.js';

/** For the lower end of each chain its shares; nothing for other nodes. */
type SharesByNode = (ThreadShare[] | undefined)[];

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
  let shares: SharesByNode | null = null;
  return node => {
    lowerEnds ??= findLowerEnds(tree);
    shares ??= computeShares(tree, snapshot, leaves, lowerEnds);
    return shares[lowerEnds[node]!] ?? [];
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
): SharesByNode {
  const shares: SharesByNode = new Array(prefix.length);
  const chainParents = findChainParents(prefix, lowerEnds);
  const bytes = new Float64Array(prefix.length);
  const allocations = new Float64Array(prefix.length);
  const isTouched = new Uint8Array(prefix.length);
  for (const [label, members] of groupByLabel(locations.thread, threads)) {
    const touched: number[] = [];
    for (const location of members) {
      const end = lowerEnds[leaves[location]!]!;
      bytes[end]! += locations.bytes[location]!;
      allocations[end]! += locations.allocations[location]!;
      for (let at = end; at >= 0 && !isTouched[at]; at = chainParents[at]!) {
        isTouched[at] = 1;
        touched.push(at);
      }
    }
    // Numbers grow downwards: from the greatest on, each sum is complete before it goes up.
    for (const end of Int32Array.from(touched).sort().reverse()) {
      const above = chainParents[end]!;
      if (above >= 0) {
        bytes[above]! += bytes[end]!;
        allocations[above]! += allocations[end]!;
      }
      const share = {label, bytes: bytes[end]!, allocations: allocations[end]!};
      if (shares[end]) shares[end].push(share);
      else shares[end] = [share];
      bytes[end] = allocations[end] = isTouched[end] = 0;
    }
  }
  for (const list of shares) list?.sort(compareShares);
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
