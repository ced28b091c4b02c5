import {CaptureError} from '../capture/damage.js';
import {listSide} from './compared-sides.js';
import {type CaptureInfo, isOfMoments, listCaptures, type View} from './snapshot.js';

/** What an aggregated capture has. */
export const LACKS_BLOCKS = 'no allocators and no sizes of single allocations';
const NO_BLOCKS = `is an aggregated capture (--aggregate): it has ${LACKS_BLOCKS}`;
const NO_MOMENTS =
  'is an aggregated capture (--aggregate): it has sums of the peak and of the leaks, and no other moments';

/**
 * Of the whole run an aggregated capture has the sums at the peak, which are shown as such.
 * @throws CaptureError for a view, or blocks, that it does not have
 */
export function checkAggregated(view: View, needsBlocks: boolean): void {
  if (view.kind === 'temporary') {
    throw new CaptureError(
      'no-temporary-allocations',
      'was recorded with --aggregate, which keeps no temporary allocations',
    );
  }
  if (isOfMoments(view)) throw new CaptureError('no-moments', NO_MOMENTS);
  if (needsBlocks && view.kind !== 'allocated') {
    throw new CaptureError('no-blocks', NO_BLOCKS);
  }
}

/** Whether a capture has nothing but sums; of several captures: whether none of them has more. */
export function isAggregated({fileFormat, parts}: CaptureInfo): boolean {
  const read = parts?.flatMap(({capture}) => (capture === null ? [] : [capture])) ?? [];
  return read.length === 0 ? fileFormat === 'aggregated' : read.every(isAggregated);
}

/** Whether one of the sides that are compared, the bases or the others, has nothing but sums. */
export function isSideAggregated({parts = []}: CaptureInfo): boolean {
  return [true, false].some(ofBases => {
    const side = listSide(parts, ofBases).flatMap(({capture}) => capture ?? []);
    return side.length > 0 && side.every(isAggregated);
  });
}

/** The names of those of several captures that are aggregated. */
export function listAggregated({parts = []}: CaptureInfo): readonly string[] {
  return listCaptures(parts).flatMap(({name, capture}) =>
    capture !== null && isAggregated(capture) ? [name] : [],
  );
}

/** Whether one of several captures was left out only because it has no blocks. */
export function isShortOfCaptures({parts = []}: Pick<CaptureInfo, 'parts'>): boolean {
  return listCaptures(parts).some(({failure}) => failure?.code === 'no-blocks');
}

/** Why there are no single allocations, as the end of a sentence that begins with the name of what was read. */
export function describeNoBlocks(capture: CaptureInfo): string {
  const [first, ...others] = listAggregated(capture);
  if (first === undefined) return NO_BLOCKS;
  if (others.length === 0)
    return `one of them, ${first}, is aggregated (--aggregate): it has ${LACKS_BLOCKS}`;
  const names = `${[first, ...others.slice(0, -1)].join(', ')} and ${others.at(-1)}`;
  return `${others.length + 1} of them, ${names}, are aggregated (--aggregate): they have ${LACKS_BLOCKS}`;
}
