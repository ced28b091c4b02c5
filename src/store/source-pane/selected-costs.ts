import {recall} from '../../base/recall.js';
import type {Snapshot} from '../../heap/snapshot.js';
import {type FileCosts, type LineCosts, readFileCosts, sumLineCosts} from '../../query/line-costs.js';
import type {Naming} from '../../query/naming.js';
import {needsBlocks} from '../../query/needs.js';
import {listFilters} from '../../query/show-snapshot.js';
import {DEFAULT_QUERY, isAroundTerm, type TreeQuery} from '../../query/tree-query.js';
import {getShownLine} from '../../source/shown-line.js';
import type {TreeFilters} from '../../tree/filter.js';
import {getSourceFile} from '../../tree/native-label.js';
import type {TreeState} from '../state.js';
import {getBaseFile} from './selected-frame.js';

type CostFacts = Pick<
  TreeState,
  'snapshot' | 'naming' | 'query' | 'filters' | 'optional' | 'filtered' | 'cursorNode' | 'excerpt'
>;

/** What the lines of the file cost whose source is shown; null where nothing is known of it. */
export function selectFileCosts(state: CostFacts): FileCosts | null {
  const inputs = selectInputs(state);
  if (inputs === null) return null;
  const {tree} = state.filtered;
  const file = tree.strings[tree.frames.file[tree.frame[state.cursorNode]!]!]!;
  return readFileCosts(sumOfView(...inputs), file);
}

/** To sum up the lines of so many stack nodes takes longer than a key may. */
const MAX_AT_ONCE = 10_000;

/** Whether the lines are yet to be summed up, and that takes so long that a frame should not wait for it. */
export function areCostsPending(state: CostFacts): boolean {
  const inputs = selectInputs(state);
  return inputs !== null && inputs[0].stacks.length > MAX_AT_ONCE && !sumOfView.knows(...inputs);
}

/** The costs of all lines, of the latest steps and filters of each snapshot; of captures that are compared of both sides. */
const sumOfView = recall(
  (
    snapshot: Snapshot,
    steps: TreeQuery['steps'],
    by: TreeQuery['by'],
    shape: TreeQuery['shape'],
    filters: TreeFilters,
    naming: Naming,
    optional: TreeState['optional'],
    isOfBase: boolean,
  ): LineCosts =>
    sumLineCosts(snapshot, {steps, by}, {naming, optional, filters: listFilters({shape}, filters)}, isOfBase),
  2,
);

/** The arguments of `sumOfView`; null where nothing is known of the source that is shown. */
function selectInputs(state: CostFacts): Parameters<typeof sumOfView> | null {
  const {snapshot, naming, query, filters, optional, filtered, cursorNode, excerpt} = state;
  const {tree} = filtered;
  const frame = tree.frame[cursorNode] ?? -1;
  if (snapshot === null || naming === null || frame < 0 || excerpt?.result.kind !== 'text') return null;
  // While a source is read, that of the row before is shown still.
  const isOfBase = excerpt.side === 'base';
  const source = getSourceFile(tree, cursorNode);
  if (excerpt.file !== (isOfBase ? getBaseFile(state, source) : source)) return null;
  // Steps may ask for single blocks, which are read while the view before is shown.
  if (needsBlocks({steps: query.steps, shape: DEFAULT_QUERY.shape}) && snapshot.blocks === undefined)
    return null;
  // What the filters hide is the same of all shapes but those about a term.
  const shape = isAroundTerm(query.shape) ? query.shape : DEFAULT_QUERY.shape;
  return [snapshot, query.steps, query.by, shape, filters, naming, optional, isOfBase];
}

/** The next hot line of the shown source, after the last one the first; null where there is none. */
export function findHotLine(state: CostFacts & Pick<TreeState, 'source'>, direction: 1 | -1): number | null {
  const {excerpt, source} = state;
  const costs = selectFileCosts(state);
  if (costs === null || excerpt?.result.kind !== 'text') return null;
  const {firstLine, lines: read} = excerpt.result;
  const hot = costs.hotLines.filter(line => line >= firstLine && line < firstLine + read.length);
  const from = source.line ?? getShownLine(excerpt);
  const next = direction === 1 ? hot.find(line => line > from) : hot.findLast(line => line < from);
  return next ?? hot.at(direction === 1 ? 0 : -1) ?? null;
}
