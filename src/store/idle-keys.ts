import type {CommandId} from '../keymap/commands.js';
import {explainSingleReception, explainUnsavable} from './save-state.js';
import type {TreeState} from './state.js';
import {hasNative} from './tree-actions.js';
import {canSelect, getOtherView} from './view-actions.js';

/**
 * Why a command would do nothing now, in one line that fits on a screen of 80 columns; null where it does
 * something, or where the reason is plain to see.
 */
export function explainIdleKey(state: TreeState, command: CommandId): string | null {
  if (state.help !== null) return null;
  switch (command) {
    case 'switchView':
      return getOtherView(state) === null && !canSelect(state) ? explainSingleView(state) : null;
    case 'toggleNative':
      return hasNative(state) ? null : explainNoNative(state);
    case 'reload':
      return explainSingleReception(state);
    case 'save':
      return explainUnsavable(state);
    case 'revealSource':
      return state.heldBackFile === null ? 'No source is held back as private here' : null;
    case 'goToNextMatch':
    case 'goToPreviousMatch':
      return state.search.query === '' ? 'No search yet: / starts one' : null;
    default:
      return null;
  }
}

function explainSingleView({capture, view}: TreeState): string {
  if (capture?.fileFormat === 'aggregated') return 'An aggregated capture is read for one view only';
  const advice: Readonly<Record<typeof view.kind, string>> = {
    peak: '; --leaks shows what was never freed',
    leaks: '; without --leaks, the peak is shown',
    temporary: '',
  };
  return `Only a recording in progress has two views${advice[view.kind]}`;
}

function explainNoNative({capture, status}: TreeState): string {
  if (capture?.nativeTraces !== true) return 'There are no native frames: not recorded with --native';
  return status === 'reading'
    ? 'Native frames are shown once the capture is read'
    : 'Native frames are left out, or nothing is known about them';
}
