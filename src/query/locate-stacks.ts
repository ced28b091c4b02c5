import {NodeIndex} from '../base/node-index.js';
import type {Snapshot} from '../heap/snapshot.js';
import type {CallTree} from '../tree/call-tree.js';
import type {StackSet} from './stack-set.js';

/**
 * Where the stack nodes of a snapshot are in a tree that was made of it: what two trees of one snapshot have in common.
 */
export interface StackLocations {
  /** The tree node of each stack node's own frame, −1 where the tree does not show it. */
  readonly own: Int32Array;
  /** The same; where there is none, the node that took its cost, or the nearest one above; the root (0) at last. */
  readonly nearest: Int32Array;
}

/**
 * Follows the stack nodes of a snapshot through all steps.
 * @param nodes for each node of the stacks that the tree was made of the tree node, −1 where there is none
 */
export function locateStacks(stacks: StackSet, nodes: Int32Array): StackLocations {
  let locations = {own: nodes, nearest: findNearest(stacks, nodes)};
  for (let at = stacks.origin; at !== null; at = at.stacks.origin) {
    const {placed, isKept} = at;
    const {own, nearest} = locations;
    locations = {own: new Int32Array(placed.length), nearest: new Int32Array(placed.length)};
    for (let index = 0; index < placed.length; index++) {
      const node = placed[index]!;
      locations.own[index] = node >= 0 && isKept[index] === 1 ? own[node]! : -1;
      locations.nearest[index] = node >= 0 ? nearest[node]! : 0;
    }
  }
  return locations;
}

function findNearest({prefix}: StackSet, nodes: Int32Array): Int32Array {
  const nearest = nodes.slice();
  for (let node = 0; node < nodes.length; node++) {
    if (nearest[node]! < 0) nearest[node] = prefix[node]! < 0 ? 0 : nearest[prefix[node]!]!;
  }
  return nearest;
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
  return {own, nearest};
}
