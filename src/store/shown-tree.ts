import {cutSnapshot} from '../heap/cut-snapshot.js';
import type {Snapshot} from '../heap/snapshot.js';
import {type Amount, deriveTree} from '../query/derive-tree.js';
import {locateInPlainTree, type StackLocations} from '../query/locate-stacks.js';
import type {Naming} from '../query/naming.js';
import type {Step} from '../query/steps/steps.js';
import {getBiggest, type TreeQuery} from '../query/tree-query.js';
import type {CallTree} from '../tree/call-tree.js';
import type {TreeFilters} from '../tree/filter.js';
import {buildCallTree} from '../tree/from-snapshot.js';
import {openTreeData, type TreeData} from '../tree/tree-data.js';
import type {TreeState} from './state.js';

/** What of a capture is shown: the tree that a query makes of a snapshot, and what is known of it. */
export interface ShownTree {
  readonly tree: CallTree;
  readonly kept: Amount;
  readonly of: Amount;
  /** What is kept but below the cut. */
  readonly elided: Amount;
  /** The steps that name nothing of this capture. */
  readonly namingNothing: readonly string[];
  /** The filters are steps of the query: the tree is not filtered any more. */
  readonly hasFilters: boolean;
  /** Null for trees that cannot be compared stack by stack. */
  readonly locate: () => StackLocations | null;
}

type Display = Pick<TreeState, 'query' | 'filters' | 'wholePeak'>;

/**
 * The tree of a snapshot.
 * Plain trees are filtered afterwards, which is cheaper than deriving them again for each filter.
 * @param built the plain tree, where the worker has built it
 */
export function showSnapshot(
  snapshot: Snapshot,
  {query, filters, wholePeak}: Display,
  naming: Naming,
  built?: TreeData,
): ShownTree {
  if (isPlain(query)) return showPlain(cutSnapshot(snapshot, getBiggest(query)), snapshot, wholePeak, built);
  const steps = [...query.steps, ...listFilterSteps(filters)];
  const {tree, kept, of, elided, namingNothing, locate} = deriveTree(
    snapshot,
    {...query, steps},
    {naming, wholePeak},
  );
  const filterSteps = new Set<string>(listFilterSteps(filters).map(step => step.kind));
  return {
    tree,
    kept,
    of,
    elided,
    namingNothing: namingNothing.filter(step => !filterSteps.has(step)),
    hasFilters: true,
    locate: remember(locate),
  };
}

/** Whether a query shows the biggest locations as they are. */
export function isPlain({steps, by, shape, sort, isReversed}: TreeQuery): boolean {
  return steps.length === 0 && by === 'line' && shape.kind === 'tree' && sort === 'total' && !isReversed;
}

function showPlain(
  cut: Snapshot,
  snapshot: Snapshot,
  wholePeak: boolean,
  built: TreeData | undefined,
): ShownTree {
  const isBuilt = built?.options.wholePeak === wholePeak && built.locations === cut.locations.length;
  const tree = isBuilt ? openTreeData(built) : buildCallTree(cut, {wholePeak});
  const shown = {
    bytes: tree.bytes[0]! - (wholePeak ? cut.elided.bytes : 0),
    allocations: tree.allocations[0]! - (wholePeak ? cut.elided.allocations : 0),
  };
  const all = {
    bytes: shown.bytes + cut.elided.bytes,
    allocations: shown.allocations + cut.elided.allocations,
    locations: cut.locations.length + cut.elided.locations,
  };
  return {
    tree,
    kept: all,
    of: all,
    elided: cut.elided,
    namingNothing: [],
    hasFilters: false,
    locate: remember(() => locateInPlainTree(snapshot, tree)),
  };
}

function remember<T>(compute: () => T): () => T {
  let known: {readonly value: T} | null = null;
  return () => {
    known ??= {value: compute()};
    return known.value;
  };
}

/** The filters (keys i, u, a) as steps. */
export function listFilterSteps({
  hideImportSystem,
  hideUninteresting,
  foldNative = false,
}: TreeFilters): readonly Step[] {
  return [
    ...(hideImportSystem ? [{kind: 'hide:imports'} as const] : []),
    ...(hideUninteresting ? [{kind: 'hide:uninteresting'} as const, {kind: 'imports:merge'} as const] : []),
    ...(foldNative ? [{kind: 'native:merge'} as const] : []),
  ];
}
