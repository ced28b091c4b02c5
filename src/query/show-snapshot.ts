import {cutSnapshot} from '../heap/cut-snapshot.js';
import type {Snapshot} from '../heap/snapshot.js';
import type {CallTree} from '../tree/call-tree.js';
import {joinGenerations} from '../tree/compared-nodes.js';
import {NO_FILTERS, type TreeFilters} from '../tree/filter.js';
import {buildCallTree, type CallTreeOptions} from '../tree/from-snapshot.js';
import {openTreeData, type TreeData} from '../tree/tree-data.js';
import {isPlainView} from './crumbs.js';
import {type Amount, type BaseAmounts, deriveTree} from './derive-tree.js';
import {formatPart, type TargetedPart} from './edit-query.js';
import type {Filters} from './kept-stacks.js';
import {locateInPlainTree, type StackLocations} from './locate-stacks.js';
import {listMissingBase} from './missing-base.js';
import type {Naming} from './naming.js';
import {lacksReading} from './needs.js';
import {findRecent, keepRecent} from './recent-views.js';
import {listSideRemarks} from './side-remarks.js';
import type {RunStats} from './stats/run-stats.js';
import type {Step} from './steps/steps.js';
import {getBiggest, isAroundTerm, type Shape, type TreeQuery} from './tree-query.js';

/** What of a capture is shown: the tree that a query makes of a snapshot, and what is known of it. */
export interface ShownTree {
  readonly tree: CallTree;
  /** Of the shape `stats`; else null. */
  readonly stats: RunStats | null;
  /** The snapshot lacks what the query needs: the tree is empty until another reading has it. */
  readonly isAwaited: boolean;
  readonly kept: Amount;
  readonly of: Amount;
  /** What is kept but below the cut. */
  readonly elided: Amount;
  /** Where captures are compared with a base: the same of the base. The others are of what is compared with it. */
  readonly base?: BaseAmounts | null;
  /** What has to be said besides of the tree, one line each. */
  readonly remarks: readonly string[];
  /** The steps, callers: and callees: among them, that name nothing here. */
  readonly untargeted: readonly TargetedPart[];
  /** Those of them that are skipped. */
  readonly skipped: readonly TargetedPart[];
  /** The filters are steps of the query: the tree is not filtered any more. */
  readonly hasFilters: boolean;
  /** Null for trees that cannot be compared stack by stack. */
  readonly locate: () => StackLocations | null;
}

const TOO_MANY_NODES =
  'The tree has too many nodes: outer callers are left out; a smaller -b or --depth avoids that';

export interface ShowOptions {
  readonly query: TreeQuery;
  /** Applied after the steps. */
  readonly filters: TreeFilters;
  readonly wholePeak: boolean;
  readonly naming: Naming;
  /** Parts of the query that are skipped where they name nothing. */
  readonly optional?: ReadonlySet<TargetedPart>;
  /** The plain tree, where the worker has built it. */
  readonly built?: TreeData | undefined;
  /** An inverted tree begins with the children of its root and grows; it is whole unless this is true. */
  readonly isGrowing?: boolean;
  /** Which levels of a plain tree are needed, and of an inverted one that does not grow; all unless given. */
  readonly levels?: Pick<CallTreeOptions, 'maxDepth' | 'uncountedFlags'>;
}

/**
 * The tree of a snapshot that a query shows.
 * Plain trees are filtered afterwards, which is cheaper than deriving them again for each filter.
 */
export function showSnapshot(snapshot: Snapshot, options: ShowOptions): ShownTree {
  const known = findRecent(snapshot, options);
  if (known !== null) return known;
  const shown = computeShown(snapshot, options);
  keepRecent(snapshot, options, shown);
  return shown;
}

