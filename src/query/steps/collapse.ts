import {rebuildStacks} from '../stack-set.js';
import {defineTermStep} from './step-kind.js';

export const collapse = defineTermStep({
  kind: 'collapse',
  help: 'the outermost frame that matches becomes a leaf',
  apply(stacks, isMatch) {
    const isLeaf = new Uint8Array(stacks.length);
    return rebuildStacks(stacks, (above, frame, add, node) => {
      const caller = stacks.prefix[node]!;
      const isBelow = caller >= 0 && isLeaf[caller] === 1;
      isLeaf[node] = isBelow || isMatch[frame] === 1 ? 1 : 0;
      return isBelow ? above : add(above, frame);
    });
  },
});
