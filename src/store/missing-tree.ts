import type {TreeState} from './state.js';

/**
 * What stands instead of a tree that is not there: why, in a sentence; empty where there is a tree. As given,
 * not sanitised.
 */
export function selectMissingTree({base, capture, status, failure, name}: TreeState): string {
  if (status === 'done' || base.length > 1 || capture !== null) return '';
  switch (status) {
    case 'idle':
      return 'Nothing is loaded yet.';
    case 'reading':
      return 'Reading the capture';
    case 'failed':
      return [name, failure?.message ?? 'The capture could not be read.']
        .filter(text => text !== '')
        .join(': ');
  }
}
