import {IntColumn} from '../base/column.js';
import {SYMBOL_STATES} from '../symbols/native-frame.js';
import {FrameTable} from './frame-table.js';
import {NativeFrameTable} from './native-frame-table.js';
import {labelProcess} from './process-label.js';
import type {CaptureInfo, CapturePart, Elided, LocationColumns, Snapshot, ThreadInfo} from './snapshot.js';
import {createLocationColumns} from './snapshot-builder.js';

export interface MergeOptions {
  /** One tree for all processes; else each has a node of its own below the root. */
  readonly isMerged: boolean;
  /** How many locations are kept of all together, where the trees are one. */
  readonly biggestAllocs: number;
}

/** A capture that was read, with what the user calls it; or why it could not be. */
export type MergePart =
  | {readonly name: string; readonly snapshot: Snapshot}
  | {readonly name: string; readonly failure: NonNullable<CapturePart['failure']>};

/**
 * The snapshots of several processes as one. Unless their trees are made one, the outermost frame of every
 * stack is its process: frame i is that of part i. Threads whose label occurs in several processes have the
 * process in it. There has to be at least one snapshot, and all are of the same view.
 */
export function mergeSnapshots(parts: readonly MergePart[], options: MergeOptions): Snapshot {
  const snapshots = parts.map(part => ('snapshot' in part ? part.snapshot : null));
  const present = snapshots.filter(snapshot => snapshot !== null);
  const members = chooseLocations(snapshots, options);
  const hasNative = present.some(snapshot => snapshot.frames.native !== undefined);
  const frames = hasNative ? new NativeFrameTable() : new FrameTable();
  if (!options.isMerged)
    for (const label of nameProcesses(parts)) frames.add({function: label, file: '', line: 0});
  const stacks = appendStacks(snapshots, frames, options.isMerged);
  const threads = appendThreads(snapshots);
  const locations = createLocationColumns(members.length);
  members.forEach(({part, index}, i) => {
    const own = snapshots[part]!.locations;
    const stack = own.stack[index]!;
    locations.bytes[i] = own.bytes[index]!;
    locations.allocations[i] = own.allocations[index]!;
    locations.stack[i] = stack < 0 ? stacks.roots[part]! : stacks.offsets[part]! + stack;
    locations.thread[i] = threads.offsets[part]! + own.thread[index]!;
  });
  return {
    capture: combineCaptures(parts, options.isMerged),
    view: present[0]!.view,
    locations: {
      ...locations,
      ...(hasNative && {
        hiddenNative: Int32Array.from(members, ({part, index}) => {
          const {hiddenNative} = snapshots[part]!.locations;
          return hiddenNative?.[index] ?? 0;
        }),
      }),
    },
    stacks: {length: stacks.prefix.length, prefix: stacks.prefix.toArray(), frame: stacks.frame.toArray()},
    frames: frames.toColumns(),
    strings: frames.strings,
    threads: threads.list,
    elided: computeElided(present, locations),
  };
}

interface Member {
  readonly part: number;
  readonly index: number;
}

/** Biggest first; equals in the order of the parts, then in their own. */
function chooseLocations(
  snapshots: readonly (Snapshot | null)[],
  {isMerged, biggestAllocs}: MergeOptions,
): readonly Member[] {
  const all = snapshots.flatMap((snapshot, part) =>
    Array.from({length: snapshot?.locations.length ?? 0}, (_, index) => ({
      part,
      index,
      bytes: snapshot!.locations.bytes[index]!,
    })),
  );
  all.sort((a, b) => b.bytes - a.bytes);
  return isMerged ? all.slice(0, biggestAllocs) : all;
}

/** All that is not among the locations: what the parts elided, and what was cut of them here. */
function computeElided(snapshots: readonly Snapshot[], kept: LocationColumns): Elided {
  const sum = (list: Iterable<number>): number => [...list].reduce((total, value) => total + value, 0);
  const total = (get: (snapshot: Snapshot) => number): number => sum(snapshots.map(get));
  return {
    locations: total(({locations, elided}) => locations.length + elided.locations) - kept.length,
    allocations:
      total(({locations, elided}) => sum(locations.allocations) + elided.allocations) - sum(kept.allocations),
    bytes: total(({locations, elided}) => sum(locations.bytes) + elided.bytes) - sum(kept.bytes),
  };
}

