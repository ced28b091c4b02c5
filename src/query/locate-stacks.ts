import {NodeIndex} from '../base/node-index.js';
import type {Snapshot} from '../heap/snapshot.js';
import type {CallTree} from '../tree/call-tree.js';
import type {StackOrigin, StackSet} from './stack-set.js';

/**
 * Where the stack nodes of a snapshot are in a tree that was made of it: what two trees of one snapshot have in common.
 */
export interface StackLocations {
  /** The tree node of each stack node's own frame, −1 where the tree does not show it. */
  readonly own: Int32Array;
  /** The same of one stack node; where there is none, the node that took its cost, or the nearest one above; the root (0) at last. */
  findNearest(stack: number): number;
}

/**
 * Follows the stack nodes of a snapshot through all steps.
 * @param nodes for each node of the stacks that the tree was made of the tree node, −1 where there is none
 */
export function locateStacks(stacks: StackSet, nodes: Int32Array): StackLocations {
  let own = nodes;
  for (let at = stacks.origin; at !== null; at = at.stacks.origin) own = followOwn(at, own);
  const origins = listOrigins(stacks);
  return {
    own,
    findNearest(stack) {
      let node = stack;
      for (const {placed} of origins) {
        node = placed[node]!;
        if (node < 0) return 0;
      }
      while (node >= 0 && nodes[node]! < 0) node = stacks.prefix[node]!;
      return node < 0 ? 0 : nodes[node]!;
    },
  };
}

function followOwn({placed, isKept}: StackOrigin, own: Int32Array): Int32Array {
  const before = new Int32Array(placed.length);
  for (let index = 0; index < placed.length; index++) {
    const node = placed[index]!;
    before[index] = node >= 0 && isKept[index] === 1 ? own[node]! : -1;
  }
  return before;
}

/** What was done to the nodes, the first step first. */
function listOrigins({origin}: StackSet): readonly StackOrigin[] {
  const origins: StackOrigin[] = [];
  for (let at = origin; at !== null; at = at.stacks.origin) origins.push(at);
  return origins.reverse();
}

/** The same for a tree without steps, from the frames of its nodes. */
export function locateInPlainTree({stacks, frames}: Snapshot, tree: CallTree): StackLocations {
  const children = new NodeIndex(tree.length);
  for (let node = 1; node < tree.length; node++) {
    if (tree.frame[node]! >= 0) children.add(tree.prefix, tree.frame, node);
  }
  const own = new Int32Array(stacks.length);
  const nearest = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const above = stacks.prefix[node]! < 0 ? 0 : nearest[stacks.prefix[node]!]!;
    const frame = stacks.frame[node]!;
    own[node] = children.get(tree.prefix, tree.frame, above, frames.native?.identity[frame] ?? frame);
    nearest[node] = own[node]! < 0 ? above : own[node]!;
  }
  return {own, findNearest: stack => nearest[stack]!};
}
