import {formatDuration} from '../format/duration.js';
import type {LoadProgress} from '../reader/load-messages.js';

/** So long has to be read before the speed says something. */
const MIN_ELAPSED_MS = 1000;
/** What is over sooner needs no forecast. */
const MIN_LEFT_MS = 1000;

/** `0:12 left`, at the speed so far; empty where that cannot be known, or it will be over soon. */
export function formatTimeLeft({bytesRead, totalBytes, elapsedMs}: LoadProgress): string {
  if (totalBytes === null || bytesRead === 0 || elapsedMs < MIN_ELAPSED_MS) return '';
  const leftMs = (elapsedMs / bytesRead) * (totalBytes - bytesRead);
  return leftMs < MIN_LEFT_MS ? '' : `${formatDuration(leftMs)} left`;
}
