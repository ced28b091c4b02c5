import {wrongType} from '../base/check.js';
import {IntColumn} from '../base/column.js';
import type {Level, TreeSource} from './tree-source.js';

/** A tree that makes its nodes while it is read may have no end. */
const MAX_NODES = 2_000_000;

/** The nodes of a tree from outside, depth first, before anything else is read of them. */
export interface ListedNodes {
  /** What the tree has for each node: a number, or the node. */
  readonly keys: readonly unknown[];
  /** −1 for the root. */
  readonly parents: IntColumn;
}

/**
 * Follows the children of all nodes, each of which is asked for once. Nothing is built yet, so that a tree
 * that is too large is found out in the time that it takes to make its nodes.
 * @throws TypeError where children are no array, or a node is below itself
 * @throws RangeError where there are more than MAX_NODES nodes
 */
export function listNodes(source: TreeSource): ListedNodes {
  const keys: unknown[] = [];
  const parents = new IntColumn();
  const levels: Level[] = [];
  // Those that are children of a listed node, listed or not.
  let known = 1;
  const enter = (key: unknown): void => {
    const parent = levels.at(-1);
    source.checkKey(key, () => source.getPath(levels, key));
    if (isRepeated(levels, key)) throw createCycleError(source, levels, key);
    const children = source.getChildren(key) ?? [];
    if (!Array.isArray(children)) throw wrongType(source.getChildrenPath(levels, key), 'an array', children);
    known += children.length;
    if (known > MAX_NODES) throw new RangeError(`tree has more than ${MAX_NODES} nodes`);
    const node = keys.push(key) - 1;
    parents.push(parent === undefined ? -1 : parent.node);
    if (children.length > 0) levels.push({key, node, children, next: 0});
  };
  enter(source.root);
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    if (level.next < level.children.length) enter(level.children[level.next++]);
    else levels.pop();
  }
  return {keys, parents};
}

/** Up to this depth all nodes above are looked at. */
const SHALLOW = 32;

/**
 * Whether a node is known to be one of those above it. Deeper down only one of them is looked at, the one at
 * the greatest power of two (Brent's algorithm): on the way round a cycle it comes again.
 */
function isRepeated(levels: readonly Level[], key: unknown): boolean {
  const depth = levels.length;
  if (depth <= SHALLOW) return levels.some(level => level.key === key);
  return levels[2 ** (31 - Math.clz32(depth - 1))]!.key === key;
}

function createCycleError(source: TreeSource, levels: readonly Level[], key: unknown): TypeError {
  const seen = new Set<unknown>();
  let at = 0;
  while (at < levels.length && !seen.has(levels[at]!.key)) seen.add(levels[at++]!.key);
  const path = source.getPath(levels.slice(0, at), levels[at]?.key ?? key);
  return new TypeError(`${path} is also one of the nodes above it: a tree has no cycles`);
}

/** What a listed node is called in a message. */
export function getListedPath(source: TreeSource, {keys, parents}: ListedNodes, node: number): string {
  const levels: Level[] = [];
  for (let at = node; parents.at(at) >= 0; at = parents.at(at)) {
    const parent = parents.at(at);
    let next = 0;
    for (let child = parent + 1; child <= at; child++) next += Number(parents.at(child) === parent);
    levels.push({key: keys[parent], node: parent, children: [], next});
  }
  return source.getPath(levels.reverse(), keys[node]);
}
