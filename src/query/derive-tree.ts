import {chooseOfEach} from '../heap/cut-snapshot.js';
import type {Elided, Snapshot} from '../heap/snapshot.js';
import type {CallTree} from '../tree/call-tree.js';
import {formatShape, formatStep} from './grammar/format-query.js';
import type {Term} from './grammar/term.js';
import {computeLevel} from './level.js';
import {locateStacks, type StackLocations} from './locate-stacks.js';
import {matchFrames} from './match-frames.js';
import type {Naming} from './naming.js';
import {buildFlat} from './shapes/flat.js';
import {buildInverted} from './shapes/inverted.js';
import type {BuiltShape, ShapeInput} from './shapes/shape.js';
import {buildTopDown} from './shapes/tree.js';
import {sortTree} from './sort-tree.js';
import {createStackSet, GONE, keepLocations, type StackSet} from './stack-set.js';
import {rootStacks} from './steps/root.js';
import {getStepKind} from './steps/steps.js';
import {getBiggest, isAroundTerm, isCutFirst, type TreeQuery} from './tree-query.js';

/** Sums of locations. */
export interface Amount {
  readonly bytes: number;
  readonly allocations: number;
  readonly locations: number;
}

export interface DerivedTree {
  readonly tree: CallTree;
  /** Where the stacks of the snapshot are in the tree; null for shapes that do not begin with the outermost frames. */
  readonly locate: () => StackLocations | null;
  /** What the steps leave, before the cut. */
  readonly kept: Amount;
  /** The whole selection. */
  readonly of: Amount;
  /** What is kept but below the cut. */
  readonly elided: Elided;
  /** The written steps, callers: and callees: among them, that name nothing of the stacks that they got. */
  readonly namingNothing: readonly string[];
  /** Whether frames are left out because there would be too many nodes. */
  readonly isCut: boolean;
}

export interface DeriveOptions {
  readonly naming: Naming;
  /** The root counts what is below the cut, and its last child stands for it. */
  readonly wholePeak?: boolean;
}

/**
 * The tree that a query shows of a snapshot. Pure.
 * The snapshot has to hold all locations, unless `isCutFirst` says that the biggest ones are enough.
 */
export function deriveTree(snapshot: Snapshot, query: TreeQuery, options: DeriveOptions): DerivedTree {
  const namingNothing: string[] = [];
  const {naming} = options;
  const all = createStackSet(snapshot);
  const stepped = query.steps.reduce(
    (stacks, step) =>
      getStepKind(step).apply(stacks, step, {
        naming,
        level: query.by,
        onNothingNamed: () => namingNothing.push(formatStep(step)),
      }),
    all,
  );
  const {stacks, starts} = chooseStacks(stepped, query, naming);
  if (isAroundTerm(query.shape) && stacks.locations.length === 0)
    namingNothing.push(formatShape(query.shape));
  const kept = sumKept(stacks, query);
  const {shown, ...cut} = cutStacks({stacks, starts}, getBiggest(query));
  const elided = subtract(kept, sumLocations(cut.stacks, shown));
  const input: ShapeInput = {
    stacks: cut.stacks,
    level: computeLevel(stacks, query.by, naming),
    shown,
    elided: options.wholePeak && elided.locations > 0 ? elided : null,
  };
  const {tree, nodes, isCut} = buildShape(input, query, cut.starts);
  return {
    tree: sortTree(tree, query.sort, query.isReversed),
    locate: () => nodes && locateStacks(stacks, nodes),
    kept,
    of: addElided(sumLocations(all, all.locations.length), snapshot.elided),
    elided,
    namingNothing,
    isCut,
  };
}

interface ChosenStacks {
  readonly stacks: StackSet;
  /** Where an inverted tree begins, for each location. */
  readonly starts: Int32Array;
}

/** What `callers:` and `callees:` leave of the stacks. */
function chooseStacks(stacks: StackSet, {shape}: TreeQuery, naming: Naming): ChosenStacks {
  if (shape.kind === 'callers') return findOutermost(stacks, shape.term, naming);
  if (shape.kind !== 'callees') return {stacks, starts: stacks.ends};
  const rooted = rootStacks(stacks, matchFrames(stacks, shape.term, naming));
  return {stacks: rooted, starts: rooted.ends};
}

/** The stacks with a frame that matches; each begins at the outermost one. */
function findOutermost(stacks: StackSet, term: Term, naming: Naming): ChosenStacks {
  const isMatch = matchFrames(stacks, term, naming);
  const outermost = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const caller = stacks.prefix[node]!;
    const above = caller < 0 ? GONE : outermost[caller]!;
    outermost[node] = above >= 0 ? above : isMatch[stacks.frame[node]!] === 1 ? node : GONE;
  }
  const kept = keepLocations(stacks, index => {
    const end = stacks.ends[index]!;
    return end < 0 ? GONE : outermost[end]!;
  });
  return {stacks: kept, starts: kept.ends};
}

/** The biggest locations come first: so many are shown, of several captures so many of each. */
function cutStacks({stacks, starts}: ChosenStacks, biggest: number): ChosenStacks & {readonly shown: number} {
  const {snapshot, locations, ends} = stacks;
  const chosen = locations.length > biggest ? chooseOfEach(snapshot, locations, biggest) : null;
  if (chosen === null) return {stacks, starts, shown: Math.min(biggest, locations.length)};
  const pick = (values: Int32Array): Int32Array => chosen.map(index => values[index]!);
  return {
    stacks: {...stacks, locations: pick(locations), ends: pick(ends)},
    starts: pick(starts),
    shown: chosen.length,
  };
}

function buildShape(input: ShapeInput, {shape}: TreeQuery, starts: Int32Array): BuiltShape {
  if (shape.kind === 'flat') return {tree: buildFlat(input), nodes: null, isCut: false};
  if (shape.kind === 'inverted' || shape.kind === 'callers') {
    return buildInverted(input, starts);
  }
  return buildTopDown(input);
}

function sumLocations({snapshot, locations}: StackSet, count: number): Amount {
  let bytes = 0;
  let allocations = 0;
  for (let index = 0; index < count; index++) {
    bytes += snapshot.locations.bytes[locations[index]!]!;
    allocations += snapshot.locations.allocations[locations[index]!]!;
  }
  return {bytes, allocations, locations: count};
}

/** What a snapshot elides is kept where no step takes locations away. */
function sumKept(stacks: StackSet, query: TreeQuery): Amount {
  const held = sumLocations(stacks, stacks.locations.length);
  return isCutFirst(query) ? addElided(held, stacks.snapshot.elided) : held;
}

function addElided(amount: Amount, elided: Elided): Amount {
  return {
    bytes: amount.bytes + elided.bytes,
    allocations: amount.allocations + elided.allocations,
    locations: amount.locations + elided.locations,
  };
}

function subtract(whole: Amount, part: Amount): Elided {
  return {
    bytes: whole.bytes - part.bytes,
    allocations: whole.allocations - part.allocations,
    locations: whole.locations - part.locations,
  };
}
