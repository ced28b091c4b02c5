import {medianOf} from '../base/median.js';
import type {Snapshot} from '../heap/snapshot.js';
import {cutRuns, type RunCut} from './compare/run-stacks.js';
import type {TargetedPart} from './edit-query.js';
import {keepStacks, type StepOptions} from './kept-stacks.js';
import type {StackSet} from './stack-set.js';
import {createSuppressionTest} from './steps/ignore.js';
import {isCutFirst, type TreeQuery} from './tree-query.js';

/** What the steps of a query leave, before the cut. */
export interface Measured {
  readonly bytes: number;
  /** Of what the steps leave: what the step `ignore:` has suppressed; not counted in `bytes`. */
  readonly suppressed: number;
}

export interface MeasuredSides {
  readonly compared: Measured;
  /** Null where nothing is compared with a base. */
  readonly base: Measured | null;
  /** The steps, callers: and callees: among them, that name nothing here. */
  readonly untargeted: readonly TargetedPart[];
}

/**
 * What a query keeps, of several captures that are compared the medians of each side. Builds no tree.
 * The snapshot as for `deriveStacks`.
 */
export function measureKept(snapshot: Snapshot, given: TreeQuery, options: StepOptions): MeasuredSides {
  const {query, stacks, untargeted} = keepStacks(snapshot, given, options);
  const isSuppressed = createSuppressionTest(stacks);
  if (snapshot.runs === undefined) {
    const elided = isCutFirst(query) ? snapshot.elided.bytes : 0;
    return {compared: sumLocations(stacks, isSuppressed, elided), base: null, untargeted};
  }
  const suppressed = listSuppressed(stacks, isSuppressed);
  const cuts = cutRuns(stacks, Infinity, isCutFirst(query));
  const measureSide = (isBase: boolean): Measured | null => {
    const side = cuts.filter(({run}) => run.isBase === isBase).map(cut => measureRun(cut, suppressed));
    return side.length === 0 ? null : combine(side);
  };
  return {compared: measureSide(false)!, base: measureSide(true), untargeted};
}

function sumLocations(
  {snapshot, locations}: StackSet,
  isSuppressed: (index: number) => boolean,
  elided: number,
): Measured {
  let bytes = elided;
  let suppressed = 0;
  for (let index = 0; index < locations.length; index++) {
    const own = snapshot.locations.bytes[locations[index]!]!;
    if (isSuppressed(index)) suppressed += own;
    else bytes += own;
  }
  return {bytes, suppressed};
}

/** 1 for each location of the snapshot that is suppressed. */
function listSuppressed(stacks: StackSet, isSuppressed: (index: number) => boolean): Uint8Array {
  const suppressed = new Uint8Array(stacks.snapshot.locations.length);
  for (let index = 0; index < stacks.locations.length; index++) {
    if (isSuppressed(index)) suppressed[stacks.locations[index]!] = 1;
  }
  return suppressed;
}

function measureRun({run, chosen, kept}: RunCut, isSuppressed: Uint8Array): Measured {
  let suppressed = 0;
  for (const index of chosen) if (isSuppressed[run.location[index]!] === 1) suppressed += run.bytes[index]!;
  return {bytes: kept.bytes - suppressed, suppressed};
}

function combine(side: readonly Measured[]): Measured {
  return {
    bytes: medianOf(side, ({bytes}) => bytes),
    suppressed: medianOf(side, ({suppressed}) => suppressed),
  };
}
