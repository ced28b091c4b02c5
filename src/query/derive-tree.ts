import {recall} from '../base/recall.js';
import {chooseOfEach} from '../heap/cut-snapshot.js';
import type {Elided, Snapshot} from '../heap/snapshot.js';
import type {CallTree} from '../tree/call-tree.js';
import {growWhole, isWhole} from '../tree/growth.js';
import {formatPart, type TargetedPart} from './edit-query.js';
import {computeLevel, type Frames} from './level.js';
import {computeLineLevel} from './line-level.js';
import {locateStacks, type StackLocations} from './locate-stacks.js';
import {matchFrames} from './match-frames.js';
import type {Naming} from './naming.js';
import {buildFlat} from './shapes/flat.js';
import {buildImports} from './shapes/imports.js';
import {buildInverted} from './shapes/inverted.js';
import {buildLines} from './shapes/lines.js';
import {buildPlaces} from './shapes/places.js';
import type {BuiltShape} from './shapes/shape.js';
import {buildSum} from './shapes/sum.js';
import {buildTopDown} from './shapes/tree.js';
import {sortTree} from './sort-tree.js';
import {
  createStackSet,
  dropInterpreterFrames,
  GONE,
  hasFrame,
  keepLocations,
  type StackSet,
} from './stack-set.js';
import {computeRunStats, type RunStats} from './stats/run-stats.js';
import {rootStacks} from './steps/root.js';
import {getStepKind, type Step} from './steps/steps.js';
import {
  type AroundShape,
  DEFAULT_QUERY,
  getBiggest,
  isAroundTerm,
  isCutFirst,
  type Level,
  type Shape,
  type TreeQuery,
} from './tree-query.js';

/** Sums of locations. */
export interface Amount {
  readonly bytes: number;
  readonly allocations: number;
  readonly locations: number;
}

export interface DerivedTree {
  /** Of statistics the root alone. */
  readonly tree: CallTree;
  /** Of the shape `stats`; else null. */
  readonly stats: RunStats | null;
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
  /** The same as parts of the query. */
  readonly untargeted: readonly TargetedPart[];
  /** Those of them that are skipped. */
  readonly skipped: readonly TargetedPart[];
  /** Whether frames are left out because there would be too many nodes. */
  readonly isCut: boolean;
}

export interface DeriveOptions {
  readonly naming: Naming;
  /** The root counts what is below the cut, and its last child stands for it. */
  readonly wholePeak?: boolean;
  /** Parts of the query that are skipped where they name nothing. */
  readonly optional?: ReadonlySet<TargetedPart> | undefined;
  /** An inverted tree begins with the children of its root and grows (`tree/growth.ts`); it is whole unless this is true. */
  readonly isGrowing?: boolean;
  /** Of an inverted tree that does not grow: nodes below this depth are not needed. */
  readonly maxDepth?: number | undefined;
}

/** What a query leaves of the stacks of a snapshot, of which a shape is made. */
export interface DerivedStacks extends Pick<DerivedTree, 'kept' | 'of' | 'elided' | 'untargeted'> {
  /** With the shape that is built. */
  readonly query: TreeQuery;
  /** What the steps leave. */
  readonly stacks: StackSet;
  /** The same without what is below the cut: the first `shown` of its locations. */
  readonly cut: StackSet;
  readonly shown: number;
  /** Which frames are the same. */
  readonly level: Frames;
}

/**
 * The stacks that a query leaves of a snapshot. Pure.
 * The snapshot has to hold all locations, unless `isCutFirst` says that the biggest ones are enough, and blocks where
 * `needsBlocks` says so.
 */
