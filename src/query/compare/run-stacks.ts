import {sum} from '../../base/sum.js';
import {pickBlocks} from '../../heap/block-columns.js';
import type {Elided, LocationColumns, RunColumns, Snapshot} from '../../heap/snapshot.js';
import {getBlocks} from '../blocks.js';
import type {Amount} from '../derive-tree.js';
import type {StackSet} from '../stack-set.js';

/** @throws Error of a snapshot of captures that are not compared */
export function getRuns({snapshot}: StackSet): readonly RunColumns[] {
  if (snapshot.runs === undefined) throw new Error('the captures of this snapshot are not compared');
  return snapshot.runs;
}

/** What a run holds of some stacks, and what of it is below the cut. */
export interface RunCut {
  readonly run: RunColumns;
  /** The biggest locations of the run that the stacks have, as many as are shown: indices into the columns of the run. */
  readonly chosen: Int32Array;
  readonly kept: Amount;
  readonly elided: Elided;
}

/**
 * Cuts each run by itself: the biggest of its own locations are shown.
 * @param isCutFirst whether what a run elides is kept
 */
export function cutRuns(stacks: StackSet, biggest: number, isCutFirst: boolean): readonly RunCut[] {
  const isLeft = new Uint8Array(stacks.snapshot.locations.length);
  for (const location of stacks.locations) isLeft[location] = 1;
  return getRuns(stacks).map(run => cutRun(run, isLeft, biggest, isCutFirst));
}

function cutRun(run: RunColumns, isLeft: Uint8Array, biggest: number, isCutFirst: boolean): RunCut {
  const chosen: number[] = [];
  const shown = {bytes: 0, allocations: 0, locations: 0};
  const below = {bytes: 0, allocations: 0, locations: 0};
  for (let index = 0; index < run.length; index++) {
    if (isLeft[run.location[index]!] === 0) continue;
    const isShown = chosen.length < biggest;
    if (isShown) chosen.push(index);
    const amount = isShown ? shown : below;
    amount.bytes += run.bytes[index]!;
    amount.allocations += run.allocations[index]!;
    amount.locations++;
  }
  const elided = isCutFirst ? addAmounts(below, run.elided) : below;
  return {run, chosen: Int32Array.from(chosen), kept: addAmounts(shown, elided), elided};
}

function addAmounts(a: Amount, b: Amount): Amount {
  return {
    bytes: a.bytes + b.bytes,
    allocations: a.allocations + b.allocations,
    locations: a.locations + b.locations,
  };
}

/** All that a run holds, whatever the steps leave. */
export function sumRun({bytes, allocations, length, elided}: RunColumns): Amount {
  return addAmounts({bytes: sum(bytes), allocations: sum(allocations), locations: length}, elided);
}

/** The stacks of one run by itself. */
export interface RunStacks {
  /** Only its own nodes and locations. The frames are those of all. */
  readonly stacks: StackSet;
  /** For each node the one of the stacks of all runs. */
  readonly origin: Int32Array;
}

/** Takes one run after the other out of the stacks of all. Costs no more than what each of them holds. */
export class RunTaker {
  readonly #stacks: StackSet;
  /** For each location where it is among those of the stacks. */
  readonly #indexOf: Int32Array;
  /** For each node of the stacks the one of the run that is taken; −1 between two runs. */
  readonly #placed: Int32Array;

  constructor(stacks: StackSet) {
    this.#stacks = stacks;
    this.#placed = new Int32Array(stacks.length).fill(-1);
    this.#indexOf = new Int32Array(stacks.snapshot.locations.length).fill(-1);
    for (const [index, location] of stacks.locations.entries()) this.#indexOf[location] = index;
  }

  take({run, chosen}: RunCut): RunStacks {
    const {snapshot, prefix, frame, ends, ...tables} = this.#stacks;
    const locations = chosen.map(index => run.location[index]!);
    const endOf = (location: number): number => ends[this.#indexOf[location]!]!;
    const origin = this.#listNodes(locations, endOf);
    const placed = this.#placed;
    const stacks: StackSet = {
      ...tables,
      snapshot: pickRun(snapshot, run, chosen, locations),
      length: origin.length,
      prefix: origin.map(node => (prefix[node]! < 0 ? -1 : placed[prefix[node]!]!)),
      frame: origin.map(node => frame[node]!),
      locations: Int32Array.from(locations.keys()),
      ends: locations.map(location => (endOf(location) < 0 ? -1 : placed[endOf(location)]!)),
    };
    for (const node of origin) placed[node] = -1;
    return {stacks, origin};
  }

  /** The nodes that locations go through, callers first, and the number of each of them. */
  #listNodes(locations: Int32Array, endOf: (location: number) => number): Int32Array {
    const {prefix} = this.#stacks;
    const placed = this.#placed;
    const found: number[] = [];
    for (const location of locations) {
      for (let node = endOf(location); node >= 0 && placed[node]! < 0; node = prefix[node]!) {
        placed[node] = 0;
        found.push(node);
      }
    }
    const nodes = Int32Array.from(found).sort();
    nodes.forEach((node, index) => {
      placed[node] = index;
    });
    return nodes;
  }
}

/** The snapshot of some locations of a run. @param locations where they are in the snapshot of all */
function pickRun(
  {runs: _, ...snapshot}: Snapshot,
  run: RunColumns,
  chosen: Int32Array,
  locations: Int32Array,
): Snapshot {
  const {thread, stack, hiddenNative} = snapshot.locations;
  const columns: LocationColumns = {
    length: chosen.length,
    bytes: Float64Array.from(chosen, index => run.bytes[index]!),
    allocations: Float64Array.from(chosen, index => run.allocations[index]!),
    thread: locations.map(location => thread[location]!),
    stack: locations.map(location => stack[location]!),
    ...(hiddenNative && {hiddenNative: locations.map(location => hiddenNative[location]!)}),
  };
  const blocks = run.blocks && pickBlocks(getBlocks(run), locations);
  return {...snapshot, locations: columns, elided: run.elided, ...(blocks && {blocks})};
}
