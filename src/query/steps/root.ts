import {GONE, rebuildStacks, type StackSet} from '../stack-set.js';
import {defineTermStep} from './step-kind.js';

/** Recursion inside stays: only the outermost frame that matches becomes a child of the root. */
export const root = defineTermStep({
  kind: 'root',
  help: 'each outermost frame that matches is a child of the root; other stacks go',
  apply: rootStacks,
});

export function rootStacks(stacks: StackSet, isMatch: Uint8Array): StackSet {
  const place = (above: number, frame: number, add: (above: number, frame: number) => number): number => {
    if (above >= 0) return add(above, frame);
    return isMatch[frame] === 1 ? add(-1, frame) : GONE;
  };
  return rebuildStacks(stacks, place, GONE);
}
