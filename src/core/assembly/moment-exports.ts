// What the builds export that can show a moment of the run.

import * as born from './born';
import * as heap from './heap';
import * as stops from './stops';

/** Reading stops after so many allocation records. */
export function stopAt(records: f64): void {
  stops.stopAt(<u64>records);
}
/** The peak is from now on the highest heap after this. */
export function restartPeak(): void {
  heap.restartPeak();
}
/** What view 3 is of: what was allocated by the records from `first` to before `end`. */
export function setBorn(first: f64, end: f64): void {
  born.setBorn(<u64>first, <u64>end);
}
