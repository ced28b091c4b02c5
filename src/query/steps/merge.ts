import {removeFrames} from '../stack-set.js';
import {defineTermStep} from './step-kind.js';

export const merge = defineTermStep({
  kind: 'merge',
  help: 'frames that match go, their cost stays with what called them',
  apply: (stacks, isMatch) => removeFrames(stacks, frame => isMatch[frame] === 1),
});
