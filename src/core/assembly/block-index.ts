// What the core exports in the build that keeps blocks: all of the other one, and the blocks.

import * as blocks from './blocks';
import {locationAt} from './locations';

export * from './index';
export * from './moment-exports';

/** Keeps the blocks that are alive after so many allocation records; at the end if there are fewer. */
export function keepLiveBlocks(records: f64): void {
  blocks.countLiveAt(<u64>records);
}
/** Keeps the blocks that a view of sums counts: all allocations of the run, or the temporary ones. */
export function keepSummedBlocks(isRun: bool): void {
  blocks.countSums(isRun);
}
/** To be called once, when no more records come. Returns whether there was room for all blocks. */
export function finishBlocks(): bool {
  return blocks.finishBlocks();
}
export function blockCount(): u32 {
  return blocks.blockCount();
}
/** Rows of six words: size and allocator u64, count u64, address of the location u32, hash u32. */
export function blocksAt(): u32 {
  return blocks.blocksAt();
}
export function locationAddress(id: u32): u32 {
  return <u32>changetype<usize>(locationAt(id));
}
