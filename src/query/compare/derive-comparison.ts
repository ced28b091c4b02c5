import {recall} from '../../base/recall.js';
import type {Snapshot} from '../../heap/snapshot.js';
import type {CallTree} from '../../tree/call-tree.js';
import {growWhole, isWhole} from '../../tree/growth.js';
import {buildShape, computeShapeLevel, isInverted} from '../build-shape.js';
import type {Amount, BaseAmounts, DerivedTree, DeriveOptions} from '../derive-tree.js';
import {formatPart} from '../edit-query.js';
import {keepStacks} from '../kept-stacks.js';
import {computeLevel, type Frames} from '../level.js';
import {locateStacks} from '../locate-stacks.js';
import {buildInverted} from '../shapes/inverted.js';
import type {BuiltShape, ShapeInput} from '../shapes/shape.js';
import type {StackSet} from '../stack-set.js';
import {getBiggest, isCutFirst, type Shape, type TreeQuery} from '../tree-query.js';
import {arrangeTree} from './arrange.js';
import {combineTrees, computeMedian} from './combine-trees.js';
import {cutRuns, getRuns, keepChosen, type RunCut, sumRun, weighStacks} from './run-weights.js';

/**
 * The tree that a query shows of captures that are compared: it is applied to each of them by itself. Frames are the
 * same if function and file are, unless the query says otherwise: lines move.
 */
export function deriveComparison(snapshot: Snapshot, given: TreeQuery, options: DeriveOptions): DerivedTree {
  const {naming, wholePeak = false, maxDepth, optional} = options;
  const written = given.by === 'line' ? {...given, by: 'function' as const} : given;
  const {query, all, stacks, untargeted} = keepStacks(snapshot, written, options);
  const level = computeShapeLevel(stacks, query, computeLevel(stacks, query.by, naming), naming);
  const cuts = cutRecalled(stacks, getBiggest(query), isCutFirst(query));
  const combined = compareStacks(cuts, stacks, level, query.shape.kind, wholePeak, maxDepth);
  const {tree, placed} = arrange(combined.tree, query.diff, query.sort, query.isReversed);
  const {locateNodes} = combined;
  return {
    tree,
    stats: null,
    locate: () => locateNodes && locateStacks(stacks, place(locateNodes(), placed)),
    ...sumSide(all, cuts, false)!,
    base: sumSide(all, cuts, true),
    untargeted,
    namingNothing: untargeted.map(formatPart),
    skipped: untargeted.filter(part => optional?.has(part)),
    isCut: combined.isCut,
  };
}

// As in `derive-tree.ts`: a key repeats only what it changes.
const cutRecalled = recall(cutRuns);
const arrange = recall(
  (tree: CallTree, diff: TreeQuery['diff'], sort: TreeQuery['sort'], isReversed: boolean) =>
    arrangeTree(tree, {diff, sort, isReversed}),
);

interface Combined extends BuiltShape {
  readonly isCut: boolean;
}

/** A shape is built of each capture by itself, with the nodes of all of them. */
const compareStacks = recall(
  (
    cuts: readonly RunCut[],
    stacks: StackSet,
    level: Frames,
    kind: Shape['kind'],
    wholePeak: boolean,
    maxDepth: number | undefined,
  ): Combined => {
    const shown = keepChosen(stacks, cuts);
    const hasElided = wholePeak && cuts.some(({elided}) => elided.locations > 0);
    const shapes = cuts.map(cut => {
      const input = {
        stacks: weighStacks(shown, cut),
        level,
        shown: shown.locations.length,
        elided: hasElided ? cut.elided : null,
      };
      return buildWhole(input, kind, maxDepth);
    });
    const tree = combineTrees(
      shapes.map(shape => shape.tree),
      cuts.map(({run}) => run),
    );
    return {tree, locateNodes: shapes[0]!.locateNodes, isCut: !isWhole(tree, maxDepth)};
  },
);

function buildWhole(input: ShapeInput, kind: Shape['kind'], maxDepth: number | undefined): BuiltShape {
  if (!isInverted({kind} as Shape)) return buildShape(input, kind as never);
  const tree = buildInverted(input, {sort: 'total', isReversed: false});
  return {tree: growWhole(tree, maxDepth), locateNodes: null};
}

/** @param placed of each node the one that stands for it, −1 where there is none; null where all are there */
function place(nodes: Int32Array, placed: Int32Array | null): Int32Array {
  return placed === null ? nodes : nodes.map(node => (node < 0 ? node : placed[node]!));
}

/** What is kept of one side, of several captures the medians; null where there are none. */
function sumSide(all: StackSet, cuts: readonly RunCut[], isBase: boolean): BaseAmounts | null {
  const side = cuts.filter(({run}) => run.isBase === isBase);
  if (side.length === 0) return null;
  const whole = getRuns(all).filter(run => run.isBase === isBase);
  return {
    kept: combineAmounts(side.map(({kept}) => kept)),
    of: combineAmounts(whole.map(sumRun)),
    elided: combineAmounts(side.map(({elided}) => elided)),
  };
}

function combineAmounts(amounts: readonly Amount[]): Amount {
  const combine = (get: (amount: Amount) => number) => computeMedian(Float64Array.from(amounts, get));
  return {
    bytes: combine(({bytes}) => bytes),
    allocations: combine(({allocations}) => allocations),
    locations: combine(({locations}) => locations),
  };
}
