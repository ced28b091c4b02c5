import {explainAwaited} from './awaited-reading.js';
import type {TreeState} from './state.js';

/**
 * What stands instead of a tree that is not there: why, in a sentence; empty where there is a tree. As given,
 * not sanitised.
 */
export function selectMissingTree(state: TreeState): string {
  const {base, capture, status, failure, name, progress, shown} = state;
  if (shown?.isAwaited) return explainAwaited(state);
  if (status === 'done' || base.length > 1 || capture !== null) return '';
  switch (status) {
    case 'idle':
      return 'Nothing is loaded yet.';
    case 'reading':
      if (progress?.stream === 'missing') return `Waiting for ${name}`;
      if (progress?.stream === 'connected') return `Connected to ${name}, which has sent nothing yet`;
      return 'Reading the capture';
    case 'failed':
      return [name, failure?.message ?? 'The capture could not be read.']
        .filter(text => text !== '')
        .join(': ');
  }
}
