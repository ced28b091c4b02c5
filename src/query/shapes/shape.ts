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

export type BuildShape = (input: ShapeInput) => CallTree;
