import type {Outcome} from '../store/command.js';
import type {TreeState} from '../store/state.js';
import {getNextView, getOtherView, requestNext} from '../store/view-actions.js';

export function switchView(state: TreeState): Outcome {
  const next = getNextView(state);
  return next === null ? {} : requestNext(state, next);
}

/** What is allocated when the recording ends is what was leaked. */
export function getViewVariant(state: TreeState): number {
  if (getOtherView(state)?.kind === 'peak') return 1;
  return state.status === 'reading' ? 0 : 2;
}

export function explainSingleView({capture, view, namesOptions}: TreeState): string {
  if (capture?.fileFormat === 'aggregated')
    return 'Only one view of an aggregated capture is loaded at a time';
  if (!namesOptions) return 'Only this view was loaded';
  if (view.kind === 'peak' && capture?.finished === false && capture.damage === null) {
    return 'If it is still being recorded, --follow shows what is allocated now';
  }
  const advice: Readonly<Record<typeof view.kind, string>> = {
    peak: '; --leaks shows what was never freed',
    leaks: '; without --leaks, the peak is shown',
    temporary: '',
    allocated: '',
    moment: '',
    range: '',
    generations: '',
  };
  return `Only this view was loaded${advice[view.kind]}`;
}
