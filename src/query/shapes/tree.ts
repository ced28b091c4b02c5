import {linkNodes} from '../walk.js';
import {LocationTreeBuilder} from './location-tree.js';
import type {BuiltShape, ShapeInput} from './shape.js';

/**
 * Outermost frames first. Costs nodes of the stacks + locations, not the sum of the depths.
 *
 * A node of the tree holds nodes of the stacks, its members. They are handed out node by node: the callees of the
 * members of one node become members of its children, one child for each key. So a child is found by its key alone, and
 * no table of pairs is needed.
 */
export function buildTopDown(input: ShapeInput): BuiltShape {
  const {stacks, level, shown} = input;
  const tree = new LocationTreeBuilder(input, Math.min(stacks.length, 64 * shown) + 2);
  const first = findFirstLocations(input);
  const links = linkNodes(stacks.prefix);
  // The node of each node of the stacks, −1 where no shown location goes through.
  const nodes = new Int32Array(stacks.length).fill(-1);
  // The members of each node as a list: the first one (the last one added), and the next one of each.
  const firstMember = new Int32Array(stacks.length + 1).fill(-1);
  const nextMember = new Int32Array(stacks.length).fill(-1);
  // The node made last for each key, and the parent that it was made for: valid for that one only.
  const latestNode = new Int32Array(level.frames.length);
  const latestParent = new Int32Array(level.frames.length).fill(-1);
  // The earliest location through each node: siblings are reached in that order.
  const reached = new Int32Array(firstMember.length);

  handOut(0, links.first);
  for (let node = 1; node < tree.builder.length; node++) {
    for (let member = firstMember[node]!; member >= 0; member = nextMember[member]!) {
      handOut(node, links.firstChild[member]!);
    }
  }
  const leaves = new Int32Array(shown);
  for (let index = 0; index < shown; index++) {
    const end = stacks.ends[index]!;
    leaves[index] = end < 0 ? 0 : nodes[end]!;
    tree.addLocation(leaves[index]!, index);
  }
  return {tree: tree.finish(leaves, reached), nodes};

  /** Makes some siblings among the nodes of the stacks members of the children of a node, or of itself. */
  function handOut(node: number, firstSibling: number): void {
    const ownKey = tree.builder.frame[node]!;
    for (let stack = firstSibling; stack >= 0; stack = links.nextSibling[stack]!) {
      if (first[stack]! < 0) continue;
      const key = level.keyOf[stacks.frame[stack]!]!;
      // Its own callees are handed out to the same node: a run is one frame.
      if (level.hasRuns && key === ownKey) {
        nodes[stack] = node;
        nextMember[stack] = nextMember[stacks.prefix[stack]!]!;
        nextMember[stacks.prefix[stack]!] = stack;
        continue;
      }
      if (latestParent[key] !== node) {
        latestParent[key] = node;
        latestNode[key] = tree.addNode(node, key);
        reached[latestNode[key]!] = first[stack]!;
      }
      const child = latestNode[key]!;
      nodes[stack] = child;
      if (first[stack]! < reached[child]!) reached[child] = first[stack]!;
      nextMember[stack] = firstMember[child]!;
      firstMember[child] = stack;
      tree.addFrame(child, stacks.frame[stack]!);
    }
  }
}

/** The first shown location through each node of the stacks, −1 where there is none. */
function findFirstLocations({stacks: {length, prefix, ends}, shown}: ShapeInput): Int32Array {
  const first = new Int32Array(length).fill(-1);
  for (let index = 0; index < shown; index++) {
    for (let node = ends[index]!; node >= 0 && first[node]! < 0; node = prefix[node]!) first[node] = index;
  }
  return first;
}
