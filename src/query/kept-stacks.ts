import {recall} from '../base/recall.js';
import type {RunColumns, Snapshot} from '../heap/snapshot.js';
import {areGenerations} from '../tree/compared-nodes.js';
import type {TargetedPart} from './edit-query.js';
import type {Term} from './grammar/term.js';
import {matchFrames} from './match-frames.js';
import type {Naming} from './naming.js';
import {
  createStackSet,
  dropInterpreterFrames,
  GONE,
  hasFrame,
  keepLocations,
  type StackSet,
} from './stack-set.js';
import {SHOWN} from './steps/hide.js';
import {rootStacks} from './steps/root.js';
import {getStepKind, type Step} from './steps/steps.js';
import {
  type AroundShape,
  DEFAULT_QUERY,
  isAroundTerm,
  type Level,
  type Shape,
  type TreeQuery,
} from './tree-query.js';

export interface StepOptions {
  readonly naming: Naming;
  /** Parts of the query that are skipped where they name nothing. */
  readonly optional?: ReadonlySet<TargetedPart> | undefined;
  readonly filters?: Filters | undefined;
}

/** What is hidden of what the steps, and a shape about a term, leave. */
export interface Filters {
  readonly steps: readonly Step[];
  /** What the shape is about: frames that match stay, whatever the steps hide. */
  readonly shown: Term | null;
}

/** What the steps of a query leave of the stacks of a snapshot, and a shape about a term. */
export interface KeptStacks {
  /** With the shape that is built. */
  readonly query: TreeQuery;
  /** All stacks of the snapshot. */
  readonly all: StackSet;
  readonly stacks: StackSet;
  /** The steps, callers: and callees: among them, that name nothing of the stacks that they got. */
  readonly untargeted: readonly TargetedPart[];
}

/** Of captures that are compared, frames are never the same by their lines: lines move, but not from one moment to the next. */
function levelRuns({runs, areMoments = false}: Snapshot, query: TreeQuery): TreeQuery {
  const canMove = runs !== undefined && !areMoments && !areGenerations(runs);
  return canMove && query.by === 'line' ? {...query, by: 'function'} : query;
}

export function keepStacks(snapshot: Snapshot, written: TreeQuery, options: StepOptions): KeptStacks {
  const given = levelRuns(snapshot, written);
  const all = createStackSet(snapshot);
  const applied = applySteps(selectFrames(all, given.shape), given, options);
  const {query, stacks, untargeted} = chooseShape(applied.stacks, given, options);
  const filtered = applyFilters(stacks, query.by, options);
  return {query, all, stacks: filtered, untargeted: [...applied.untargeted, ...untargeted]};
}

/** A table of frames or of places has a row for every frame, as memray's summary; trees leave out what memray's tree leaves out. */
function selectFrames(all: StackSet, {kind}: Shape): StackSet {
  return kind === 'flat' || kind === 'places' ? all : dropInterpreterFrames(all);
}

interface AppliedSteps {
  readonly stacks: StackSet;
  readonly untargeted: readonly TargetedPart[];
}

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

/** Filters hide frames. They come after the shape, which would not find the frames that it is about. */
function applyFilters(stacks: StackSet, by: Level, {naming, filters}: StepOptions): StackSet {
  if (filters === undefined || filters.steps.length === 0) return stacks;
  const {steps, shown} = filters;
  const marked = shown === null ? stacks : markShown(stacks, shown, naming);
  const left = steps.reduce((before, step) => applyStep(before, step, naming, by).stacks, marked);
  return shown === null ? left : withFlags(left, stacks.flags);
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

const markShown = recall((stacks: StackSet, term: Term, naming: Naming): StackSet => {
  const isMatch = matchFrames(stacks, term, naming);
  return {...stacks, flags: stacks.flags.map((bits, frame) => (isMatch[frame] === 1 ? bits | SHOWN : bits))};
});

const withFlags = recall((stacks: StackSet, flags: Uint8Array): StackSet => ({...stacks, flags}));

/** What a shape about a term leaves of the stacks: nothing where no frame matches. */
const keepAround = recall((stacks: StackSet, {kind, term}: AroundShape, naming: Naming): StackSet => {
  const isMatch = matchFrames(stacks, term, naming);
  if (kind === 'callers') return findOutermost(stacks, isMatch);
  if (kind === 'callees') return rootStacks(stacks, isMatch);
  if (!hasFrame(stacks, frame => isMatch[frame] === 1)) return keepLocations(stacks, () => GONE);
  const {runs} = stacks.snapshot;
  // Generations are one capture, which has a match.
  return runs === undefined || areGenerations(runs) ? stacks : keepMatchingRuns(stacks, isMatch);
});

/** Of captures that are compared those without a match have nothing, as by themselves. */
function keepMatchingRuns(stacks: StackSet, isMatch: Uint8Array): StackSet {
  const {snapshot, prefix, frame, locations, ends} = stacks;
  const isThrough = new Uint8Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const caller = prefix[node]!;
    isThrough[node] = isMatch[frame[node]!]! | (caller < 0 ? 0 : isThrough[caller]!);
  }
  const isMatching = new Uint8Array(snapshot.locations.length);
  for (let index = 0; index < locations.length; index++) {
    if (ends[index]! >= 0) isMatching[locations[index]!] = isThrough[ends[index]!]!;
  }
  const runs = snapshot.runs!.map(run =>
    run.location.some(location => isMatching[location] === 1) ? run : emptyRun(run),
  );
  return {...stacks, snapshot: {...snapshot, runs}};
}

function emptyRun(run: RunColumns): RunColumns {
  const none = new Float64Array(0);
  return {...run, length: 0, location: new Int32Array(0), bytes: none, allocations: none};
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
