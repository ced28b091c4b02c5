import {Column} from '../base/column.js';
import type {CallTree} from './call-tree.js';

/** `firstChild` of a node whose children have not been made yet. Who goes through a tree takes it for a leaf. */
export const UNMADE = -2;

/**
 * How more nodes of a tree are made. Trees that could be too large begin with the children of the root; each node then
 * gets its children when they are needed. Nodes that are made stay, under the same number.
 */
export interface Growth {
  /** How many nodes are made by now. The links between them are those of the columns. */
  readonly length: number;
  getParent(node: number): number;
  getFirstChild(node: number): number;
  getNextSibling(node: number): number;
  getDepth(node: number): number;
  /** Makes the children of a node, unless they are there. */
  expand(node: number): void;
  /** What expanding a node costs, in locations that take a step; 0 where its children are there. */
  getCost(node: number): number;
  /**
   * Makes the way to the first node, from top to bottom, that has a wanted frame; −1 where there is none, or where the
   * way is too long. Only while nothing but the root is expanded.
   */
  find(isWanted: (frame: number) => boolean): number;
  /** The nodes that were expanded, in that order: a tree that expands the same ones gives the same numbers. */
  readonly expanded: readonly number[];
  /** The tree of all nodes that are made by now. */
  read(): CallTree;
}

/** How far a tree grows at a time; costs are in locations that take a step. */
interface Limits {
  readonly newNodes: number;
  /** How many nodes the tree has in the end. */
  readonly nodes: number;
  readonly cost: number;
}

/** A tree that is printed or handed out: about a second. */
const WHOLE: Limits = {newNodes: Infinity, nodes: 2 ** 22, cost: 2 ** 25};
/** What a key asks for: about a tenth of a second. A key also goes through all nodes that there are. */
const KEY: Limits = {newNodes: 100_000, nodes: 2 ** 20, cost: 2 ** 21};
/** What a search looks at, whatever was searched before. */
const SEARCH: Limits = {newNodes: Infinity, nodes: 150_000, cost: KEY.cost};

interface ChainLimits {
  readonly steps: number;
  readonly cost: number;
}

/** What a key asks for. A step makes one node. */
const CHAIN: ChainLimits = {steps: 2 ** 19, cost: KEY.cost};
/** What is expanded without being asked for: longer chains end below what is in sight. */
const START: ChainLimits = {steps: 1000, cost: 2 ** 18};

/** Whether a key may make more nodes of a tree. */
export function canGrow({length}: CallTree): boolean {
  return length <= KEY.nodes;
}

/** Whether two trees are one that has grown: what is in the smaller one is in the other. */
export function isSameGrowth(a: CallTree, b: CallTree): boolean {
  return a === b || (a.growth !== undefined && a.growth === b.growth);
}

/** True as well where the children have not been made yet. */
export function hasChildren({firstChild}: Pick<CallTree, 'firstChild'>, node: number): boolean {
  return firstChild[node] !== -1;
}

/** Whether the nodes of all levels up to a depth are made. */
export function isWhole({firstChild, depth, length}: CallTree, maxDepth = Infinity): boolean {
  for (let node = 0; node < length; node++) {
    if (firstChild[node] === UNMADE && depth[node]! < maxDepth) return false;
  }
  return true;
}

/** Makes the children of all open nodes that have a row. */
export function growOpen(tree: CallTree, isOpen: Uint8Array): CallTree {
  const {growth, firstChild, prefix, length} = tree;
  if (growth === undefined) return tree;
  const isShown = new Uint8Array(length);
  for (let node = 0; node < length; node++) {
    if (isOpen[node] !== 1 || (node > 0 && isShown[prefix[node]!] === 0)) continue;
    isShown[node] = 1;
    if (firstChild[node] === UNMADE) growth.expand(node);
  }
  return growth.read();
}

/** Makes all nodes down to a depth. There may be too many: see `isWhole`. */
export function growWhole(tree: CallTree, maxDepth = Infinity): CallTree {
  return growWithin(tree, 0, WHOLE, maxDepth);
}

/** The same, but as many nodes as a key may make. */
export function growForKey(tree: CallTree, maxDepth = Infinity): CallTree {
  return growWithin(tree, 0, KEY, maxDepth);
}

/** Up to which depth all nodes are made; Infinity where there are no others. */
export function getWholeDepth({firstChild, depth, length}: CallTree): number {
  let least = Infinity;
  for (let node = 0; node < length; node++) {
    if (firstChild[node] === UNMADE) least = Math.min(least, depth[node]!);
  }
  return least;
}

/** Makes nodes below a node, level by level: all of them, or as many as a key may make. */
export function growBelow(tree: CallTree, top: number): CallTree {
  return growWithin(tree, top, KEY);
}

/** Makes the nodes that a search looks at, level by level. */
export function growForSearch(tree: CallTree): CallTree {
  return growWithin(tree, 0, SEARCH);
}

function growWithin(tree: CallTree, top: number, limits: Limits, maxDepth = Infinity): CallTree {
  const {growth} = tree;
  if (growth === undefined) return tree;
  const isInside = new Column(new Uint8Array(tree.length));
  const most = Math.min(limits.nodes, growth.length + limits.newNodes);
  let cost = 0;
  // New nodes stand behind all others, so that they come in their turn.
  for (let node = top; node < growth.length; node++) {
    isInside.set(node, node === top ? 1 : isInside.at(growth.getParent(node)));
    if (isInside.at(node) !== 1 || growth.getFirstChild(node) !== UNMADE) continue;
    if (growth.getDepth(node) >= maxDepth) continue;
    cost += growth.getCost(node);
    if (cost > limits.cost || growth.length > most) break;
    growth.expand(node);
  }
  return growth.read();
}

/** Makes the chain of only children below a node, or as much of it as a key may make. */
export function growChain(tree: CallTree, top: number): CallTree {
  return growDown(tree, top, CHAIN, (growth, child) => growth.getNextSibling(child) < 0);
}

/** Makes the chain of first children below the root, as far as is in sight. */
export function growFirstChildren(tree: CallTree): CallTree {
  return growDown(tree, 0, START, () => true);
}

function growDown(
  tree: CallTree,
  top: number,
  limits: ChainLimits,
  isGoingOn: (growth: Growth, child: number) => boolean,
): CallTree {
  const {growth} = tree;
  if (growth === undefined) return tree;
  let cost = 0;
  let steps = 0;
  for (let node = top; ; ) {
    if (growth.getFirstChild(node) === UNMADE) {
      cost += growth.getCost(node);
      if (cost > limits.cost || steps++ === limits.steps) break;
      growth.expand(node);
    }
    const child = growth.getFirstChild(node);
    if (child < 0 || !isGoingOn(growth, child)) break;
    node = child;
  }
  return growth.read();
}
