import type {CallTree} from '../../tree/call-tree.js';
import type {Frames} from '../level.js';
import type {StackSet} from '../stack-set.js';

/** What a tree is made of: the stacks that the steps left, as frames of a level, and which locations are shown. */
export interface ShapeInput {
  readonly stacks: StackSet;
  readonly level: Frames;
  /** How many of the stacks' locations make the tree, the first ones: they are the biggest. */
  readonly shown: number;
  /** What the elided node stands for; null where there is none. */
  readonly elided: {readonly locations: number; readonly bytes: number; readonly allocations: number} | null;
}

/** A tree, and which of its nodes the nodes of the stacks are. */
export interface BuiltShape {
  readonly tree: CallTree;
  /** For each node of the stacks the tree node, −1 where none shows it; null where trees cannot be compared by stacks. */
  readonly locateNodes: (() => Int32Array) | null;
}
