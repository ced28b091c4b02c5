import {hasBase} from '../heap/compared-sides.js';
import type {Snapshot} from '../heap/snapshot.js';
import type {TreeQuery} from './tree-query.js';

/** What of a query has no effect since there is no base, one line each. All sizes are shown without one anyway. */
export function listMissingBase(
  {runs}: Pick<Snapshot, 'runs'>,
  {diff, isNormalized}: Pick<TreeQuery, 'diff' | 'isNormalized'>,
): readonly string[] {
  if (hasBase(runs ?? [])) return [];
  const words = [...(diff === 'grown' ? ['diff:grown'] : []), ...(isNormalized ? ['normalize'] : [])];
  const reason = (runs ?? []).every(({generation}) => generation !== undefined)
    ? 'nothing is compared'
    : 'these captures have no base';
  return words.map(word => `${word}: ${reason}, so it has no effect; --diff BASE compares with one`);
}
