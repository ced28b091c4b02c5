import {medianOf} from '../base/median.js';
import {joinBlocks} from './block-columns.js';
import {combineCaptures, type MergePart, toCapturePart} from './combine-captures.js';
import {listSide} from './compared-sides.js';
import {describeForkedRuns} from './forked-runs.js';
import {FileNames, FunctionNames, type Renames} from './frame-renames.js';
import {MergedLocations} from './merged-locations.js';
import {MergedProcesses, type RenameFrame} from './merged-processes.js';
import {describeMovedFolders} from './moved-folders-note.js';
import {describeOtherCallers} from './other-callers-note.js';
import type {CaptureInfo, CapturePart, Elided, RunColumns, Snapshot, View} from './snapshot.js';
import {describeTracing} from './unlike-recordings.js';
import {describeUnusedRenames} from './unused-renames.js';

/** A run as it was added, while locations are still numbered as they came. */
type AddedRun = Omit<RunColumns, 'length'>;

/**
 * Makes one snapshot of several captures that are compared with one another. Captures are added one after the other, so
 * that no more than what they have in common has to be kept of each.
 *
 * Equal locations of all captures, those of the same stack and thread label, become one, which has the sum of them; what
 * each capture holds of it stands in `runs`. Those that are not bases have to be added first: frames, files and facts
 * are called as they call them.
 */
export class ComparedRuns {
  readonly #renames: Renames;
  readonly #files: FileNames;
  readonly #functions: FunctionNames;
  readonly #locations = new MergedLocations(true);
  readonly #parts: CapturePart[] = [];
  readonly #runs: AddedRun[] = [];
  #processes: MergedProcesses | null = null;
  #view: View | null = null;
  #hasNative = false;

  constructor(renames: Renames) {
    this.#renames = renames;
    this.#files = new FileNames(renames);
    this.#functions = new FunctionNames(renames);
  }

  get parts(): readonly CapturePart[] {
    return this.#parts;
  }

  add(part: MergePart, isBase: boolean): void {
    this.#parts.push({...toCapturePart(part), isBase});
    if ('failure' in part) return;
    const {snapshot} = part;
    // A capture without native frames may come first.
    this.#processes ??= new MergedProcesses(true, null);
    this.#view ??= snapshot.view;
    if (snapshot.frames.native !== undefined) this.#hasNative = true;
    const number = this.#parts.length - 1;
    const offsets = this.#processes.add(snapshot, number, this.#createRename(isBase));
    const location = this.#locations.add(snapshot.locations, offsets);
    const {bytes, allocations} = snapshot.locations;
    const {blocks, elided} = snapshot;
    this.#runs.push({
      part: number,
      isBase,
      location,
      bytes,
      allocations,
      elided,
      ...(blocks && {blocks: joinBlocks([{blocks, locations: location}])}),
    });
  }

  /** @throws Error where nothing was added that could be read */
  finish(): Snapshot {
    if (this.#processes === null || this.#view === null) throw new Error('there is nothing to compare');
    const hasNative = this.#hasNative;
    const {locations, places} = this.#locations.finish({biggestAllocs: Infinity, hasNative});
    const runs = this.#runs.map(run => renumber(run, places));
    const blocks = runs.flatMap(run => run.blocks ?? []);
    const {frames, ...processes} = this.#processes.finish();
    const {native: _, ...pythonFrames} = frames;
    const heap = {
      view: this.#view,
      locations,
      ...processes,
      frames: hasNative ? frames : pythonFrames,
      elided: sumElided(runs),
      ...(blocks.length === runs.length && {
        blocks: joinBlocks(blocks.map(own => ({blocks: own, locations: listNumbers(locations.length)}))),
      }),
      runs,
      ...(this.#files.others.size > 0 && {baseFiles: this.#files.others}),
    };
    return {...heap, capture: {...describeCompared(this.#parts), notes: this.#listNotes(heap)}};
  }

  /** What has to be said of the captures together, one line each. */
  #listNotes(heap: Omit<Snapshot, 'capture'>): readonly string[] {
    const used = new Set([...this.#files.used, ...this.#functions.used]);
    return [
      ...describeForkedRuns(this.#parts),
      ...describeTracing(this.#parts),
      ...describeUnusedRenames(this.#renames, used, heap.elided.locations > 0),
      ...this.#describePairing(heap),
    ];
  }

  /** Why functions of both sides are in no row of both. */
  #describePairing(heap: Omit<Snapshot, 'capture'>): readonly string[] {
    if (!heap.runs!.some(({isBase}) => isBase)) return [];
    const moved = describeMovedFolders(heap, this.#renames.folders);
    return moved.length > 0 ? moved : describeOtherCallers(heap);
  }

  #createRename(isBase: boolean): RenameFrame {
    return names => ({
      ...names,
      function: isBase ? this.#functions.toNew(names.function) : names.function,
      file: this.#files.toKnown(names.file),
    });
  }
}

/** @param places where each location is in the end */
function renumber({blocks, ...run}: AddedRun, places: Int32Array): RunColumns {
  return {
    ...run,
    length: run.location.length,
    location: run.location.map(location => places[location]!),
    ...(blocks && {blocks: joinBlocks([{blocks, locations: places}])}),
  };
}

function listNumbers(length: number): Int32Array {
  return Int32Array.from({length}, (_, number) => number);
}

function sumElided(runs: readonly RunColumns[]): Elided {
  const sum = (get: (elided: Elided) => number) => runs.reduce((all, {elided}) => all + get(elided), 0);
  return {
    locations: sum(({locations}) => locations),
    allocations: sum(({allocations}) => allocations),
    bytes: sum(({bytes}) => bytes),
  };
}

/** The facts of what is compared with the bases: of one capture its own, of several the first one's, with the median peak. */
function describeCompared(parts: readonly CapturePart[]): CaptureInfo {
  const {nativeTraces, sitePackages, sysPath, finished, damage, isMerged} = combineCaptures(parts, true);
  const compared = listSide(parts, false).flatMap(({capture}) => capture ?? []);
  const [first, ...others] = compared;
  if (first === undefined) throw new Error('there is nothing to compare');
  return {
    ...first,
    ...(others.length > 0 && {peakBytes: medianOf(compared, ({peakBytes}) => peakBytes), run: null}),
    nativeTraces,
    sitePackages,
    sysPath,
    finished,
    damage: first.damage ?? damage,
    parts,
    ...(isMerged !== undefined && {isMerged}),
  };
}
