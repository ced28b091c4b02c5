import {applyChange} from './apply-change.js';
import type {TreeState} from './state.js';

/** Says why a key does nothing, until the next one. */
export function noteKey(state: TreeState, keyNote: string | null): TreeState {
  if (keyNote === state.keyNote && !state.isQuitAsked) return state;
  return applyChange(state, {keyNote, isQuitAsked: false});
}
