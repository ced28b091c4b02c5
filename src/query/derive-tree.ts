import {recall} from '../base/recall.js';
import {chooseOfEach} from '../heap/cut-snapshot.js';
import type {Elided, Snapshot} from '../heap/snapshot.js';
import type {CallTree} from '../tree/call-tree.js';
import {growWhole, isWhole} from '../tree/growth.js';
import {computeShapeLevel, isInverted, recallShape} from './build-shape.js';
import {deriveComparison} from './compare/derive-comparison.js';
import {formatPart, type TargetedPart} from './edit-query.js';
import {keepStacks, type StepOptions} from './kept-stacks.js';
import {computeLevel, type Frames} from './level.js';
import {locateStacks, type StackLocations} from './locate-stacks.js';
import {buildInverted} from './shapes/inverted.js';
import type {BuiltShape} from './shapes/shape.js';
import {sortTree} from './sort-tree.js';
import type {StackSet} from './stack-set.js';
import {computeRunStats, type RunStats} from './stats/run-stats.js';
import {getBiggest, isCutFirst, type TreeQuery} from './tree-query.js';

/** What of the base is shown, as of a capture by itself. */
export interface BaseAmounts {
  readonly kept: Amount;
  readonly of: Amount;
  readonly elided: Elided;
}

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
  /** Where captures are compared with a base: the same of the base. The others are of what is compared with it. */
  readonly base?: BaseAmounts | null;
  /** The written steps, callers: and callees: among them, that name nothing of the stacks that they got. */
  readonly namingNothing: readonly string[];
  /** The same as parts of the query. */
  readonly untargeted: readonly TargetedPart[];
  /** Those of them that are skipped. */
  readonly skipped: readonly TargetedPart[];
  /** Whether frames are left out because there would be too many nodes. */
  readonly isCut: boolean;
}

export interface DeriveOptions extends StepOptions {
  /** The root counts what is below the cut, and its last child stands for it. */
  readonly wholePeak?: boolean;
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
  const {query, all, stacks, untargeted} = keepStacks(snapshot, given, options);
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
    untargeted,
  };
}

/** The tree that a query shows of a snapshot. Pure; the snapshot as for `deriveStacks`. */
export function deriveTree(snapshot: Snapshot, given: TreeQuery, options: DeriveOptions): DerivedTree {
  if (snapshot.runs !== undefined) return deriveComparison(snapshot, given, options);
  const {query, stacks, cut, shown, level: ofQuery, ...amounts} = deriveStacks(snapshot, given, options);
  const {elided, untargeted} = amounts;
  const level = computeShapeLevel(stacks, query, ofQuery, options.naming);
  const shownElided = options.wholePeak === true && elided.locations > 0 ? elided : null;
  const {kind} = query.shape;
  const {tree, locateNodes} = isInverted(kind)
    ? {tree: buildInverted({stacks: cut, level, shown, elided: shownElided}, query), locateNodes: null}
    : sortShape(recallShape(cut, level, shown, kind, shownElided), query);
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

function sortShape({tree, locateNodes}: BuiltShape, {sort, isReversed}: TreeQuery): BuiltShape {
  return {tree: sortTree(tree, sort, isReversed), locateNodes};
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
