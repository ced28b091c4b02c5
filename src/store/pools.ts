import {getArenaBytes} from '../heap/arenas.js';
import type {TreeState} from './state.js';

/** How much Python mapped at once for small objects; null where that is not known, and for trees of others. */
export function selectArenaBytes({capture}: Pick<TreeState, 'capture'>): number | null {
  return capture === null ? null : getArenaBytes(capture);
}
