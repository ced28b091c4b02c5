import {DoubleColumn, IntColumn} from '../base/column.js';
import type {Snapshot} from '../heap/snapshot.js';
import {type CallTreeColumns, ELIDED, type ThreadShare} from './call-tree.js';

/**
 * What each thread holds below each node, as plain data. Along a chain without branches and own bytes the
 * shares are the same: they are kept once, at its lower end. With a single label nothing is kept: its share
 * is all that a node holds.
 */
export interface ThreadShareColumns {
  readonly labels: readonly string[];
  /**
   * For each node the lower end of its chain: the first node below it that branches or is the end of a
   * location.
   */
  readonly lowerEnds: Int32Array;
  /** The shares of a lower end are starts[node] … starts[node + 1] − 1. */
  readonly starts: Int32Array;
  /** Index into `labels`. */
  readonly label: Int32Array;
  readonly bytes: Float64Array;
  readonly allocations: Float64Array;
}

const NONE = new Int32Array(0);

/** @param leaves for each location of the snapshot the node where it ends */
export function computeThreadShares(
  tree: CallTreeColumns,
  snapshot: Snapshot,
  leaves: Int32Array,
): ThreadShareColumns {
  const groups = groupByLabel(snapshot.locations.thread, snapshot.threads);
  const labels = [...groups.keys()];
  if (labels.length < 2) {
    const none = new Float64Array(0);
    return {labels, lowerEnds: NONE, starts: NONE, label: NONE, bytes: none, allocations: none};
  }
  const lowerEnds = findLowerEnds(tree, leaves);
  const shares = sumShares(tree, snapshot, leaves, lowerEnds, groups);
  return {labels, lowerEnds, ...sortShares(shares, labels, tree.length)};
}

/**
 * Looks up the shares of a node, which is not the elided one: by bytes, descending, then by label. The latest
 * list is kept, since a screen asks again and again for the same one.
 */
export function createShareLookup(
  shares: ThreadShareColumns,
  tree: CallTreeColumns,
): (node: number) => readonly ThreadShare[] {
  let latest = -1;
  let list: readonly ThreadShare[] = [];
  return node => {
    const end = shares.lowerEnds[node] ?? node;
    if (end !== latest) {
      list = readThreadShares(shares, tree, end);
      latest = end;
    }
    return list;
  };
}

function readThreadShares(
  {labels, starts, label, bytes, allocations}: ThreadShareColumns,
  tree: CallTreeColumns,
  end: number,
): readonly ThreadShare[] {
  if (labels.length < 2) return labels.map(only => ({label: only, ...readTotals(tree, end)}));
  const shares: ThreadShare[] = [];
  for (let i = starts[end]!; i < starts[end + 1]!; i++) {
    shares.push({label: labels[label[i]!]!, bytes: bytes[i]!, allocations: allocations[i]!});
  }
  return shares;
}

/** What a node holds in known locations: the root may count the elided ones too. */
function readTotals(tree: CallTreeColumns, node: number): {bytes: number; allocations: number} {
  let bytes = tree.bytes[node]!;
  let allocations = tree.allocations[node]!;
  for (let child = node === 0 ? tree.firstChild[0]! : -1; child >= 0; child = tree.nextSibling[child]!) {
    if (!(tree.flags[child]! & ELIDED)) continue;
    bytes -= tree.bytes[child]!;
    allocations -= tree.allocations[child]!;
  }
  return {bytes, allocations};
}

function findLowerEnds({length, firstChild, nextSibling}: CallTreeColumns, leaves: Int32Array): Int32Array {
  const isEnd = new Uint8Array(length);
  for (const leaf of leaves) isEnd[leaf] = 1;
  const lowerEnds = new Int32Array(length);
  for (let node = length - 1; node >= 0; node--) {
    const child = firstChild[node]!;
    const isInside = child >= 0 && nextSibling[child]! < 0 && isEnd[node] === 0;
    lowerEnds[node] = isInside ? lowerEnds[child]! : node;
  }
  return lowerEnds;
}

/** Growing columns of shares, those of one label after those of another. */
interface Shares {
  readonly end: IntColumn;
  readonly label: IntColumn;
  readonly bytes: DoubleColumn;
  readonly allocations: DoubleColumn;
}

/**
 * Goes up from the locations of one thread after another; the work is what the result holds, plus the nodes.
 */
function sumShares(
  {prefix}: CallTreeColumns,
  {locations}: Snapshot,
  leaves: Int32Array,
  lowerEnds: Int32Array,
  groups: ReadonlyMap<string, readonly number[]>,
): Shares {
  const shares = {
    end: new IntColumn(),
    label: new IntColumn(),
    bytes: new DoubleColumn(),
    allocations: new DoubleColumn(),
  };
  const chainParents = findChainParents(prefix, lowerEnds);
  const bytes = new Float64Array(prefix.length);
  const allocations = new Float64Array(prefix.length);
  const isTouched = new Uint8Array(prefix.length);
  let label = 0;
  for (const members of groups.values()) {
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
      shares.end.push(end);
      shares.label.push(label);
      shares.bytes.push(bytes[end]!);
      shares.allocations.push(allocations[end]!);
      bytes[end] = allocations[end] = isTouched[end] = 0;
    }
    label++;
  }
  return shares;
}

/** The shares of each lower end together, in their order. */
function sortShares(
  {end, label, bytes, allocations}: Shares,
  labels: readonly string[],
  nodes: number,
): Omit<ThreadShareColumns, 'labels' | 'lowerEnds'> {
  const {length} = end;
  const starts = new Int32Array(nodes + 1);
  for (let i = 0; i < length; i++) starts[end.at(i) + 1]!++;
  for (let node = 0; node < nodes; node++) starts[node + 1]! += starts[node]!;
  const next = starts.slice();
  const order = new Int32Array(length);
  for (let i = 0; i < length; i++) order[next[end.at(i)]!++] = i;
  const compare = (a: number, b: number): number =>
    bytes.at(b) - bytes.at(a) || (labels[label.at(a)]! < labels[label.at(b)]! ? -1 : 1);
  for (let node = 0; node < nodes; node++) {
    if (starts[node + 1]! - starts[node]! > 1) order.subarray(starts[node], starts[node + 1]).sort(compare);
  }
  return {
    starts,
    label: Int32Array.from(order, i => label.at(i)),
    bytes: Float64Array.from(order, i => bytes.at(i)),
    allocations: Float64Array.from(order, i => allocations.at(i)),
  };
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
export function groupByLabel(thread: Int32Array, threads: Snapshot['threads']): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  thread.forEach((index, location) => {
    const {label} = threads[index]!;
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

/** The shares of nodes that are one now. */
export function mergeShares(lists: readonly (readonly ThreadShare[])[]): readonly ThreadShare[] {
  if (lists.length === 1) return lists[0]!;
  const sums = new Map<string, ThreadShare>();
  for (const share of lists.flat()) {
    const sum = sums.get(share.label);
    sums.set(share.label, sum ? addShares(sum, share) : share);
  }
  return [...sums.values()].sort(compareShares);
}

function addShares(a: ThreadShare, b: ThreadShare): ThreadShare {
  const isKnown = a.bytes >= 0 && b.bytes >= 0;
  return {
    label: a.label,
    bytes: isKnown ? a.bytes + b.bytes : -1,
    allocations: isKnown ? a.allocations + b.allocations : -1,
  };
}
