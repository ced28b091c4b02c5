import type {Snapshot, View} from '../heap/snapshot.js';
import {isSameView} from '../heap/snapshot.js';
import {getStepKind} from './steps/steps.js';
import type {TreeQuery} from './tree-query.js';

/** Whether a query asks for the size and the allocator of each block, which a plain reading does not keep. */
export function needsBlocks({steps, shape}: Pick<TreeQuery, 'steps' | 'shape'>): boolean {
  return (
    shape.kind === 'places' || shape.kind === 'stats' || steps.some(step => getStepKind(step).needsBlocks)
  );
}

/** What has to be loaded for a query: statistics of the peak are those of the whole run. */
export function getNeededView({select, shape}: Pick<TreeQuery, 'select' | 'shape'>): View {
  return shape.kind === 'stats' && select.kind === 'peak' ? {kind: 'allocated'} : select;
}

/** Whether a snapshot does not hold what a query needs to be shown at all: another reading does. */
export function lacksReading(snapshot: Snapshot, query: TreeQuery): boolean {
  return (
    !isSameView(snapshot.view, getNeededView(query)) || (needsBlocks(query) && snapshot.blocks === undefined)
  );
}
