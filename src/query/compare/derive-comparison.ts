import {medianOf} from '../../base/median.js';
import {recall} from '../../base/recall.js';
import {listSide} from '../../heap/compared-sides.js';
import type {Snapshot} from '../../heap/snapshot.js';
import type {CallTree} from '../../tree/call-tree.js';
import {areGenerations} from '../../tree/compared-nodes.js';
import {getWholeDepth, growForKey, growWhole} from '../../tree/growth.js';
import {buildShape, computeShapeLevel, isInverted} from '../build-shape.js';
import type {Amount, BaseAmounts, DerivedStacks, DerivedTree, DeriveOptions} from '../derive-tree.js';
import {formatPart} from '../edit-query.js';
import {keepStacks, type StepOptions} from '../kept-stacks.js';
import {computeLevel, type Frames} from '../level.js';
import {locateStacks} from '../locate-stacks.js';
import {buildInverted} from '../shapes/inverted.js';
import type {BuiltShape, ShapeInput} from '../shapes/shape.js';
import type {StackSet} from '../stack-set.js';
import {getBiggest, isCutFirst, type Shape, type TreeQuery} from '../tree-query.js';
import {arrangeTree} from './arrange.js';
import {combineTrees} from './combine-trees.js';
import {normalizeTree} from './normalize.js';
import {cutRuns, getRuns, type RunCut, type RunStacks, RunTaker, sumRun} from './run-stacks.js';
import {UnionTree} from './union-tree.js';

/** What a query leaves of the stacks of captures that are compared. */
export interface ComparedStacks
  extends Pick<DerivedStacks, 'query' | 'stacks' | 'level' | 'kept' | 'of' | 'elided' | 'untargeted'> {
  /** What each of the captures shows. */
  readonly cuts: readonly RunCut[];
  readonly base: BaseAmounts | null;
}

/**
 * Applies a query to each of several captures by itself. Frames are the same if function and file are, unless the query
 * says otherwise: lines move.
 */
export function deriveComparedStacks(
  snapshot: Snapshot,
  given: TreeQuery,
  options: StepOptions,
): ComparedStacks {
  const {query, all, stacks, untargeted} = keepStacks(snapshot, given, options);
  const cuts = cutRecalled(stacks, getBiggest(query), isCutFirst(query));
  return {
    query,
    stacks,
    level: computeLevel(stacks, query.by, options.naming),
    cuts,
    ...sumSide(all, cuts, false)!,
    base: sumSide(all, cuts, true),
    untargeted,
  };
}

/** The tree that a query shows of captures that are compared. */
export function deriveComparison(snapshot: Snapshot, given: TreeQuery, options: DeriveOptions): DerivedTree {
  const {naming, wholePeak = false, isGrowing = false, maxDepth, optional} = options;
  const {query, stacks, level: ofQuery, cuts, ...amounts} = deriveComparedStacks(snapshot, given, options);
  const {untargeted} = amounts;
  const level = computeShapeLevel(stacks, query, ofQuery, naming);
  const combined = compareStacks(cuts, stacks, level, query.shape.kind, wholePeak, isGrowing, maxDepth);
  const scaled = query.isNormalized ? normalize(combined.tree) : combined.tree;
  const {tree, placed} = arrange(scaled, query.diff, query.sort, query.isReversed);
  const {locateNodes} = combined;
  return {
    tree,
    stats: null,
    locate: () => locateNodes && locateStacks(stacks, place(locateNodes(), placed)),
    ...amounts,
    namingNothing: untargeted.map(formatPart),
    skipped: untargeted.filter(part => optional?.has(part)),
    isCut: combined.isCut,
  };
}

// As in `derive-tree.ts`: a key repeats only what it changes.
const cutRecalled = recall(cutRuns);
const normalize = recall(normalizeTree);
const arrange = recall(
  (tree: CallTree, diff: TreeQuery['diff'], sort: TreeQuery['sort'], isReversed: boolean) =>
    arrangeTree(tree, {diff, sort, isReversed}),
);

interface Combined extends BuiltShape {
  readonly isCut: boolean;
}

/** Of so many captures it is known where the nodes of stacks are in the tree; of more of them it would take too much memory. */
const MAX_LOCATED = 16;

interface BuildOptions {
  readonly level: Frames;
  readonly kind: Shape['kind'];
  readonly hasElided: boolean;
  /** As many nodes as a key may make. */
  readonly isGrowing: boolean;
  readonly maxDepth: number | undefined;
}

