import {listSide} from './compared-sides.js';
import type {FunctionsOfFiles} from './moved-folders.js';
import type {Snapshot} from './snapshot.js';

/** The Python functions that one side of a comparison has, by their files. */
export function listSideFunctions(
  {stacks, locations, frames, strings, runs = []}: Omit<Snapshot, 'capture'>,
  isBase: boolean,
): FunctionsOfFiles {
  const isThere = new Uint8Array(stacks.length);
  for (const {location} of listSide(runs, isBase)) {
    for (const index of location) {
      const end = locations.stack[index]!;
      if (end >= 0) isThere[end] = 1;
    }
  }
  const isFrameThere = new Uint8Array(frames.length);
  for (let node = stacks.length - 1; node >= 0; node--) {
    if (isThere[node] === 0) continue;
    isFrameThere[stacks.frame[node]!] = 1;
    const caller = stacks.prefix[node]!;
    if (caller >= 0) isThere[caller] = 1;
  }
  const functionsOf = new Map<string, Set<string>>();
  for (let frame = 0; frame < frames.length; frame++) {
    const isNative = (frames.native?.image[frame] ?? -1) >= 0;
    if (isFrameThere[frame] === 0 || isNative) continue;
    const file = strings[frames.file[frame]!]!;
    const functions = functionsOf.get(file) ?? new Set();
    functionsOf.set(file, functions.add(strings[frames.function[frame]!]!));
  }
  return functionsOf;
}
