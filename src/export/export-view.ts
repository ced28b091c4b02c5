import type {Snapshot} from '../heap/snapshot.js';
import {deriveComparedStacks} from '../query/compare/derive-comparison.js';
import {deriveStacks, deriveTree} from '../query/derive-tree.js';
import type {TargetedPart} from '../query/edit-query.js';
import type {Filters, StepOptions} from '../query/kept-stacks.js';
import {listMissingBase} from '../query/missing-base.js';
import {listTargetRemarks} from '../query/show-snapshot.js';
import {describeNative} from '../query/side-remarks.js';
import {DEFAULT_QUERY, isTable, type TreeQuery} from '../query/tree-query.js';
import type {CallTree} from '../tree/call-tree.js';
import {describeMedians} from './describe-sides.js';
import {collectComparedStacks, collectStacks} from './exported-stacks.js';
import type {ExportedAmounts, ExportedView} from './exported-view.js';

/**
 * What a query leaves of a snapshot, for the formats, and what has to be said of it, one line each. The snapshot has to
 * hold all locations that the query needs.
 * @param filters what is hidden besides
 */
export function exportView(
  given: Omit<ExportedView, 'getAmounts' | 'getStacks' | 'getTree'>,
  filters?: Filters,
): {
  readonly view: ExportedView;
  readonly remarks: readonly string[];
} {
  const {snapshot, query, naming} = given;
  const options = {naming, filters};
  const {getStacks, ...derived} = prepareStacks(snapshot, query, options);
  const medians = describeMedians(snapshot);
  return {
    view: {
      ...given,
      getAmounts: () => derived,
      getStacks,
      query: {...query, steps: [...query.steps, ...(filters?.steps ?? [])]},
      getTree: () => buildTree(snapshot, query, options),
    },
    remarks: [
      ...listTargetRemarks({untargeted: derived.untargeted, skipped: []}),
      ...describeNative(snapshot, query),
      ...listMissingBase(snapshot, query),
      ...(medians === null ? [] : [medians]),
    ],
  };
}

interface PreparedStacks extends ExportedAmounts, Pick<ExportedView, 'getStacks'> {
  readonly untargeted: readonly TargetedPart[];
}

function prepareStacks(snapshot: Snapshot, query: TreeQuery, options: StepOptions): PreparedStacks {
  if (snapshot.runs === undefined) {
    const derived = deriveStacks(snapshot, query, options);
    return {...derived, getStacks: () => collectStacks(derived, options.naming)};
  }
  const derived = deriveComparedStacks(snapshot, query, options);
  return {...derived, getStacks: () => collectComparedStacks(derived)};
}

function buildTree(snapshot: Snapshot, query: TreeQuery, options: StepOptions): CallTree {
  // Rows of a table are no tree.
  const shape = isTable(query.shape) ? DEFAULT_QUERY.shape : query.shape;
  const {tree} = deriveTree(snapshot, {...query, shape}, options);
  // What filters it keeps an order that is not by size.
  const isOrdered = query.sort !== DEFAULT_QUERY.sort || query.isReversed || tree.compared !== undefined;
  return {...tree, isNested: isOrdered};
}
