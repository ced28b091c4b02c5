import {describeNeeded, describeSelect} from '../query/crumbs.js';
import {getNeededView} from '../query/needs.js';
import type {TreeState} from './state.js';

/** Whether the capture grows: what was not freed so far is allocated now, and no leak yet. */
export function isRecording({status, progress}: Pick<TreeState, 'status' | 'progress'>): boolean {
  return status === 'reading' && progress?.stream !== undefined;
}

/** What of the capture is shown, in the words of the screen: what is selected, but the whole run for statistics. */
export function describeSelection(
  state: Pick<TreeState, 'view' | 'query' | 'capture' | 'status' | 'progress'>,
): string {
  const {query, capture} = state;
  if (getNeededView(query).kind === 'allocated') return describeNeeded(query, capture);
  return state.view.kind === 'leaks' && isRecording(state) ? 'allocated now' : describeSelect(state.view);
}
