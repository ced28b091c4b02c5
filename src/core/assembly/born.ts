// What was allocated by some of the records and is alive now. The columns of the peak are made to hold it, so nothing more
// can be asked of the peak afterwards.

import {entryAt, Location, locationAt, locationCount} from './locations';

/** The first allocation record that counts, and the first one after those that do. */
let from: u64 = 0;
let to: u64 = <u64>-1;

export function setBorn(first: u64, end: u64): void {
  from = first;
  to = end;
}

@inline
export function isBorn(index: u64): bool {
  return index >= from && index < to;
}

export function countBorn(): void {
  for (let id: u32 = 1; id < locationCount(); id++) countBornIn(locationAt(id));
}

/** The entries of a location are in the order of their records, the newest before the location itself. */
function countBornIn(location: Location): void {
  const end = changetype<usize>(location);
  location.peakBytes = 0;
  location.peakCount = 0;
  for (let at = location.prev; at != end && entryAt(at).index >= from; at = entryAt(at).prev) {
    const entry = entryAt(at);
    if (!isBorn(entry.index)) continue;
    location.peakBytes += entry.size;
    location.peakCount++;
    location.peakFirst = entry.index;
  }
}
