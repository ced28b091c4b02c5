import {GONE, keepLocations, type StackSet} from '../stack-set.js';
import {defineTermStep} from './step-kind.js';

export const through = defineTermStep({
  kind: 'through',
  help: 'only stacks with a frame that matches',
  apply: (stacks, isMatch) => keepStacks(stacks, isMatch, true),
});

export const drop = defineTermStep({
  kind: 'drop',
  help: 'only stacks without a frame that matches',
  apply: (stacks, isMatch) => keepStacks(stacks, isMatch, false),
});

/** Whole stacks, by whether a frame in them matches. */
function keepStacks(stacks: StackSet, isMatch: Uint8Array, isWanted: boolean): StackSet {
  const {length, prefix, frame, ends} = stacks;
  const isFound = new Uint8Array(length);
  for (let node = 0; node < length; node++) {
    const caller = prefix[node]!;
    isFound[node] = isMatch[frame[node]!] === 1 || (caller >= 0 && isFound[caller] === 1) ? 1 : 0;
  }
  return keepLocations(stacks, index => {
    const end = ends[index]!;
    return (end >= 0 && isFound[end] === 1) === isWanted ? end : GONE;
  });
}
