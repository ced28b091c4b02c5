// Where the record loops stop before the records end: after so many allocation records. Only in the builds that can
// show a moment of the run (scripts/build-core.mjs); in the plain one the loops do not even ask.

import {cellEnd, endCell} from './history';

const NEVER: u64 = <u64>-1;
/** As asked for. */
let limit: u64 = NEVER;
/** How many allocation records there may be before somebody has to look. */
export let nextStop: u64 = NEVER;

/** Whether the loops ask. */
export const CAN_STOP: bool = KEEPS_BLOCKS || KEEPS_HISTORY;

export function stopAt(records: u64): void {
  limit = records;
  updateStop();
}

export function updateStop(): void {
  nextStop = KEEPS_HISTORY ? min(limit, cellEnd) : limit;
}

/** To be called when there are as many records as `nextStop`. Returns whether reading stops. */
export function passStop(records: u64): bool {
  if (KEEPS_HISTORY && records >= cellEnd) endCell();
  updateStop();
  return records >= limit;
}
