import {LocationTreeBuilder} from './location-tree.js';
import type {BuiltShape, ShapeInput} from './shape.js';

/** Outermost frames first. Costs nodes of the stacks + locations, not the sum of the depths. */
export function buildTopDown(input: ShapeInput): BuiltShape {
  const {stacks, level, shown} = input;
  const tree = new LocationTreeBuilder(input, Math.min(stacks.length, 64 * shown) + 2);
  // The node of each node of the stacks, −1 until a location has come through it.
  const nodes = new Int32Array(stacks.length).fill(-1);
  const leaves = new Int32Array(shown);
  const pending: number[] = [];
  for (let index = 0; index < shown; index++) {
    let stack = stacks.ends[index]!;
    for (; stack >= 0 && nodes[stack]! < 0; stack = stacks.prefix[stack]!) pending.push(stack);
    let node = stack < 0 ? 0 : nodes[stack]!;
    while (pending.length > 0) {
      const next = pending.pop()!;
      if (!isRunGoingOn(next)) node = tree.ensureChild(node, stacks.frame[next]!);
      nodes[next] = node;
    }
    leaves[index] = node;
    tree.addLocation(node, index);
  }
  return {tree: tree.finish(leaves), nodes, isCut: false};

  function isRunGoingOn(stack: number): boolean {
    const caller = stacks.prefix[stack]!;
    return (
      level.hasRuns && caller >= 0 && level.keyOf[stacks.frame[stack]!] === level.keyOf[stacks.frame[caller]!]
    );
  }
}
