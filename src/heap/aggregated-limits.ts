// The limits of an aggregated capture.

export const MAX_EXACT = Number.MAX_SAFE_INTEGER;
/** How many of each are kept. */
export const MAX_COUNTS = {
  frames: 2 ** 24,
  traces: 2 ** 24,
  'native frames': 2 ** 24,
  groups: 2 ** 23,
  threads: 2 ** 20,
};
/** What one of each takes here, at most. What the core keeps comes on top. */
export const BYTES_OF = {frames: 20, traces: 12, 'native frames': 12, groups: 64, threads: 4};
/** Memory for all of them, and what the core keeps of their names. */
export const MAX_BYTES = 400 * 2 ** 20;
/** Memory is looked at whenever so many of a kind have been added. */
export const CHECK_INTERVAL = 4096;
/** Ids beyond this can refer to nothing that fits in memory. */
export const MAX_ID = 2 ** 31 - 1;
