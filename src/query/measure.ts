import type {Snapshot} from '../heap/snapshot.js';
import {joinGenerations} from '../tree/compared-nodes.js';
import {cutRuns, type RunCut} from './compare/run-stacks.js';
import type {TargetedPart} from './edit-query.js';
import {keepStacks, type StepOptions} from './kept-stacks.js';
import type {StackSet} from './stack-set.js';
import {createSuppressionTest} from './steps/ignore.js';
import {isCutFirst, type TreeQuery} from './tree-query.js';

/** What the steps of a query leave, before the cut. */
export interface Measured {
  readonly bytes: number;
  /** What the step `ignore:` keeps out of `bytes`: its row, and what later steps would keep without it. */
  readonly suppressed: number;
}

/** What is kept of one of several captures that are compared, or of all that is read. */
export interface MeasuredRun extends Measured {
  /** Index into `parts` of the capture info; null of all that is read. */
  readonly part: number | null;
  /** What `hide:pools` keeps out of `bytes`. */
  readonly pools: number;
}

export interface MeasuredSides {
  /** At least one; each capture by itself where captures are compared. */
  readonly compared: readonly MeasuredRun[];
  /** Empty where nothing is compared with a base. */
  readonly base: readonly MeasuredRun[];
  /** The steps, callers: and callees: among them, that name nothing here. */
  readonly untargeted: readonly TargetedPart[];
}

/** What a query keeps. Builds no tree. The snapshot as for `deriveStacks`. */
export function measureKept(given: Snapshot, query: TreeQuery, options: StepOptions): MeasuredSides {
  // A limit is for what generations hold together.
  const snapshot = joinGenerations(given);
  const sides = measureSides(snapshot, query, options);
  const steps = query.steps.filter(({kind}) => kind !== 'hide:pools');
  if (steps.length === query.steps.length) return sides;
  const whole = measureSides(snapshot, {...query, steps}, options);
  const addPools = (runs: readonly MeasuredRun[], wholes: readonly MeasuredRun[]) =>
    runs.map((run, index) => ({...run, pools: wholes[index]!.bytes - run.bytes}));
  return {
    ...sides,
    compared: addPools(sides.compared, whole.compared),
    base: addPools(sides.base, whole.base),
  };
}

/** What the steps leave; nothing is said of pools. */
function measureSides(snapshot: Snapshot, given: TreeQuery, options: StepOptions): MeasuredSides {
  const {query, stacks, untargeted} = keepStacks(snapshot, given, options);
  const sides: StackSides = {stacks, whole: keepIgnored(snapshot, given, options) ?? stacks};
  const hasElided = isCutFirst(query);
  if (snapshot.runs === undefined) {
    const {bytes, suppressed} = sumLocations(sides);
    const elided = hasElided ? snapshot.elided.bytes : 0;
    const run = {part: null, bytes: bytes + elided, suppressed, pools: 0};
    return {compared: [run], base: [], untargeted};
  }
  const runs = measureRuns(sides, hasElided);
  const pick = (isBase: boolean) => runs.filter(({run}) => run.isBase === isBase).map(toMeasured);
  return {compared: pick(false), base: pick(true), untargeted};
}

interface StackSides {
  readonly stacks: StackSet;
  /** The same without `ignore:`. A step after it takes its row away, so that only this shows what is suppressed. */
  readonly whole: StackSet;
}

/** What a query keeps without its steps `ignore:`; null where it has none. */
function keepIgnored(snapshot: Snapshot, given: TreeQuery, options: StepOptions): StackSet | null {
  const steps = given.steps.filter(({kind}) => kind !== 'ignore');
  if (steps.length === given.steps.length) return null;
  return keepStacks(snapshot, {...given, steps}, options).stacks;
}

function sumLocations(sides: StackSides): Measured {
  const states = listStates(sides);
  const {stacks, whole} = sides;
  let bytes = 0;
  let suppressed = 0;
  for (const location of stacks.locations) {
    const own = stacks.snapshot.locations.bytes[location]!;
    if (states[location] === SUPPRESSED) suppressed += own;
    else bytes += own;
  }
  for (const location of whole.locations)
    if (states[location] === GONE) suppressed += whole.snapshot.locations.bytes[location]!;
  return {bytes, suppressed};
}

type RunMeasure = Measured & Pick<RunCut, 'run'>;

function measureRuns(sides: StackSides, hasElided: boolean): readonly RunMeasure[] {
  const states = listStates(sides);
  const sum = ({run, chosen}: RunCut, state: number): number =>
    chosen.reduce((all, index) => all + (states[run.location[index]!] === state ? run.bytes[index]! : 0), 0);
  const wholes = cutRuns(sides.whole, Infinity, false);
  return cutRuns(sides.stacks, Infinity, hasElided).map((cut, index) => {
    const row = sum(cut, SUPPRESSED);
    return {run: cut.run, bytes: cut.kept.bytes - row, suppressed: row + sum(wholes[index]!, GONE)};
  });
}

function toMeasured({run, bytes, suppressed}: RunMeasure): MeasuredRun {
  return {part: run.part, bytes, suppressed, pools: 0};
}

// What became of a location of the snapshot.
const GONE = 0;
const COUNTED = 1;
/** In the row of what is suppressed. */
const SUPPRESSED = 2;

function listStates({stacks}: StackSides): Uint8Array {
  const states = new Uint8Array(stacks.snapshot.locations.length).fill(GONE);
  const isSuppressed = createSuppressionTest(stacks);
  for (let index = 0; index < stacks.locations.length; index++)
    states[stacks.locations[index]!] = isSuppressed(index) ? SUPPRESSED : COUNTED;
  return states;
}
