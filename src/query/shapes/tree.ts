import {type JoinedNodes, joinNodes} from './joined-nodes.js';
import {LocationTreeBuilder} from './location-tree.js';
import type {BuiltShape, ShapeInput} from './shape.js';

/** Outermost frames first. Costs nodes of the stacks + locations, not the sum of the depths. */
export function buildTopDown(input: ShapeInput): BuiltShape {
  const {stacks, level, shown} = input;
  const all = joinNodes(stacks, level);
  const tree = new LocationTreeBuilder(input, Math.min(all.length, 64 * shown) + 2);
  const nodes = addShownNodes(tree, input, all);
  const leaves = new Int32Array(shown);
  for (let index = 0; index < shown; index++) {
    const end = stacks.ends[index]!;
    leaves[index] = end < 0 ? 0 : nodes[all.joined[end]!]!;
    tree.addLocation(leaves[index]!, index);
  }
  if (stacks.frames.native !== undefined) addNativeFrames(tree, input, all, nodes);
  return {tree: tree.finish(leaves), locateNodes: () => locateNodes(all, nodes)};
}

/**
 * Adds the nodes that shown locations go through, in the order of the locations: it decides the order of equal siblings,
 * and the biggest come first, so siblings are mostly in order already.
 * @returns the tree's node of each joined node, a negative number where no shown location goes through
 */
function addShownNodes(
  tree: LocationTreeBuilder,
  {stacks: {ends}, shown}: ShapeInput,
  {length, prefix, key, joined}: JoinedNodes,
): Int32Array {
  // On the way outwards from a new node: −2 − the next node inwards.
  const nodes = new Int32Array(length).fill(-1);
  nodes[0] = 0;
  for (let index = 0; index < shown; index++) {
    let inner = -1;
    let at = ends[index]! < 0 ? 0 : joined[ends[index]!]!;
    while (nodes[at]! < 0) {
      nodes[at] = -2 - inner;
      inner = at;
      at = prefix[at]!;
    }
    let node = nodes[at]!;
    while (inner >= 0) {
      const next = -2 - nodes[inner]!;
      node = tree.addNode(node, key[inner]!);
      nodes[inner] = node;
      inner = next;
    }
  }
  return nodes;
}

/** What is known of the frames that shown locations go through. */
function addNativeFrames(
  tree: LocationTreeBuilder,
  {stacks: {length, prefix, frame, ends}, shown}: ShapeInput,
  {joined}: JoinedNodes,
  nodes: Int32Array,
): void {
  const isSeen = new Uint8Array(length);
  for (let index = 0; index < shown; index++) {
    for (let stack = ends[index]!; stack >= 0 && isSeen[stack] === 0; stack = prefix[stack]!) {
      isSeen[stack] = 1;
      tree.addFrame(nodes[joined[stack]!]!, frame[stack]!);
    }
  }
}

/** The tree's node of each node of the stacks. */
function locateNodes({joined}: JoinedNodes, nodes: Int32Array): Int32Array {
  const located = new Int32Array(joined.length);
  for (let stack = 0; stack < joined.length; stack++) located[stack] = nodes[joined[stack]!]!;
  return located;
}
