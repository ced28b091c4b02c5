import {formatMoment, type MomentFacts} from './moment.js';
import {getRunEnd} from './run-end.js';
import {type CaptureInfo, isOfMoments, listMoments, type View} from './snapshot.js';

/**
 * Why a view of moments does not show what it seems to, as the end of a sentence that begins with the name of the capture; null
 * where it does.
 * @param found where the moments are; undefined where one is not in the recording, or they are not in order
 */
export function explainMissingMoments(
  view: View,
  capture: CaptureInfo,
  found: readonly MomentFacts[] | undefined,
): string | null {
  if (!isOfMoments(view)) return null;
  if (found === undefined) return 'does not have the moments of the view';
  return describeLate(view, capture, found);
}

/**
 * `10s is after the end of the recording (3.637 s)`; null where no time is.
 * @param found where the moments are
 */
export function describeLate(view: View, capture: CaptureInfo, found: readonly MomentFacts[]): string | null {
  const end = found.find(({isEnd}) => isEnd);
  const endMs = end === undefined ? null : getRunEnd(capture, end.timeMs);
  if (endMs === null) return null;
  const durationMs = endMs - capture.startTimeMs;
  const late = listMoments(view).filter(
    (moment, index) => found[index]?.isEnd && moment.kind === 'time' && moment.ms > durationMs,
  );
  if (late.length === 0) return null;
  const verb = late.length === 1 ? 'is' : 'are';
  return `${late.map(formatMoment).join(', ')} ${verb} after the end of the recording (${durationMs / 1000} s)`;
}
