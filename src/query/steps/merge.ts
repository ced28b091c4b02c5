import {IMPORT_SYSTEM, NATIVE, UNINTERESTING} from '../../tree/call-tree.js';
import {rebuildStacks, removeFrames} from '../stack-set.js';
import {definePlainStep, defineTermStep} from './step-kind.js';

export const merge = defineTermStep({
  kind: 'merge',
  help: 'frames that match go, their cost stays with what called them',
  apply: (stacks, isMatch) => removeFrames(stacks, frame => isMatch[frame] === 1),
});

export const nativeMerge = definePlainStep({
  kind: 'native:merge',
  help: 'native frames go, their cost stays with what called them',
  apply: stacks => removeFrames(stacks, frame => (stacks.flags[frame]! & NATIVE) !== 0),
});

export const importsMerge = definePlainStep({
  kind: 'imports:merge',
  help: 'frames of the import system go, their cost stays with what called them',
  apply: stacks => removeFrames(stacks, frame => (stacks.flags[frame]! & IMPORT_SYSTEM) !== 0),
});

/** memray marks frames of the import system as uninteresting too; they have steps of their own. */
export const hideUninteresting = definePlainStep({
  kind: 'hide:uninteresting',
  help: 'uninteresting frames (runpy) go, their cost stays with what called them',
  apply: stacks =>
    removeFrames(stacks, frame => (stacks.flags[frame]! & (UNINTERESTING | IMPORT_SYSTEM)) === UNINTERESTING),
});

export const hideImports = definePlainStep({
  kind: 'hide:imports',
  help: 'a stack ends before its first frame of the import system',
  apply(stacks) {
    const isInside = new Uint8Array(stacks.length);
    return rebuildStacks(stacks, (above, frame, add, node) => {
      const caller = stacks.prefix[node]!;
      const isHidden =
        (stacks.flags[frame]! & IMPORT_SYSTEM) !== 0 || (caller >= 0 && isInside[caller] === 1);
      isInside[node] = Number(isHidden);
      return isHidden ? above : add(above, frame);
    });
  },
});
