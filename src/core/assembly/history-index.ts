// What the core exports in the build that keeps the history: all of the plain one, moments, and the history.

import * as history from './history';
import * as locations from './locations';
import * as timeline from './timeline';

export * from './index';
export * from './moment-exports';

/** To be called before the first record. */
export function keepTimeline(): void {
  timeline.keepTimeline();
}
/** To be called before the first record, after `keepTimeline`. */
export function keepStates(): void {
  history.keepHistory();
}
/** Rows of six u64: memory record, allocation records, ms, heap, highest heap, rss. */
export function pointsAt(): u32 {
  return timeline.pointsAt();
}
export function pointCount(): u32 {
  return timeline.pointCount();
}
/** Looks for the last memory record that is not after a memory record (0), a time (1) or a number of allocation records (2). */
export function watch(kind: u32, target: f64): u32 {
  return timeline.watch(kind, <u64>target);
}
/** u64 target, u32 kind, u32 whether it is found; then u64: memory record, allocation records, ms, heap, rss. */
export function watchAt(index: u32): u32 {
  return timeline.watchAt(index);
}
/** Ends the present cell, so that the state of now is one that is kept. */
export function endCell(): void {
  history.endCellNow();
}
/** Rows of five words of 8 bytes: allocation records, those of the highest moment, heap, highest heap, end in the log (u32). */
export function cellsAt(): u32 {
  return history.cellsAt();
}
export function cellCount(): u32 {
  return history.cellCount();
}
/** One more than the highest number of a location. */
export function locationCount(): u32 {
  return locations.locationCount();
}
/** See history.ts. */
export function logAt(): u32 {
  return history.logAt();
}
export function logBytes(): u32 {
  return history.logLength();
}
/** Whether states could be kept only up to the end of the last cell. */
export function isHistoryCut(): bool {
  return history.isCutShort;
}