function computeShown(given: Snapshot, options: ShowOptions): ShownTree {
  const {query} = options;
  // Figures are those of all generations together.
  const snapshot = query.shape.kind === 'stats' ? joinGenerations(given) : given;
  if (lacksReading(snapshot, query)) return showNothing(snapshot);
  if (isPlainView(query) && snapshot.runs === undefined)
    return showPlain(cutSnapshot(snapshot, getBiggest(query)), snapshot, options);
  return showDerived(snapshot, options);
}

function showDerived(snapshot: Snapshot, options: ShowOptions): ShownTree {
  const {query, filters, wholePeak, naming, optional, isGrowing = false, levels} = options;
  const hidden = listFilters(query, filters);
  const {
    isCut,
    namingNothing: _,
    ...derived
  } = deriveTree(snapshot, query, {
    naming,
    wholePeak,
    optional,
    filters: hidden,
    isGrowing,
    maxDepth: levels?.maxDepth,
  });
  return {
    ...derived,
    isAwaited: false,
    remarks: [
      ...listMissingBase(snapshot, query),
      ...(isCut ? [TOO_MANY_NODES] : []),
      ...listSideRemarks(snapshot, {...query, steps: [...query.steps, ...hidden.steps]}),
    ],
    hasFilters: true,
    locate: remember(derived.locate),
  };
}

/**
 * Statistics are those of memray, which hides nothing; and what is below the import system is what a table of imports is
 * about. Places are the innermost frames: hiding some of them would charge their bytes to callers.
 */
function selectFilters({kind}: Shape, filters: TreeFilters): TreeFilters {
  if (kind === 'places') return {...NO_FILTERS, foldNative: filters.foldNative === true};
  return kind === 'stats' || kind === 'imports' ? NO_FILTERS : filters;
}

/** The filters of a view. What its shape is about is never hidden: else nothing would be there where there is something. */
export function listFilters({shape}: Pick<TreeQuery, 'shape'>, filters: TreeFilters): Filters {
  const steps = listFilterSteps(selectFilters(shape, filters));
  return {steps, shown: isAroundTerm(shape) ? shape.term : null};
}

/** What has to be said of the steps that name nothing, one line each. */
export function listTargetRemarks({
  untargeted,
  skipped,
}: Pick<ShownTree, 'untargeted' | 'skipped'>): readonly string[] {
  return untargeted.map(part => {
    const effect = skipped.includes(part) ? '; the step is skipped' : '';
    return `${formatPart(part)}: nothing here matches${effect}`;
  });
}

function showNothing(snapshot: Snapshot): ShownTree {
  const cut = cutSnapshot(snapshot, 0);
  return {
    ...showPlain(cut, snapshot, {wholePeak: false}),
    isAwaited: true,
    hasFilters: true,
    locate: () => null,
  };
}

function showPlain(
  cut: Snapshot,
  snapshot: Snapshot,
  {wholePeak, built, levels}: Pick<ShowOptions, 'wholePeak' | 'built' | 'levels'>,
): ShownTree {
  const isBuilt = built?.options.wholePeak === wholePeak && built.locations === cut.locations.length;
  const tree = isBuilt ? openTreeData(built) : buildCallTree(cut, {wholePeak, ...levels});
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
    stats: null,
    isAwaited: false,
    kept: all,
    of: all,
    elided: cut.elided,
    remarks: [],
    untargeted: [],
    skipped: [],
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

const HIDE_IMPORTS = [{kind: 'hide:imports'}] as const;
const HIDE_UNINTERESTING = [{kind: 'hide:uninteresting'}, {kind: 'imports:merge'}] as const;
const MERGE_NATIVE = [{kind: 'native:merge'}] as const;

/** The filters (keys i, u, a) as steps: always the same values, so that what was derived with them is known again. */
export function listFilterSteps({
  hideImportSystem,
  hideUninteresting,
  foldNative = false,
}: TreeFilters): readonly Step[] {
  return [
    ...(hideImportSystem ? HIDE_IMPORTS : []),
    ...(hideUninteresting ? HIDE_UNINTERESTING : []),
    ...(foldNative ? MERGE_NATIVE : []),
  ];
}
