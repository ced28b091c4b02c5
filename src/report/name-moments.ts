import {formatMoment, isEnd, isStart, type Moment, type MomentFacts} from '../heap/moment.js';
import type {MomentView} from '../heap/snapshot.js';

/**
 * What a view of moments shows, with where they were found: `at 12.3s (#17)`, `grown from the start to 12.3s (#17)`,
 * `peak at @31234 from 12.3s (#17) to the end`.
 * @param found null where they are not in the recording
 */
export function nameMoments(
  view: MomentView,
  found: readonly MomentFacts[] | null,
  startTimeMs: number,
): string {
  const name = (moment: Moment, index: number): string => nameMoment(moment, found?.[index], startTimeMs);
  switch (view.kind) {
    case 'moment':
      return `at ${name(view.at, 0)}`;
    case 'range':
      return `${view.of}${nameHighest(found?.[2])} from ${name(view.from, 0)} to ${name(view.to, 1)}`;
    case 'generations':
      return 'generations';
  }
}

/** Where the highest state of a range is. */
function nameHighest(found: MomentFacts | undefined): string {
  return found === undefined ? '' : ` at @${found.allocationRecords}`;
}

/** `12.3s (#17)`, `@12345 (12.3s, #17)`, `the end`. */
function nameMoment(moment: Moment, found: MomentFacts | undefined, startTimeMs: number): string {
  if (isStart(moment)) return 'the start';
  if (isEnd(moment) || found?.isEnd) return 'the end';
  if (found === undefined || found.record === null || found.timeMs === null) return formatMoment(moment);
  const time = `${(found.timeMs - startTimeMs) / 1000}s`;
  const record = `#${found.record}`;
  return moment.kind === 'allocations'
    ? `${formatMoment(moment)} (${time}, ${record})`
    : `${time} (${record})`;
}
