import {type Damage, toUnpacked} from '../capture/damage.js';
import type {CaptureHeader} from '../capture/header.js';
import type {HeapBackend, HeapColumns} from './heap-backend.js';
import type {CaptureInfo} from './snapshot.js';

interface LoadState extends ShownState {
  readonly compression: 'lz4' | 'none';
  readonly isFinished: boolean;
  /** What ended the load. */
  readonly damage: Damage | null;
}

/** How much of the capture is shown. */
interface ShownState {
  /** Fewer locations are shown than were asked for, since there is no room for more. */
  readonly isCut: boolean;
  readonly shownLocations: number;
  /** How many stacks lack their innermost frames. */
  readonly cutStacks: number;
}

/** What of the columns of a snapshot the facts of the capture tell. */
export interface ColumnFacts extends Pick<HeapColumns, 'cutStacks'> {
  readonly locations: Pick<HeapColumns['locations'], 'length'>;
  readonly elided: Pick<HeapColumns['elided'], 'locations'>;
}

/** Header, totals and damage as a snapshot has them. */
export function createCaptureInfo(
  header: CaptureHeader,
  backend: HeapBackend,
  state: LoadState,
): CaptureInfo {
  return {
    headerVersion: header.format.version,
    fileFormat: header.isAggregated ? 'aggregated' : 'all-allocations',
    compression: state.compression,
    nativeTraces: header.nativeTraces,
    pythonVersion: header.pythonVersion,
    commandLine: header.commandLine,
    pid: header.pid,
    mainThreadId: header.mainThread === null ? null : `0x${header.mainThread.toString(16)}`,
    pythonAllocator: header.pythonAllocator,
    tracePythonAllocators: header.tracePythonAllocators,
    startTimeMs: header.startTimeMs,
    endTimeMs: header.endTimeMs,
    libdest: header.libdest,
    sitePackages: header.sitePackages,
    sysPath: header.sysPath,
    allocationRecords: backend.allocationRecords,
    peakBytes: backend.peakBytes,
    run: backend.run,
    finished: state.isFinished,
    damage: state.damage ?? createReferenceDamage(backend, state),
    notes: createNotes(header, backend, state),
  };
}

/** Damage that ended the load is reported first; references that lead nowhere only made it incomplete. */
function createReferenceDamage(backend: HeapBackend, {compression}: LoadState): Damage | null {
  const {count, byteOffset, recordIndex} = backend.badReferences;
  if (count === 0) return null;
  const damage = {
    code: 'bad-reference',
    byteOffset,
    recordIndex,
    message: describeReferences(count),
  } as const;
  return compression === 'none' ? damage : toUnpacked(damage);
}

function describeReferences(count: number): string {
  return count === 1 ? 'A record refers to nothing' : `${count} records refer to nothing`;
}

function describeCutStacks(count: number): string {
  const lack = count === 1 ? '1 stack lacks its' : `${count} stacks lack their`;
  return `The stacks are too deep to be kept whole in memory: ${lack} innermost frames.`;
}

function createNotes(header: CaptureHeader, backend: HeapBackend, state: LoadState): string[] {
  const notes = backend.getNotes();
  if (header.endTimeMs < header.startTimeMs) notes.unshift('The recorded end time is before the start time.');
  notes.push(...createShownNotes(state));
  if (state.damage !== null && backend.badReferences.count > 0) {
    notes.push(`${describeReferences(backend.badReferences.count)}.`);
  }
  return notes;
}

function createShownNotes({isCut, shownLocations, cutStacks}: ShownState): string[] {
  return [
    ...(isCut ? [`There is not enough memory for more than the ${shownLocations} biggest locations.`] : []),
    ...(cutStacks > 0 ? [describeCutStacks(cutStacks)] : []),
  ];
}

/** What is known of the whole capture, with what has to be said of how much of it is shown. */
export function addShownNotes(capture: CaptureInfo, state: ShownState): CaptureInfo {
  return {...capture, notes: [...capture.notes, ...createShownNotes(state)]};
}
