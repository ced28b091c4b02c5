import {formatMoment, type MomentFacts} from './moment.js';
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
  return describeLate(view, capture);
}

/** `10s is after the end of the recording (3.637 s)`; null where no time is. */
export function describeLate(view: View, {startTimeMs, endTimeMs}: CaptureInfo): string | null {
  const durationMs = endTimeMs - startTimeMs;
  // Where nobody knows the end, nothing is after it.
  if (durationMs < 0 || endTimeMs === 0) return null;
  const late = listMoments(view).filter(moment => moment.kind === 'time' && moment.ms > durationMs);
  if (late.length === 0) return null;
  const verb = late.length === 1 ? 'is' : 'are';
  return `${late.map(formatMoment).join(', ')} ${verb} after the end of the recording (${durationMs / 1000} s)`;
}