/** A shape is built of each capture by itself; equal nodes of all of them are one. */
const compareStacks = recall(
  (
    cuts: readonly RunCut[],
    stacks: StackSet,
    level: Frames,
    kind: Shape['kind'],
    wholePeak: boolean,
    isGrowing: boolean,
    maxDepth: number | undefined,
  ): Combined => {
    const hasElided = wholePeak && cuts.some(({elided}) => elided.locations > 0);
    const options = {level, kind, hasElided, isGrowing, maxDepth};
    const first = buildAll(cuts, stacks, options);
    // Nodes that only one side could make would seem to be gone or new.
    const isCut = first.wholeDepth < (maxDepth ?? Infinity);
    const {union, located} = isCut ? buildAll(cuts, stacks, {...options, maxDepth: first.wholeDepth}) : first;
    return {
      tree: combineTrees(
        union,
        cuts.map(({run}) => run),
      ),
      locateNodes: located.length === 0 ? null : () => locateInUnion(stacks.length, located),
      isCut,
    };
  },
);

function buildAll(cuts: readonly RunCut[], stacks: StackSet, options: BuildOptions) {
  const taker = new RunTaker(stacks);
  const union = new UnionTree();
  const located: LocateRun[] = [];
  const others = cuts.filter(({run}) => !run.isBase);
  // What threads hold has no medians.
  const hasSums = others.length === 1 || areGenerations(others.map(({run}) => run));
  let wholeDepth = Infinity;
  for (const cut of cuts) {
    const {stacks: own, origin} = taker.take(cut);
    const elided = options.hasElided ? cut.elided : null;
    const input = {stacks: own, level: options.level, shown: own.locations.length, elided};
    const {tree, locateNodes} = buildWhole(input, options);
    const nodes = union.add(tree, !cut.run.isBase && hasSums);
    if (locateNodes !== null && cuts.length <= MAX_LOCATED) located.push({origin, nodes, locateNodes});
    wholeDepth = Math.min(wholeDepth, getWholeDepth(tree));
  }
  return {union, located, wholeDepth};
}

/** Where the nodes of the stacks of one run are in the tree of all. */
interface LocateRun extends Pick<RunStacks, 'origin'> {
  readonly locateNodes: () => Int32Array;
  /** For each node of the run's own tree the one of the tree of all. */
  readonly nodes: Int32Array;
}

function locateInUnion(length: number, runs: readonly LocateRun[]): Int32Array {
  const located = new Int32Array(length).fill(-1);
  for (const {origin, nodes, locateNodes} of runs) {
    for (const [index, own] of locateNodes().entries()) {
      if (own >= 0) located[origin[index]!] = nodes[own]!;
    }
  }
  return located;
}

function buildWhole(input: ShapeInput, {kind, isGrowing, maxDepth}: BuildOptions): BuiltShape {
  if (!isInverted(kind)) return buildShape(input, kind);
  const tree = buildInverted(input, {sort: 'total', isReversed: false});
  return {tree: isGrowing ? growForKey(tree, maxDepth) : growWhole(tree, maxDepth), locateNodes: null};
}

/** @param placed of each node the one that stands for it, −1 where there is none; null where all are there */
function place(nodes: Int32Array, placed: Int32Array | null): Int32Array {
  return placed === null ? nodes : nodes.map(node => (node < 0 ? node : placed[node]!));
}

/** What is kept of one side, of several captures the medians; null where there are none. */
function sumSide(all: StackSet, cuts: readonly RunCut[], isBase: boolean): BaseAmounts | null {
  const side = cuts.filter(({run}) => run.isBase === isBase);
  if (side.length === 0) return null;
  const whole = listSide(getRuns(all), isBase);
  const combine = areGenerations(whole) ? addAmounts : combineAmounts;
  return {
    kept: combine(side.map(({kept}) => kept)),
    of: combine(whole.map(sumRun)),
    elided: combine(side.map(({elided}) => elided)),
  };
}

function addAmounts(amounts: readonly Amount[]): Amount {
  const add = (get: (amount: Amount) => number): number => amounts.reduce((sum, one) => sum + get(one), 0);
  return {
    bytes: add(({bytes}) => bytes),
    allocations: add(({allocations}) => allocations),
    locations: add(({locations}) => locations),
  };
}

function combineAmounts(amounts: readonly Amount[]): Amount {
  return {
    bytes: medianOf(amounts, ({bytes}) => bytes),
    allocations: medianOf(amounts, ({allocations}) => allocations),
    locations: medianOf(amounts, ({locations}) => locations),
  };
}
