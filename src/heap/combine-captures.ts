import {labelProcess} from './process-label.js';
import type {CaptureInfo, CapturePart, Snapshot} from './snapshot.js';

/** A capture that was read, with what the user calls it; or why it could not be. */
export type MergePart =
  | {readonly name: string; readonly snapshot: Snapshot}
  | {readonly name: string; readonly failure: NonNullable<CapturePart['failure']>};

/** What a process is called; the file's name is in it where another one would be called the same. */
export interface ProcessName {
  /** In a row: `app.py (pid 123)`. */
  readonly row: string;
  /** In the labels of its threads: `123`. It depends on nothing else that is loaded, unless that has the same number. */
  readonly ofThreads: string;
}

export function nameProcesses(parts: readonly MergePart[]): readonly ProcessName[] {
  const label = (get: (snapshot: Snapshot, fileName: string) => string): readonly string[] =>
    tellApart(
      parts,
      parts.map(part => ('snapshot' in part ? get(part.snapshot, part.name) : part.name)),
    );
  const rows = label(({capture}, fileName) => labelProcess({...capture, fileName}));
  // In containers each process may have the number 1.
  const threads = label(({capture}) => String(capture.pid));
  return rows.map((row, i) => ({row, ofThreads: threads[i]!}));
}

function tellApart(parts: readonly MergePart[], labels: readonly string[]): readonly string[] {
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
