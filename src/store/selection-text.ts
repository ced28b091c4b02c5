import {describeSelect} from '../query/crumbs.js';
import type {TreeState} from './state.js';

/** Whether the capture grows: what was not freed so far is allocated now, and no leak yet. */
export function isRecording({status, progress}: Pick<TreeState, 'status' | 'progress'>): boolean {
  return status === 'reading' && progress?.stream !== undefined;
}

/** What is selected of the capture, in the words of the screen. */
export function describeSelection(state: Pick<TreeState, 'view' | 'status' | 'progress'>): string {
  return state.view.kind === 'leaks' && isRecording(state) ? 'allocated now' : describeSelect(state.view);
}
