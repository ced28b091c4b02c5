import {isEnd, type Moment} from './moment.js';

interface RecordedTimes {
  /** Ms since the epoch. */
  readonly startTimeMs: number;
  /** 0 where the header does not tell it; while a recording goes on it may tell one that was long ago. */
  readonly endTimeMs: number;
}

/**
 * When a recording ended, in ms since the epoch: as its header says, or with its last memory record where that is later; null
 * where nothing tells it.
 * @param lastRecordMs when the last memory record was written; null where there is none, or it is not known yet
 */
export function getRunEnd(
  {startTimeMs, endTimeMs}: RecordedTimes,
  lastRecordMs: number | null,
): number | null {
  const isKnown = endTimeMs > 0 && endTimeMs >= Math.max(startTimeMs, lastRecordMs ?? 0);
  return isKnown ? endTimeMs : lastRecordMs;
}

/**
 * Whether a moment is after the last record of a run: a time may be, though no memory record is so late.
 * @param lastRecordMs as above
 */
export function isAtRunEnd(moment: Moment, times: RecordedTimes, lastRecordMs: number | null): boolean {
  if (moment.kind !== 'time') return isEnd(moment);
  const endMs = getRunEnd(times, lastRecordMs);
  return endMs !== null && times.startTimeMs + moment.ms >= endMs;
}
