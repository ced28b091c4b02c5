import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';

/** Both halves of it: a few frames' worth, so that a frame dies in it. */
const ENOUGH_BYTES = 8 << 20;

/**
 * Returns a function to be called whenever something was done: it lets V8's young generation grow no more
 * once it is large enough. V8 would take 32 MB, all of it resident, and frames are drawn no faster with it.
 * Its limit can only be set at the start of Node, which is not ours; by how much it grows, also later.
 */
export function createYoungGenerationLimit(): () => void {
  let isLimited = false;
  return () => {
    if (isLimited) return;
    const space = getHeapSpaceStatistics().find(({space_name: name}) => name === 'new_space');
    if (space !== undefined && space.space_size < ENOUGH_BYTES) return;
    isLimited = true;
    setFlagsFromString('--semi-space-growth-factor=1');
  };
}