export function deriveStacks(snapshot: Snapshot, given: TreeQuery, options: StepOptions): DerivedStacks {
  const all = createStackSet(snapshot);
  const applied = applySteps(selectFrames(all, given.shape), given, options);
  const {query, stacks, untargeted} = chooseShape(applied.stacks, given, options);
  const held = sumAll(stacks);
  // What a snapshot elides is kept where no step takes locations away.
  const kept = isCutFirst(query) ? addElided(held, snapshot.elided) : held;
  const {stacks: cut, shown} = cutStacks(stacks, getBiggest(query));
  const isAllShown = cut === stacks && shown === stacks.locations.length;
  return {
    query,
    stacks,
    cut,
    shown,
    level: computeLevel(stacks, query.by, options.naming),
    kept,
    of: addElided(sumAll(all), snapshot.elided),
    elided: subtract(kept, isAllShown ? held : sumLocations(cut, shown)),
    untargeted: [...applied.untargeted, ...untargeted],
  };
}

/** The tree that a query shows of a snapshot. Pure; the snapshot as for `deriveStacks`. */
export function deriveTree(snapshot: Snapshot, given: TreeQuery, options: DeriveOptions): DerivedTree {
  const {query, stacks, cut, shown, level: ofQuery, ...amounts} = deriveStacks(snapshot, given, options);
  const {elided, untargeted} = amounts;
  const level = computeShapeLevel(stacks, query, ofQuery, options.naming);
  const shownElided = options.wholePeak === true && elided.locations > 0 ? elided : null;
  const {tree, locateNodes} = isInverted(query.shape)
    ? {tree: buildInverted({stacks: cut, level, shown, elided: shownElided}, query), locateNodes: null}
    : sortShape(buildShape(cut, level, shown, query.shape.kind, shownElided), query);
  const shownTree = options.isGrowing ? tree : growWhole(tree, options.maxDepth);
  return {
    ...amounts,
    tree: shownTree,
    stats: query.shape.kind === 'stats' ? computeRunStats(stacks) : null,
    locate: () => locateNodes && locateStacks(stacks, locateNodes()),
    namingNothing: untargeted.map(formatPart),
    skipped: untargeted.filter(part => options.optional?.has(part)),
    isCut: options.isGrowing !== true && !isWhole(shownTree, options.maxDepth),
  };
}

/** A table of frames or of places has a row for every frame, as memray's summary; trees leave out what memray's tree leaves out. */
function selectFrames(all: StackSet, {kind}: Shape): StackSet {
  return kind === 'flat' || kind === 'places' ? all : dropInterpreterFrames(all);
}

interface AppliedSteps {
  readonly stacks: StackSet;
  readonly untargeted: readonly TargetedPart[];
}

type StepOptions = Pick<DeriveOptions, 'naming' | 'optional'>;

function applySteps(all: StackSet, {steps, by}: TreeQuery, {naming, optional}: StepOptions): AppliedSteps {
  const untargeted: Step[] = [];
  let stacks = all;
  for (const step of steps) {
    const after = applyStep(stacks, step, naming, by);
    if (after.namesNothing) untargeted.push(step);
    if (!after.namesNothing || !optional?.has(step)) stacks = after.stacks;
  }
  return {stacks, untargeted};
}

interface ChosenShape extends AppliedSteps {
  /** With the shape that is built. */
  readonly query: TreeQuery;
}

function chooseShape(stacks: StackSet, query: TreeQuery, {naming, optional}: StepOptions): ChosenShape {
  const {shape} = query;
  if (!isAroundTerm(shape)) return {stacks, query, untargeted: []};
  const around = keepAround(stacks, shape, naming);
  if (around.locations.length > 0) return {stacks: around, query, untargeted: []};
  if (!optional?.has(shape)) return {stacks: around, query, untargeted: [shape]};
  return {stacks, query: {...query, shape: DEFAULT_QUERY.shape}, untargeted: [shape]};
}

// A key changes one part of the query: what is before it in the pipeline is there already. Of each stage only the latest
// result is kept.

interface SteppedStacks {
  readonly stacks: StackSet;
  readonly namesNothing: boolean;
}

