import {labelProcess} from './process-label.js';
import type {CaptureInfo, CapturePart, Snapshot} from './snapshot.js';

/** A capture that was read, with what the user calls it; or why it could not be. */
export type MergePart =
  | {readonly name: string; readonly snapshot: Snapshot}
  | {readonly name: string; readonly failure: NonNullable<CapturePart['failure']>};

/** What rows call the processes; the file's name is added where labels are the same. */
export function nameProcesses(parts: readonly MergePart[]): readonly string[] {
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

export function toCapturePart(part: MergePart): CapturePart {
  if ('failure' in part)
    return {name: part.name, capture: null, failure: part.failure, heldLocations: Infinity};
  const {capture, elided, locations, moments} = part.snapshot;
  const heldLocations = elided.locations === 0 ? Infinity : locations.length;
  return {name: part.name, capture, failure: null, heldLocations, ...(moments && {moments})};
}

/** Sums, and where there is nothing to sum what the first one has. */
export function combineCaptures(parts: readonly CapturePart[], isMerged: boolean): CaptureInfo {
  const captures = parts.flatMap(({capture}) => capture ?? []);
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
    run: null,
    finished: captures.every(capture => capture.finished),
    damage: captures.find(capture => capture.damage !== null)?.damage ?? null,
    notes: [],
    isMerged,
    parts,
  };
}
