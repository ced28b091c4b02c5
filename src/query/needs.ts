import {isAggregated, isShortOfCaptures} from '../heap/check-aggregated.js';
import type {CaptureInfo, Snapshot, View} from '../heap/snapshot.js';
import {getStepKind} from './steps/steps.js';
import type {TreeQuery} from './tree-query.js';

/** Whether a query asks for the size and the allocator of each block, which a plain reading does not keep. */
export function needsBlocks({steps, shape}: Pick<TreeQuery, 'steps' | 'shape'>): boolean {
  return shape.kind === 'places' || shape.kind === 'stats' || hasBlockSteps(steps);
}

function hasBlockSteps(steps: TreeQuery['steps']): boolean {
  return steps.some(step => getStepKind(step).needsBlocks);
}

/** What has to be loaded for a query: statistics of the peak are those of the whole run. */
export function getNeededView({select, shape}: Pick<TreeQuery, 'select' | 'shape'>): View {
  return shape.kind === 'stats' && select.kind === 'peak' ? {kind: 'allocated'} : select;
}

/** Whether a snapshot cannot be shown by a query: it takes another reading, of single blocks or of the whole run. */
export function lacksReading({view, blocks, capture}: Snapshot, query: TreeQuery): boolean {
  const isOfRun = (wanted: View): boolean => wanted.kind === 'allocated';
  if (isOfRun(getNeededView(query)) !== isOfRun(view)) return true;
  if (!needsBlocks(query)) return isShortOfCaptures(capture);
  return blocks === undefined && lacksBlocks(capture, query);
}

/**
 * Whether a query cannot be shown of a capture without blocks. An aggregated one never has them: statistics of it are
 * those of its sums.
 */
export function lacksBlocks(capture: CaptureInfo, query: TreeQuery): boolean {
  return (
    needsBlocks(query) &&
    !(query.shape.kind === 'stats' && !hasBlockSteps(query.steps) && isAggregated(capture))
  );
}