const applyStep = recall((before: StackSet, step: Step, naming: Naming, level: Level): SteppedStacks => {
  let namesNothing = false;
  const onNothingNamed = (): void => {
    namesNothing = true;
  };
  const stacks = getStepKind(step).apply(before, step, {naming, level, onNothingNamed});
  return {stacks, namesNothing};
});

/** What a shape about a term leaves of the stacks: nothing where no frame matches. */
const keepAround = recall((stacks: StackSet, {kind, term}: AroundShape, naming: Naming): StackSet => {
  const isMatch = matchFrames(stacks, term, naming);
  if (kind === 'callers') return findOutermost(stacks, isMatch);
  if (kind === 'callees') return rootStacks(stacks, isMatch);
  return hasFrame(stacks, frame => isMatch[frame] === 1) ? stacks : keepLocations(stacks, () => GONE);
});

/** Which frames are the same in a shape: tables of lines and of modules do not ask for the level of lines. */
export function computeShapeLevel(
  stacks: StackSet,
  {shape, by}: TreeQuery,
  ofQuery: Frames,
  naming: Naming,
): Frames {
  if (shape.kind === 'lines') return computeLineLevel(stacks, shape.term, naming);
  if (shape.kind === 'imports' && by === 'line') return computeLevel(stacks, 'function', naming);
  return ofQuery;
}

/** Siblings by bytes, whatever the order of the query. */
const buildShape = recall(
  (
    stacks: StackSet,
    level: Frames,
    shown: number,
    kind: Exclude<Shape['kind'], InvertedShape['kind']>,
    elided: Elided | null,
  ): BuiltShape => {
    const input = {stacks, level, shown, elided};
    if (kind === 'tree' || kind === 'callees') return buildTopDown(input);
    return {tree: TABLES[kind](input), locateNodes: null};
  },
);

const TABLES = {
  flat: buildFlat,
  lines: buildLines,
  imports: buildImports,
  places: buildPlaces,
  stats: buildSum,
};

function sortShape({tree, locateNodes}: BuiltShape, {sort, isReversed}: TreeQuery): BuiltShape {
  return {tree: sortTree(tree, sort, isReversed), locateNodes};
}

type InvertedShape = Extract<Shape, {readonly kind: 'inverted' | 'callers'}>;

function isInverted(shape: Shape): shape is InvertedShape {
  return shape.kind === 'inverted' || shape.kind === 'callers';
}

/** The stacks with a frame that matches; each begins at the outermost one. */
function findOutermost(stacks: StackSet, isMatch: Uint8Array): StackSet {
  const outermost = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const caller = stacks.prefix[node]!;
    const above = caller < 0 ? GONE : outermost[caller]!;
    outermost[node] = above >= 0 ? above : isMatch[stacks.frame[node]!] === 1 ? node : GONE;
  }
  return keepLocations(stacks, index => {
    const end = stacks.ends[index]!;
    return end < 0 ? GONE : outermost[end]!;
  });
}

/** The biggest locations come first: so many are shown, of several captures so many of each. */
const cutStacks = recall(
  (stacks: StackSet, biggest: number): {readonly stacks: StackSet; readonly shown: number} => {
    const {snapshot, locations, ends} = stacks;
    const chosen = locations.length > biggest ? chooseOfEach(snapshot, locations, biggest) : null;
    if (chosen === null) return {stacks, shown: Math.min(biggest, locations.length)};
    const pick = (values: Int32Array): Int32Array => chosen.map(index => values[index]!);
    return {
      stacks: {...stacks, locations: pick(locations), ends: pick(ends)},
      shown: chosen.length,
    };
  },
);

function sumLocations({snapshot, locations}: StackSet, count: number): Amount {
  let bytes = 0;
  let allocations = 0;
  for (let index = 0; index < count; index++) {
    bytes += snapshot.locations.bytes[locations[index]!]!;
    allocations += snapshot.locations.allocations[locations[index]!]!;
  }
  return {bytes, allocations, locations: count};
}

const sumAll = recall((stacks: StackSet): Amount => sumLocations(stacks, stacks.locations.length));

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
