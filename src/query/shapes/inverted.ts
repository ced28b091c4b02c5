import {LocationTreeBuilder} from './location-tree.js';
import type {BuiltShape, ShapeInput} from './shape.js';

/** Each of many deep stacks may make nodes of its own: beyond so many, outer frames are left out. */
const MAX_NODES = 2 ** 22;

/**
 * Innermost frames first, their callers below: each location begins where it ends.
 *
 * The locations that go through a node are a segment of `order`, and each of them is at a node of the stacks. The
 * children of a node are the groups of its locations by the frame that they come to next, so each segment is split
 * in place, and a location is moved one frame outwards at a time.
 * A stack that is cut counts as own bytes of its last frame.
 */
export function buildInverted(input: ShapeInput, maxNodes = MAX_NODES): BuiltShape {
  const {stacks, level, shown} = input;
  const tree = new LocationTreeBuilder(input, 4 * shown + 2);
  const leaves = new Int32Array(shown);
  const order = Int32Array.from({length: shown}, (_, index) => index);
  const at = stacks.ends.slice(0, shown);
  const pending: {readonly node: number; readonly from: number; readonly to: number}[] = [];
  pending.push({node: 0, from: 0, to: shown});
  let isCut = false;
  const scratch = new Int32Array(shown);
  const childOf = new Int32Array(shown);
  while (pending.length > 0) {
    const {node, from, to} = pending.pop()!;
    if (tree.builder.length >= maxNodes) endAt(node, from, to);
    else for (const group of split(node, from, to).reverse()) pending.push(group);
  }
  return {tree: tree.finish(leaves), nodes: null, isCut};

  /** Books all locations of a node there. */
  function endAt(node: number, from: number, to: number): void {
    for (const index of order.subarray(from, to)) {
      if (at[index]! >= 0) isCut = true;
      leaves[index] = node;
      tree.addLocation(node, index);
    }
  }

  /** Makes the children of a node; what ends at the node is booked there. */
  function split(node: number, from: number, to: number) {
    const children: number[] = [];
    const counts: number[] = [];
    const known = new Map<number, number>();
    let going = 0;
    for (let i = from; i < to; i++) {
      const index = order[i]!;
      const stack = at[index]!;
      if (stack < 0) {
        leaves[index] = node;
        tree.addLocation(node, index);
        continue;
      }
      const child = tree.ensureChild(node, stacks.frame[stack]!);
      let group = known.get(child);
      if (group === undefined) {
        group = children.push(child) - 1;
        known.set(child, group);
        counts.push(0);
      }
      counts[group]!++;
      childOf[index] = group;
      scratch[going++] = index;
      at[index] = skipRun(stack);
    }
    let end = from;
    const groups = children.map((child, group) => {
      const start = end;
      end += counts[group]!;
      return {node: child, from: start, to: end};
    });
    const next = groups.map(group => group.from);
    for (let i = 0; i < going; i++) order[next[childOf[scratch[i]!]!]!++] = scratch[i]!;
    return groups;
  }

  /** The next frame outwards that is another one. */
  function skipRun(stack: number): number {
    const caller = stacks.prefix[stack]!;
    if (!level.hasRuns) return caller;
    const key = level.keyOf[stacks.frame[stack]!];
    let next = caller;
    while (next >= 0 && level.keyOf[stacks.frame[next]!] === key) next = stacks.prefix[next]!;
    return next;
  }
}
