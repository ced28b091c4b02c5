import {listFilterSteps} from '../query/show-snapshot.js';
import type {Step} from '../query/steps/steps.js';
import type {PathFrame} from '../query/steps/zoom.js';
import {type CallTree, ELIDED} from '../tree/call-tree.js';
import type {TreeState} from './state.js';

/**
 * The steps that zoom to the selected node. Its path has to be one in the stacks before the filters: where it is not
 * known, the filters become steps before it.
 */
export function describeZoom(state: TreeState): readonly Step[] {
  const {filtered, cursorNode, base, query, shown, filters} = state;
  const isTree = query.shape.kind === 'tree';
  if (cursorNode === 0 || filtered.tree.flags[cursorNode]! & ELIDED || !isTree) return [];
  const [baseNode, ...others] = filtered.getBaseNodes(cursorNode);
  if (!shown?.hasFilters && others.length === 0) return [{kind: 'zoom', path: listPath(base, baseNode!)}];
  const known = new Set(query.steps.map(step => step.kind));
  const added = listFilterSteps(filters).filter(step => !known.has(step.kind));
  return [...added, {kind: 'zoom', path: listPath(filtered.tree, cursorNode)}];
}

function listPath(tree: CallTree, end: number): PathFrame[] {
  const path: PathFrame[] = [];
  for (let node = end; node > 0; node = tree.prefix[node]!) {
    const {function: name, file, line} = tree.getNode(node);
    path.push({function: name ?? '', file: file ?? '', line: line ?? 0});
  }
  return path.reverse();
}

export function describePackage({filtered, cursorNode, naming}: TreeState): Step | null {
  const {file} = filtered.tree.getNode(cursorNode);
  if (cursorNode === 0 || file === null || naming === null) return null;
  return {kind: 'package', name: naming.packageOf(file)};
}
