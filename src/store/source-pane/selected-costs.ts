import {computeFileCosts, type FileCosts} from '../../query/line-costs.js';
import {needsBlocks} from '../../query/needs.js';
import {listFilterSteps} from '../../query/show-snapshot.js';
import {DEFAULT_QUERY} from '../../query/tree-query.js';
import {getShownLine} from '../../source/shown-line.js';
import {getSourceFile} from '../../tree/native-label.js';
import type {TreeState} from '../state.js';

type CostFacts = Pick<
  TreeState,
  'snapshot' | 'naming' | 'query' | 'filters' | 'optional' | 'filtered' | 'cursorNode' | 'excerpt'
>;

/** What the lines of the file cost whose source is shown; null where nothing is known of it. */
export function selectFileCosts(state: CostFacts): FileCosts | null {
  const {snapshot, naming, query, filters, optional, filtered, cursorNode, excerpt} = state;
  const {tree} = filtered;
  const frame = tree.frame[cursorNode] ?? -1;
  if (snapshot === null || naming === null || frame < 0 || excerpt?.result.kind !== 'text') return null;
  // While a source is read, that of the row before is shown still.
  if (excerpt.file !== getSourceFile(tree, cursorNode)) return null;
  // Steps may ask for single blocks, which are read while the view before is shown.
  if (needsBlocks({steps: query.steps, shape: DEFAULT_QUERY.shape}) && snapshot.blocks === undefined)
    return null;
  const file = tree.strings[tree.frames.file[frame]!]!;
  const steps = [...query.steps, ...listFilterSteps(filters)];
  return computeFileCosts(snapshot, {steps, by: query.by}, file, {naming, optional});
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
