import {sum} from '../../base/sum.js';
import type {BlockColumns, Elided, RunColumns} from '../../heap/snapshot.js';
import {matchBlocks} from '../blocks.js';
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
  /** The biggest locations of the run that the stacks have: as many as are shown. */
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
    const location = run.location[index]!;
    if (isLeft[location] === 0) continue;
    const isShown = chosen.length < biggest;
    if (isShown) chosen.push(location);
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

/** The stacks with those locations only that are shown of at least one run. */
export function keepChosen(stacks: StackSet, cuts: readonly RunCut[]): StackSet {
  const isChosen = new Uint8Array(stacks.snapshot.locations.length);
  for (const {chosen} of cuts) for (const location of chosen) isChosen[location] = 1;
  const left = Int32Array.from(stacks.locations.keys()).filter(
    index => isChosen[stacks.locations[index]!] === 1,
  );
  if (left.length === stacks.locations.length) return stacks;
  return {
    ...stacks,
    locations: left.map(index => stacks.locations[index]!),
    ends: left.map(index => stacks.ends[index]!),
  };
}

/**
 * The stacks with what one run holds of them in place of the sums of all runs; 0 in locations that are not shown of it.
 * So a shape that is built of each run by itself has the same nodes, under the same numbers.
 */
export function weighStacks(stacks: StackSet, {run, chosen}: RunCut): StackSet {
  const {snapshot} = stacks;
  const {length} = snapshot.locations;
  const isChosen = new Uint8Array(length);
  for (const location of chosen) isChosen[location] = 1;
  const bytes = new Float64Array(length);
  const allocations = new Float64Array(length);
  for (let index = 0; index < run.length; index++) {
    const location = run.location[index]!;
    if (isChosen[location] === 0) continue;
    bytes[location] = run.bytes[index]!;
    allocations[location] = run.allocations[index]!;
  }
  const {blocks} = snapshot;
  return {
    ...stacks,
    snapshot: {
      ...snapshot,
      locations: {...snapshot.locations, bytes, allocations},
      ...(blocks && run.blocks && {blocks: weighBlocks(blocks, run.blocks, isChosen)}),
    },
  };
}

/** The blocks of all runs, with the counts of one of them. */
function weighBlocks(all: BlockColumns, own: BlockColumns, isChosen: Uint8Array): BlockColumns {
  const count = new Float64Array(all.length);
  matchBlocks(all, own, (block, ofRun) => {
    if (isChosen[all.location[block]!] === 1) count[block] = own.count[ofRun]!;
  });
  return {...all, count};
}
