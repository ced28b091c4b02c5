import type {View} from '../heap/snapshot.js';
import type {TreeState} from './state.js';

/** What is shown, or is going to be as soon as it comes. */
export function getExpectedView({askedView, view}: Pick<TreeState, 'askedView' | 'view'>): View {
  return askedView ?? view;
}
