import {type CallTree, type CallTreeColumns, createCallTree, type ThreadShare} from '../../tree/call-tree.js';
import {CallTreeBuilder} from '../../tree/call-tree-builder.js';
import {NativeNodesBuilder} from '../../tree/native-nodes.js';
import {compareShares, groupByLabel} from '../../tree/thread-shares.js';
import type {StackSet} from '../stack-set.js';
import {addElidedRow} from './elided-row.js';
import {addOwn, addTotals, listOutermost, NO_ROW} from './row-sums.js';
import type {ShapeInput} from './shape.js';

/**
 * A table: a row for each frame of the level; a key of −1 has no row. Its total is what goes through it, once for each stack however often the frame is in
 * it; its own is what it allocates itself. The root holds the sums of the whole; its own is what no row has as its own.
 */
export function buildFlat(input: ShapeInput): CallTree {
  const {stacks, level, shown, elided} = input;
  const builder = new CallTreeBuilder(level.frames.length + 2);
  const native = stacks.frames.native && new NativeNodesBuilder();
  const rows = new Int32Array(stacks.length);
  const rowOf = new Int32Array(level.frames.length);
  for (let index = 0; index < shown; index++) {
    const end = stacks.ends[index]!;
    // Rows are added in the order in which the locations reach them.
    for (let at = end; at >= 0 && rows[at] === 0; at = stacks.prefix[at]!) {
      const key = level.keyOf[stacks.frame[at]!]!;
      rows[at] = NO_ROW;
      if (key < 0) continue;
      if (rowOf[key] === 0) rowOf[key] = builder.addNode(0, key, level.flags[key]!);
      rows[at] = rowOf[key]!;
      native?.addFrame(rows[at]!, stacks.frames.native!, stacks.frame[at]!);
    }
    addOwn(builder, end < 0 ? 0 : Math.max(0, rows[end]!), stacks, index);
  }
  const outermost = listOutermost(stacks, level);
  addTotals(builder, input, rows, outermost);
  if (elided !== null) addElidedRow(builder, elided);
  const columns = builder.finish(level.frames, level.strings, {
    elidedLocations: elided?.locations ?? 0,
    native: native?.finish(builder.length),
  });
  const only = findOnlyThread(input);
  let shares: ReadonlyMap<number, readonly ThreadShare[]> | null = null;
  const getShares = (row: number): readonly ThreadShare[] => {
    if (only !== null) return [readTotal(columns, row, only, elided)];
    shares ??= computeShares(input, rows, outermost, columns);
    return shares.get(row) ?? [];
  };
  return createCallTree(columns, {getShares});
}

/** Sums of locations at and below the nodes of the stacks. Costs the nodes that the locations touch. */
class SumsBelow {
  readonly #stacks: StackSet;
  readonly #bytes: Float64Array;
  readonly #allocations: Float64Array;
  readonly #isTouched: Uint8Array;
  #touched: number[] = [];
  #all = {bytes: 0, allocations: 0};

  constructor(stacks: StackSet) {
    this.#stacks = stacks;
    this.#bytes = new Float64Array(stacks.length);
    this.#allocations = new Float64Array(stacks.length);
    this.#isTouched = new Uint8Array(stacks.length);
  }

  /** @param index in the locations of the stacks */
  add(index: number): void {
    const {snapshot, locations, ends, prefix} = this.#stacks;
    const location = locations[index]!;
    const bytes = snapshot.locations.bytes[location]!;
    const allocations = snapshot.locations.allocations[location]!;
    this.#all.bytes += bytes;
    this.#all.allocations += allocations;
    const end = ends[index]!;
    if (end < 0) return;
    this.#bytes[end]! += bytes;
    this.#allocations[end]! += allocations;
    for (let at = end; at >= 0 && this.#isTouched[at] === 0; at = prefix[at]!) {
      this.#isTouched[at] = 1;
      this.#touched.push(at);
    }
  }

  /** Hands out the sum of each touched node and, as node −1, that of all; then all is 0 again. */
  finish(take: (node: number, bytes: number, allocations: number) => void): void {
    const {prefix} = this.#stacks;
    // Callers have smaller numbers: from the greatest on, each sum is complete before it goes up.
    for (const node of Int32Array.from(this.#touched).sort().reverse()) {
      take(node, this.#bytes[node]!, this.#allocations[node]!);
      const above = prefix[node]!;
      if (above >= 0) {
        this.#bytes[above]! += this.#bytes[node]!;
        this.#allocations[above]! += this.#allocations[node]!;
      }
      this.#bytes[node] = this.#allocations[node] = this.#isTouched[node] = 0;
    }
    take(-1, this.#all.bytes, this.#all.allocations);
    this.#touched = [];
    this.#all = {bytes: 0, allocations: 0};
  }
}

/** For each row what each thread holds in it. */
function computeShares(
  {stacks, shown}: ShapeInput,
  rows: Int32Array,
  outermost: Uint8Array,
  columns: CallTreeColumns,
): ReadonlyMap<number, readonly ThreadShare[]> {
  const sums = new SumsBelow(stacks);
  const shares = new Map<number, ThreadShare[]>();
  for (const [label, members] of groupByLabel(readThreads(stacks, shown), stacks.snapshot.threads)) {
    const ofLabel = new Map<number, {bytes: number; allocations: number}>();
    for (const index of members) sums.add(index);
    sums.finish((node, bytes, allocations) => {
      if (node >= 0 && outermost[node] === 0) return;
      const row = node < 0 ? 0 : rows[node]!;
      const sum = ofLabel.get(row);
      if (sum === undefined) ofLabel.set(row, {bytes, allocations});
      else {
        sum.bytes += bytes;
        sum.allocations += allocations;
      }
    });
    for (const [row, sum] of ofLabel) {
      const list = shares.get(row);
      if (list === undefined) shares.set(row, [{label, ...sum}]);
      else list.push({label, ...sum});
    }
  }
  for (let row = 0; row < columns.length; row++) shares.get(row)?.sort(compareShares);
  return shares;
}

/** The label of all shown locations, where it is the same; null else. */
function findOnlyThread({stacks: {snapshot, locations}, shown}: ShapeInput): string | null {
  const labelOf = (index: number): string =>
    snapshot.threads[snapshot.locations.thread[locations[index]!]!]!.label;
  if (shown === 0) return null;
  const label = labelOf(0);
  for (let index = 1; index < shown; index++) if (labelOf(index) !== label) return null;
  return label;
}

/** All that a row holds in known locations: the root may count the elided ones too. */
function readTotal(
  {bytes, allocations}: CallTreeColumns,
  row: number,
  label: string,
  elided: ShapeInput['elided'],
): ThreadShare {
  const unknown = row === 0 ? elided : null;
  return {
    label,
    bytes: bytes[row]! - (unknown?.bytes ?? 0),
    allocations: allocations[row]! - (unknown?.allocations ?? 0),
  };
}

/** The thread of each shown location. */
function readThreads({snapshot, locations}: StackSet, shown: number): Int32Array {
  return locations.subarray(0, shown).map(location => snapshot.locations.thread[location]!);
}