/** The stacks one after the other, those of a process below its node, if there are such. */
function appendStacks(
  snapshots: readonly (Snapshot | null)[],
  frames: FrameTable | NativeFrameTable,
  isMerged: boolean,
) {
  const prefix = new IntColumn();
  const frame = new IntColumn();
  const roots: number[] = [];
  const offsets: number[] = [];
  snapshots.forEach((snapshot, part) => {
    roots.push(isMerged ? -1 : prefix.length);
    if (!isMerged) {
      prefix.push(-1);
      frame.push(part);
    }
    const offset = prefix.length;
    offsets.push(offset);
    if (snapshot === null) return;
    const {stacks} = snapshot;
    const frameOf = Array.from({length: snapshot.frames.length}, (_, i) => addFrame(frames, snapshot, i));
    for (let i = 0; i < stacks.length; i++) {
      prefix.push(stacks.prefix[i]! < 0 ? roots[part]! : offset + stacks.prefix[i]!);
      frame.push(frameOf[stacks.frame[i]!]!);
    }
  });
  return {prefix, frame, roots, offsets};
}

function addFrame(
  frames: FrameTable | NativeFrameTable,
  {frames: own, strings}: Snapshot,
  frame: number,
): number {
  const {native} = own;
  const names = {
    function: strings[own.function[frame]!]!,
    file: strings[own.file[frame]!]!,
    line: own.line[frame]!,
  };
  if (native === undefined || native.image[frame]! < 0 || frames instanceof FrameTable) {
    return frames.add(names);
  }
  const name = frames.addName({
    ...names,
    state: SYMBOL_STATES[native.state[frame]!]!,
    directory: strings[native.directory[frame]!] ?? null,
  });
  return frames.addNative(name, frames.addString(strings[native.image[frame]!]!), native.offset[frame]!);
}

function appendThreads(snapshots: readonly (Snapshot | null)[]) {
  const seen = new Map<string, number>();
  for (const snapshot of snapshots) {
    for (const label of new Set(snapshot?.threads.map(thread => thread.label))) {
      seen.set(label, (seen.get(label) ?? 0) + 1);
    }
  }
  const list: ThreadInfo[] = [];
  const offsets = snapshots.map(snapshot => {
    const offset = list.length;
    for (const {label} of snapshot?.threads ?? []) {
      list.push({label: seen.get(label)! > 1 ? `${label} of ${snapshot!.capture.pid}` : label});
    }
    return offset;
  });
  return {list, offsets};
}

/** What rows call the processes; the file's name is added where labels are the same. */
function nameProcesses(parts: readonly MergePart[]): readonly string[] {
  const labels = parts.map(part =>
    'snapshot' in part ? labelProcess({...part.snapshot.capture, fileName: part.name}) : part.name,
  );
  const seen = new Set<string>();
  return labels.map((label, i) => {
    const isUnique = labels.indexOf(label) === labels.lastIndexOf(label);
    let name = isUnique ? label : `${label}, ${parts[i]!.name}`;
    // The same file may be given twice.
    for (let copy = 2; seen.has(name); copy++) name = `${label}, ${parts[i]!.name} ${copy}`;
    seen.add(name);
    return name;
  });
}

/** Sums, and where there is nothing to sum what the first one has. */
function combineCaptures(parts: readonly MergePart[], isMerged: boolean): CaptureInfo {
  const captures = parts.flatMap(part => ('snapshot' in part ? [part.snapshot.capture] : []));
  const sum = (get: (capture: CaptureInfo) => number): number =>
    captures.reduce((all, one) => all + get(one), 0);
  const union = (get: (capture: CaptureInfo) => readonly string[]) => [...new Set(captures.flatMap(get))];
  return {
    ...captures[0]!,
    nativeTraces: captures.some(capture => capture.nativeTraces),
    sitePackages: union(capture => capture.sitePackages),
    sysPath: union(capture => capture.sysPath),
    startTimeMs: Math.min(...captures.map(capture => capture.startTimeMs)),
    endTimeMs: Math.max(...captures.map(capture => capture.endTimeMs)),
    allocationRecords: sum(capture => capture.allocationRecords),
    peakBytes: sum(capture => capture.peakBytes),
    finished: captures.every(capture => capture.finished),
    damage: captures.find(capture => capture.damage !== null)?.damage ?? null,
    notes: [],
    isMerged,
    parts: parts.map(part =>
      'snapshot' in part
        ? {name: part.name, capture: part.snapshot.capture, failure: null}
        : {name: part.name, capture: null, failure: part.failure},
    ),
  };
}
