import {sum} from '../base/sum.js';
import {joinBlocks} from './block-columns.js';
import {combineCaptures, type MergePart, nameProcesses, toCapturePart} from './combine-captures.js';
import {MergedLocations} from './merged-locations.js';
import {MergedProcesses} from './merged-processes.js';
import type {Elided, LocationColumns, Snapshot} from './snapshot.js';

export type {MergePart} from './combine-captures.js';

export interface MergeOptions {
  /** One tree for all processes; else each has a node of its own below the root. */
  readonly isMerged: boolean;
  /** How many locations are kept of all together, where the trees are one. */
  readonly biggestAllocs: number;
}

/**
 * The snapshots of several processes as one. There has to be at least one snapshot, and all are of the same view.
 *
 * Unless their trees are made one, the outermost frame of every stack is its process: frame i is that of part i.
 * The labels of threads have the number of the process in them, and its file where another one has the same number.
 *
 * Where the trees are made one, so are equal locations of different processes, before the cut: those of the same
 * stack and thread label. Each process has its own locations of one stack, such as two calls in one line; they stay
 * apart: the first is added to the first of another process, the second to the second.
 *
 * Biggest first; equals in the order of the parts where they first appear, then in that part's own.
 */
export function mergeSnapshots(
  parts: readonly MergePart[],
  {isMerged, biggestAllocs}: MergeOptions,
): Snapshot {
  const snapshots = parts.map(part => ('snapshot' in part ? part.snapshot : null));
  const present = snapshots.filter(snapshot => snapshot !== null);
  const hasNativeFrames = present.some(({frames}) => frames.native !== undefined);
  const processes = new MergedProcesses(hasNativeFrames, isMerged ? null : nameProcesses(parts));
  const merged = new MergedLocations(isMerged);
  const added: Int32Array[] = [];
  snapshots.forEach((snapshot, part) => {
    if (snapshot !== null) added.push(merged.add(snapshot.locations, processes.add(snapshot, part)));
  });
  const {hasNative} = processes;
  const {locations, places} = merged.finish({biggestAllocs: isMerged ? biggestAllocs : Infinity, hasNative});
  return {
    capture: combineCaptures(parts.map(toCapturePart), isMerged),
    view: present[0]!.view,
    locations,
    ...processes.finish(),
    elided: computeElided(present, merged.length, locations),
    ...mergeBlocks(present, added, places),
  };
}

/** Blocks only where all have them. */
function mergeBlocks(
  snapshots: readonly Snapshot[],
  added: readonly Int32Array[],
  places: Int32Array,
): Pick<Snapshot, 'blocks'> {
  const parts = snapshots.flatMap(({blocks}, index) =>
    blocks === undefined ? [] : [{blocks, locations: added[index]!.map(location => places[location]!)}],
  );
  return parts.length === snapshots.length ? {blocks: joinBlocks(parts)} : {};
}

/** All that is not among the locations: what the parts elided, and what was cut of them here. */
function computeElided(snapshots: readonly Snapshot[], merged: number, kept: LocationColumns): Elided {
  const total = (get: (snapshot: Snapshot) => number): number =>
    snapshots.reduce((all, snapshot) => all + get(snapshot), 0);
  return {
    locations: total(({elided}) => elided.locations) + merged - kept.length,
    allocations:
      total(({locations, elided}) => sum(locations.allocations) + elided.allocations) - sum(kept.allocations),
    bytes: total(({locations, elided}) => sum(locations.bytes) + elided.bytes) - sum(kept.bytes),
  };
}
