import {type Checkpoint, listEntries, type StateLog} from './state-log.js';

export interface StateSurvey {
  /** The numbers of the locations that ever held something, ascending. */
  readonly numbers: Int32Array;
  /** By their cells, ascending. */
  readonly checkpoints: readonly Checkpoint[];
}

/** So much of a log is read in some 10 ms, and half of it is the longest way. */
const MIN_SPACING = 2 << 20;
/** The part of the log that the checkpoints within it may take at most; there is one at its end besides. */
const MAX_SHARE = 1 / 2;
const BYTES_PER_LOCATION = Float64Array.BYTES_PER_ELEMENT + Uint32Array.BYTES_PER_ELEMENT;

/** @param minSpacing how many bytes of the log lie between two checkpoints at least */
export function surveyStates(states: StateLog, locationCount: number, minSpacing = MIN_SPACING): StateSurvey {
  const spacing = Math.max(minSpacing, (locationCount * BYTES_PER_LOCATION) / MAX_SHARE);
  const isListed = new Uint8Array(locationCount);
  const bytes = new Float64Array(locationCount);
  const counts = new Float64Array(locationCount);
  const checkpoints: Checkpoint[] = [];
  let nextAt = spacing;
  for (const [cell, end] of states.logEnd.entries()) {
    const entries = listEntries(states, cell);
    while (entries.next()) {
      isListed[entries.location] = 1;
      counts[entries.location]! += entries.count;
      bytes[entries.location]! += entries.bytes;
    }
    const isLast = cell === states.logEnd.length - 1;
    if (end < (isLast ? minSpacing : nextAt)) continue;
    checkpoints.push({cell, bytes: bytes.slice(), counts: Uint32Array.from(counts)});
    nextAt = end + spacing;
  }
  const numbers = Int32Array.from(isListed.keys()).filter(location => isListed[location] === 1);
  return {numbers, checkpoints};
}
